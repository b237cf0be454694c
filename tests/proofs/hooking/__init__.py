"""The worker is killed again and again while events are written; every event arrives, each case in its order."""
