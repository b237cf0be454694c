"""The closed room: errors, actors, time, locks, jobs, references, the door to the network. No models, no domain words."""
