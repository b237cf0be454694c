"""Names that the guard and the house share about the record of prompt checks. No database."""

from typing import Final

OURS: Final = "verification"  # the surface that our own tests of blocks name: nobody's prompt
