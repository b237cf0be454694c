"""A filer's answer and the end of the time to answer, at the same moment: one of them wins, and the ledger says which."""
