"""One answer of the rule feed: what began and what ended between two versions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from redress_client.errors import DamagedFeed, OlderFeed
from redress_client.matching import Rule
from redress_client.rules import read_rule, whole

FORMAT: Final = "redress.prompt-rules/1"


@dataclass(frozen=True, slots=True)
class Page:
    """What changed after `since`, up to `version`; `more`: ask again from there."""

    since: int
    version: int
    more: bool
    rules: Mapping[UUID, Rule]
    ended: frozenset[UUID]


def read_page(body: bytes, asked: int) -> Page:
    """The page in an answer to "what came after version `asked`".

    Raises OlderFeed for one that knows less than we do, DamagedFeed for what is no such page.
    """
    try:
        page = _page(_object(body))
    except (KeyError, TypeError) as error:
        raise DamagedFeed(f"The feed cannot be read ({error}). Nothing was changed.") from None
    except ValueError as error:
        raise DamagedFeed(f"The feed cannot be read: {error}. Nothing was changed.") from None
    if page.version < asked:
        raise OlderFeed(asked, page.version)
    if page.since != asked:
        raise DamagedFeed(f"Asked after version {asked}, the feed told of {page.since}.")
    if page.version == asked and (page.more or page.rules or page.ended):
        raise DamagedFeed("The feed tells of changes and of no newer version.")
    if not all(asked < rule.version <= page.version for rule in page.rules.values()):
        raise DamagedFeed("The feed tells of a rule outside the versions it speaks of.")
    return page


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValueError(f"it is not of the form {FORMAT}")
    return told


def _page(told: Mapping[str, Any]) -> Page:
    since, version, more = whole(told["since"]), whole(told["version"]), told["more"]
    listed, ended = told["rules"], told["ended"]
    if not isinstance(more, bool) or not isinstance(listed, list) or not isinstance(ended, list):
        raise ValueError("`more`, `rules` or `ended` is of another type")
    rules = [_rule(number, one) for number, one in enumerate(listed, start=1)]
    by_id = {rule.id: rule for rule in rules}
    gone = frozenset(map(_id, ended))
    if len(by_id) < len(rules) or gone & by_id.keys():
        raise ValueError("a rule stands in it twice")
    return Page(since, version, more, by_id, gone)


def _id(ended: object) -> UUID:
    if not isinstance(ended, str):
        raise ValueError("`ended` holds what is no id")
    return UUID(ended)


def _rule(number: int, told: object) -> Rule:
    try:
        return read_rule(told)
    except ValueError as error:
        raise ValueError(f"rule {number}: {error}") from None
