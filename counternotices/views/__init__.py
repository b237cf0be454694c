"""The pages of this room: the affected user's, and the right holder's answer to them."""
