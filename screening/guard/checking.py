"""One prompt check: decided from memory, put on record behind the answer, confirmed by the user if it warned."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import psycopg

from screening.engine.matcher import RuleSet
from screening.engine.rules import Decision, Outcome, Question
from screening.guard.answers import Confirmation, answer
from screening.guard.confirming import Confirmations, Refusal, Warned
from screening.guard.entries import Told, entry, new_id, worth_keeping
from screening.guard.keeper import Held
from screening.guard.options import Keeping
from screening.guard.questions import Check
from screening.guard.recording import Recorder

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Judged:
    """What was asked, what was decided, and the answer."""

    question: Question
    decision: Decision
    answer: dict[str, object]


@dataclass(frozen=True)
class Checker:
    """Without a record nothing is kept, and no confirmation counts."""

    confirmations: Confirmations
    keeping: Keeping = field(default_factory=Keeping)
    record: Recorder | None = None

    def check(self, check: Check, held: Held[RuleSet]) -> Judged:
        """Decide a prompt check, put it on record and answer it (docs/guard.md)."""
        at, id = held.now(), new_id()
        question = check.question(at)
        decision = held.rules.decide(question)
        confirmation: Confirmation | None = None
        if decision.outcome is Outcome.WARN:
            confirmation = self._confirmation(check, decision, id, at)
        if confirmation is not None and confirmation.counts:
            decision = replace(decision, outcome=Outcome.ALLOW)
        else:
            self.note(check, decision, id, at)
        told = answer(decision, held.rules.version, id=id, confirmation=confirmation)
        return Judged(question, decision, told)

    def note(self, check: Check, decision: Decision, id: UUID, at: datetime) -> None:
        """Put a decision on record, if it is one to be kept. Never waits, never fails a check."""
        if self.record is None:
            return
        try:
            kept, sampled = worth_keeping(check, decision, self.keeping)
            if kept:
                told = Told(id, at, decision.outcome)
                self.record.note(entry(check, decision, told, self.keeping, sampled=sampled))
        except Exception:
            log.exception("A check could not be prepared for the record.")
            self.record.lose()

    def _confirmation(
        self, check: Check, decision: Decision, id: UUID, at: datetime
    ) -> Confirmation:
        """What becomes of a warning: confirmed by the token that came with the check, or a token to confirm it."""
        assert decision.rule is not None, "a warning has its rule"
        refused: Refusal | None = None
        if check.confirmation is not None:
            warned = self.confirmations.read(check.confirmation, check, at)
            refused = self._use(warned, check, decision, Told(id, at, Outcome.ALLOW))
            if refused is None:
                return Confirmation(counts=True)
        token, expires = self.confirmations.token(Warned(id, decision.rule.id), check, at)
        return Confirmation(token, expires, refused.value if refused else None)

    def _use(
        self, warned: Warned | Refusal, check: Check, decision: Decision, told: Told
    ) -> Refusal | None:
        """Count the confirmation, once for all workers: the database's row of it is the proof."""
        if isinstance(warned, Refusal):
            return warned
        if decision.rule is None or warned.rule != decision.rule.id:
            return Refusal.OTHER
        if self.record is None:
            return Refusal.NOT_RECORDED
        try:
            row = entry(check, decision, replace(told, confirms=warned.id), self.keeping)
            return None if self.record.once(row) else Refusal.USED
        except (psycopg.Error, OSError) as error:
            log.warning("A confirmation cannot be put on record: %s", type(error).__name__)
            return Refusal.NOT_RECORDED
