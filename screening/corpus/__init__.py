"""Labelled prompts made from names, disguises and carriers. Pure and seeded; knows nothing of the engine's tables."""
