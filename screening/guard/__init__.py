"""The prompt check as a process of its own: it answers from memory and fails closed."""
