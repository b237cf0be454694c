"""The worker is killed, again and again, and every measure still takes effect exactly once."""
