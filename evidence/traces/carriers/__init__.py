"""One module for each kind of file: each walks its structure and hands on what is written there."""
