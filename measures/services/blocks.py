"""Prompt blocks: a rule in our own guard, begun and ended in the measure's own transaction."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.actors import Actor, staff
from measures.checks import SOON
from measures.models import Measure
from measures.services.lifecycle import cases_behind, move, store
from notices.models import Case, Notice
from notices.services.lifecycle import Step
from screening.engine.rules import Mode
from screening.rules import NewRule, TermText
from screening.services.rules import create_rule, end_rule

LANGUAGES = (("en", "en"), ("zh-hans", "zh-Hans"))
REASON = "copyright_notice"
RENEWED = "renewed"
APPROVED = "approved"  # the rule that watched gives way to the one that was approved


def create(measure: Measure, case: Case, step: Step) -> None:
    """Put the rule in force and the measure with it. Raises RedressError for a rule that cannot live.

    Call it last in a transaction: until that ends, no other rule can begin or end.
    """
    rule = create_rule(_rule_of(measure, case, step), actor=step.actor, at=step.now)
    store(measure, rule_id=rule.id, try_after=None)
    changes = {"in_force_at": step.now, "acknowledgement": {"rule": str(rule.id)}}
    move(measure, "take_effect", "measure.applied", step, cases=[case.id], **changes)


def watch(measure: Measure, case: Case, step: Step) -> None:
    """The block waits for a second person; meanwhile its rule watches, and shows what it would have stopped.

    Raises RedressError for a rule that cannot live. Call it last in a transaction, as `create`.
    """
    watching = replace(_rule_of(measure, case, step), mode=Mode.SHADOW)
    rule = create_rule(watching, actor=step.actor, at=step.now)
    store(measure, rule_id=rule.id, try_after=None)


def begin(measure: Measure, step: Step) -> None:
    """A second person agreed: the rule that watched ends, and the one that was ordered takes effect.

    Call it last in a transaction, as `create`.
    """
    stop_watching(measure, APPROVED, step)
    case = Case.objects.get(id=cases_behind(measure)[0])
    rule = create_rule(_rule_of(measure, case, step), actor=step.actor, at=step.now)
    store(measure, rule_id=rule.id, try_after=None)
    changes = {"in_force_at": step.now, "acknowledgement": {"rule": str(rule.id)}}
    cases = cases_behind(measure)
    move(measure, "take_effect", "measure.applied", step, cases=cases, **changes)


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
    end_rule(measure.rule_id, actor=step.actor, at=step.now, reason=RENEWED)
    if not lifted:
        case = Case.objects.get(id=cases_behind(measure)[0])
        rule = create_rule(_rule_of(measure, case, step), actor=step.actor, at=step.now)
        store(measure, rule_id=rule.id, acknowledgement={"rule": str(rule.id)})
        store(measure, check_at=step.now + SOON)


def _rule_of(measure: Measure, case: Case, step: Step) -> NewRule:
    parameters = measure.parameters
    notice = Notice.objects.get(case=case)
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
        mode=parameters.get("mode", "block"),
        territory=measure.territory,
        expires_at=measure.expires_at,
        reason_code=REASON,
        case_id=case.id,
        case_reference=case.reference,
        user_message=parameters.get("user_message") or _message(),
        appeal_url=settings.PUBLIC_URL + "/",
        ordered_by=staff(measure.ordered_by_id).key,
        approved_by=_approver(measure, step).key,
    )


def _approver(measure: Measure, step: Step) -> Actor:
    return staff(measure.approved_by_id) if measure.approved_by_id else step.actor


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
