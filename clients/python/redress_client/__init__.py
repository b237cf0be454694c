"""Ask the Redress guard before anything is generated: `Guard(url, token, on_timeout="block").check(prompt)`.

Checking in the own process: `redress_client.feed` and `redress_client.offline`, which need more packages.
"""

from redress_client.cache import Keeping
from redress_client.decisions import Confirmation, Decision, Match, Rule
from redress_client.errors import (
    DamagedFeed,
    FeedError,
    FeedUnreachable,
    OlderFeed,
    RedressError,
    Refused,
)
from redress_client.guard import AsyncGuard, Guard

__all__ = [
    "AsyncGuard",
    "Confirmation",
    "DamagedFeed",
    "Decision",
    "FeedError",
    "FeedUnreachable",
    "Guard",
    "Keeping",
    "Match",
    "OlderFeed",
    "RedressError",
    "Refused",
    "Rule",
]
