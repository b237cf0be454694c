"""The matching engine: pure, no database, no framework. Text in, decision out."""
