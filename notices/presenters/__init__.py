"""What the pages of the portal show, as plain values."""
