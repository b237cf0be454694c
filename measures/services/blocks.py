"""Prompt blocks: a rule in our own guard, begun and ended in the measure's own transaction."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.actors import staff
from measures.checks import SOON
from measures.models import Measure, MeasureGround
from measures.rules import Family
from measures.services.lifecycle import cases_behind, is_frozen, move, store
from measures.states import IN_EFFECT, MeasureState
from notices.models import Notice
from notices.services.lifecycle import Step
from screening.engine.rules import Mode
from screening.models import PromptRule
from screening.rules import NewRule, TermText
from screening.services.rules import create_rule, end_rule

LANGUAGES = (("en", "en"), ("zh-hans", "zh-Hans"))
REASON = "copyright_notice"
RENEWED = "renewed"
APPROVED = "approved"  # the rule that watched gives way to the one that was approved
# Where a block lives, if only to watch.
WITH_RULE: Final = frozenset({MeasureState.PROPOSED, *IN_EFFECT})
# What may change while a block lives, and its rule says.
KEPT: Final = ("expires_at", "case_id", "names_person")


def create(measure: Measure, step: Step) -> None:
    """Put the rule in force and the measure with it. Raises RedressError for a rule that cannot live.

    Call it last in a transaction: until that ends, no other rule can begin or end.
    """
    rule = create_rule(_rule_of(measure), actor=step.actor, at=step.now)
    store(measure, rule_id=rule.id, try_after=None)
    changes = {"in_force_at": step.now, "acknowledgement": {"rule": str(rule.id)}}
    cases = cases_behind(measure)
    move(measure, "take_effect", "measure.applied", step, cases=cases, **changes)


def watch(measure: Measure, step: Step) -> None:
    """The block waits for a second person; meanwhile its rule watches, and shows what it would have stopped.

    Raises RedressError for a rule that cannot live. Call it last in a transaction, as `create`.
    """
    rule = create_rule(_rule_of(measure), actor=step.actor, at=step.now)
    store(measure, rule_id=rule.id, try_after=None)


def begin(measure: Measure, step: Step) -> None:
    """A second person agreed: the rule that watched ends, and the one that was ordered takes effect.

    Call it last in a transaction, as `create`.
    """
    stop_watching(measure, APPROVED, step)
    create(measure, step)


def stop_watching(measure: Measure, reason: str, step: Step) -> None:
    """Nobody waits for a second person any more: the rule that watched ends."""
    if measure.rule_id is not None:
        end_rule(measure.rule_id, actor=step.actor, at=step.now, reason=reason)


def end(measure: Measure, reason: str, step: Step, cases: list[UUID]) -> None:
    """Take the rule out of force and lift the measure."""
    if measure.rule_id is None:
        raise LookupError(f"The block {measure.id} is in force without a rule.")
    end_rule(measure.rule_id, actor=step.actor, at=step.now, reason=reason)
    move(measure, "end", "measure.lifted", step, cases=cases, lifted_at=step.now)


def renew(measure: Measure, step: Step, *, lifted: bool) -> None:
    """The block does not do what its rule says: end that rule and, unless it was lifted, begin another.

    Call it last in a transaction, as `create`.
    """
    if measure.rule_id is None:
        raise LookupError(f"The block {measure.id} never had a rule.")
    if lifted:
        end_rule(measure.rule_id, actor=step.actor, at=step.now, reason=RENEWED)
    else:
        _replace(measure, _rule_of(measure), step)


def keep_true(measure: Measure, step: Step) -> None:
    """See to it that the rule says what its measure says; where it does not, another takes its place.

    It says when the measure ends, names a case that stands behind it, and whether a term is a person's name. Does nothing for other measures,
    nor where the term is over already: the sweep ends both then. Call it last in a transaction, as `create`.
    """
    if measure.family != Family.PROMPT_BLOCK or measure.state not in WITH_RULE:
        return
    if measure.rule_id is None:
        raise LookupError(f"The block {measure.id} lives without a rule.")
    rule, wanted = PromptRule.objects.get(id=measure.rule_id), _rule_of(measure)
    over = wanted.expires_at is not None and wanted.expires_at <= step.now
    if not over and any(getattr(rule, name) != getattr(wanted, name) for name in KEPT):
        _replace(measure, wanted, step)


def _replace(measure: Measure, wanted: NewRule, step: Step) -> None:
    """No guard is without a rule in between: both reach it with the commit."""
    stop_watching(measure, RENEWED, step)
    rule = create_rule(wanted, actor=step.actor, at=step.now)
    store(measure, rule_id=rule.id)
    if measure.state in IN_EFFECT:
        # A round of tests that is going on asks for the rule that has just ended: what it finds is dropped.
        tested = {"check_at": step.now + SOON, "checking_since": None}
        store(measure, acknowledgement={"rule": str(rule.id)}, **tested)


def _rule_of(measure: Measure) -> NewRule:
    """The rule that the measure asks for as it stands; its certificate is that of the ground it names."""
    parameters, ground = measure.parameters, _named(measure)
    case, notice = ground.case, Notice.objects.get(case=ground.case_id)
    waits = measure.state == MeasureState.PROPOSED
    return NewRule(
        terms=[
            TermText(term["text"], term["language"], bool(term.get("alias")))
            for term in parameters["terms"]
        ],
        work=notice.work_title,
        owner=(notice.principal or notice.filer_name)[:200],
        names_person=bool(parameters.get("names_person")),
        allow_phrases=[phrase["text"] for phrase in parameters.get("allow", ())],
        fields=parameters.get("fields", ("prompt",)),
        mode=Mode.SHADOW if waits else parameters.get("mode", "block"),
        territory=measure.territory,
        # What may not be lifted outlives its term.
        expires_at=None if is_frozen(measure) else measure.expires_at,
        reason_code=REASON,
        case_id=case.id,
        case_reference=case.reference,
        user_message=parameters.get("user_message") or _message(),
        appeal_url=settings.PUBLIC_URL + "/",
        ordered_by=staff(ground.ordered_by_id).key,
        approved_by=staff(measure.approved_by_id or ground.ordered_by_id).key,
    )


def _named(measure: Measure) -> MeasureGround:
    """The ground that the rule names: of the case it names already while that stands, else the oldest that does."""
    grounds = MeasureGround.objects.filter(measure=measure).select_related("case")
    standing = grounds.filter(ended_at=None)
    if not standing.exists():  # only what forbids to lift it keeps it
        standing = grounds
    rule = PromptRule.objects.filter(id=measure.rule_id).first() if measure.rule_id else None
    found = standing.filter(case=rule.case_id).first() if rule else None
    found = found or standing.first()
    if found is None:
        raise LookupError(f"Nothing ever stood behind the block {measure.id}.")
    return found


def _message() -> dict[str, str]:
    """What a user is told whose prompt is blocked, in both languages."""
    told = {}
    for code, tag in LANGUAGES:
        with override(code):
            told[tag] = _(
                "This prompt asks for something that a right holder has complained of, so it was "
                "not carried out. If you think that is wrong, you can object."
            )
    return told
