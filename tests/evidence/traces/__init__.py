"""Files of every kind that say something about their making, made here."""
