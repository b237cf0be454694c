"""Ask the Redress guard before anything is generated: `Guard(url, token, on_timeout="block").check(prompt)`."""

from redress_client.cache import Keeping
from redress_client.decisions import Confirmation, Decision, Match, Rule
from redress_client.errors import RedressError, Refused
from redress_client.guard import AsyncGuard, Guard

__all__ = [
    "AsyncGuard",
    "Confirmation",
    "Decision",
    "Guard",
    "Keeping",
    "Match",
    "RedressError",
    "Refused",
    "Rule",
]
