"""Sweepers are killed, lose their broker and live by wrong clocks, and every due clock fires exactly once."""
