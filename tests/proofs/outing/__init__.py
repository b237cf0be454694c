"""A platform is out for six hours; nothing is lost, nothing doubled, and each case keeps its order."""
