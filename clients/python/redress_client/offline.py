"""Checking in this process, by a copy of the rules. The same engine as the guard's, and the same decisions."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Literal, Unpack

from redress_client.decisions import Decision, Match
from redress_client.decisions import Rule as ToldRule
from redress_client.feed import RuleFeed
from redress_client.held import Held
from redress_client.matching import Judgement, Outcome, Question, Rule
from redress_client.questions import Details, question, refuse_faults
from redress_client.wire import PromptCheck

USUAL_AGE: Final = 30.0  # seconds, as the guard's own
log = logging.getLogger("redress_client")


class OfflineGuard:
    """Decides by the rules of `feed`. For many threads.

    Rules that the house has not confirmed for `max_age` seconds are stale. `on_stale` is then the decision:
    "block" stops the service; "allow" goes on with the old rules, and lets all through while there are none.
    """

    def __init__(
        self,
        feed: RuleFeed,
        *,
        max_age: float = USUAL_AGE,
        on_stale: Literal["block", "allow"] = "block",
    ) -> None:
        if on_stale not in ("block", "allow"):
            raise ValueError('on_stale must be "block" or "allow".')
        if not max_age > 0:
            raise ValueError("max_age must be more than 0 seconds.")
        self._feed = feed
        self._max_age = max_age
        self._on_stale: Literal["block", "allow"] = on_stale

    def check(
        self, prompt: str, negative_prompt: str | None = None, **details: Unpack[Details]
    ) -> Decision:
        """May this prompt be carried out? Go on only if the decision is `allowed`.

        Nothing leaves this process: the answer is on nobody's record, and a warning cannot be confirmed here.
        Raises TypeError for a prompt that is no string, and Refused for what the guard would refuse.
        """
        check = question(prompt, negative_prompt, details)
        refuse_faults(check)
        held = self._feed.held
        age = held.confirmed.age() if held else 0
        if held is None:
            return self._stale("no rules have been fetched yet")
        if age > self._max_age:
            return self._stale(
                f"the house has not confirmed the rules for {age:.0f} s", held, check
            )
        return _decided(held, check)

    def _stale(
        self, problem: str, held: Held | None = None, check: PromptCheck | None = None
    ) -> Decision:
        log.warning("Stale rules (%s): %s.", problem, self._on_stale)
        if self._on_stale == "block" or held is None or check is None:
            return Decision(self._on_stale, source="stale", problem=problem)
        return replace(_decided(held, check), source="stale", problem=problem)


def _decided(held: Held, check: PromptCheck) -> Decision:
    fields = {"prompt": check["prompt"]}
    if "negative_prompt" in check:
        fields["negative_prompt"] = check["negative_prompt"]
    asked = Question(fields, datetime.now(UTC), check.get("territory"))
    return _told(held.rules.decide(asked), held.version)


def _told(found: Judgement, version: int) -> Decision:
    """As the guard tells it: words for the user only if the prompt is stopped."""
    rule = found.rule
    told = rule if rule is not None and found.outcome is not Outcome.ALLOW else None
    return Decision(
        found.outcome.value,
        source="offline",
        rule=_rule(rule) if rule is not None else None,
        matches=tuple(
            Match(m.field, m.start, m.end, m.text, m.normalized, tuple(how.value for how in m.how))
            for m in found.matches
        ),
        user_message=dict(told.user_message) if told else {},
        appeal_url=told.appeal_url if told else "",
        rule_set_version=version,
        mode="shadow" if found.in_shadow else "enforce",
    )


def _rule(rule: Rule) -> ToldRule:
    expires = rule.expires_at.isoformat() if rule.expires_at else None
    return ToldRule(str(rule.id), rule.reason, rule.case, expires, rule.mode.value)
