"""Whether the marks of a generated picture survive what commonly happens to pictures. Pure: no Django, no database."""
