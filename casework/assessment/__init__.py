"""The assessment sheet of a case: its questions, what the house itself knows about each, and the recorded sheet."""
