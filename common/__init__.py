"""The closed room: errors, actors, time, locks, jobs, references. No models, no domain words."""
