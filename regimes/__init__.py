"""The law as data: packs (TOML), their loader and pure questions to them. Knows no database and no clock.

`loader.pack(id, version)` gives a pack as this house runs it; `questions` and `completeness` ask it.
"""
