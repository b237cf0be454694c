"""Fingerprints: what a file, a picture or a text is recognised by. Pure: no Django, no database, no clock."""
