"""Prompt blocks: a rule in our own guard, begun and ended in the measure's own transaction."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from measures.checks import SOON
from measures.models import Measure
from measures.services.lifecycle import cases_behind, move, store
from notices.models import Case
from notices.services.lifecycle import Step
from screening.rules import NewRule, TermText
from screening.services.rules import create_rule, end_rule

LANGUAGES = (("en", "en"), ("zh-hans", "zh-Hans"))
REASON = "copyright_notice"
RENEWED = "renewed"


def create(measure: Measure, case: Case, step: Step) -> None:
    """Put the rule in force and the measure with it. Raises RedressError for a rule that cannot live.

    Call it last in a transaction: until that ends, no other rule can begin or end.
    """
    rule = create_rule(_rule_of(measure, case, step), actor=step.actor, at=step.now)
    store(measure, rule_id=rule.id, try_after=None)
    changes = {"in_force_at": step.now, "acknowledgement": {"rule": str(rule.id)}}
    move(measure, "take_effect", "measure.applied", step, cases=[case.id], **changes)


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
    return NewRule(
        terms=[TermText(term["text"], term["language"]) for term in parameters["terms"]],
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
        approved_by=step.actor.key,
    )


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
