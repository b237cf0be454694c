"""How the sandbox draws: own shapes only, the same bytes for the same wish, no fonts and no files."""
