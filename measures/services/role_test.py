"""The role test: who trained the model, and so whether the work can be taken out of its training data here.

In (2024) Yue 0192 Min Chu 113 deletion from the training data was not ordered, because the defendant did not train.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import RedressError
from evidence.chain import Fact
from measures.models import Measure, RoleTest
from measures.services import ticket_letters
from measures.services.lifecycle import record
from measures.services.tickets import held
from measures.ticketing import TRAINED_HERE, Mitigation, Trained
from measures.upstream_selectors import providers_of
from notices.access import require_role
from notices.services.lifecycle import Step
from notices.services.reasons import as_payload
from platforms.models import ArtefactKin, KinRelation
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Role:
    """Who trained, and the reasons by language tag (`en`, `zh-Hans`)."""

    trained_by: str
    reasons: Mapping[str, str]


@transaction.atomic
def record_role(measure_id: UUID, role: Role, *, user: User, now: datetime) -> RoleTest:
    """Record who trained the model, and tell the right holder of every case behind the ticket, with the reasons.

    A plan to take training data out falls where this service did not train. Raises Forbidden for anybody but
    a caseworker, RedressError without reasons in both languages.
    """
    require_role(user, *CASEWORKERS)
    if role.trained_by not in Trained.values:
        raise RedressError(_("Choose who trained the model."), fields={"trained_by": ""})
    if not all(role.reasons.get(tag, "").strip() for tag in ("en", "zh-Hans")):
        raise RedressError(_("Give the reasons in both languages: the right holder reads them."))
    measure, ticket = held(measure_id)
    trained, step = Trained(role.trained_by), Step(staff(user.id), now)
    made = RoleTest.objects.create(
        ticket=ticket,
        trained_by=trained,
        reasons=dict(role.reasons),
        facts=told_by_records(measure),
        made_by=user,
        made_at=now,
    )
    if trained not in TRAINED_HERE and ticket.mitigation == Mitigation.DATA_REMOVAL:
        ticket.mitigation = ""
    ticket.trained_by = trained
    ticket.upstream = ticket.upstream or trained == Trained.UPSTREAM
    ticket.save(update_fields=["trained_by", "mitigation", "upstream"])
    facts: dict[str, Fact] = {"trained_by": str(trained), "here": trained in TRAINED_HERE}
    words = as_payload(role.reasons)
    record(measure, "ticket.role_tested", Step(step.actor, now, facts=facts, payload=words))
    ticket_letters.role_answered(measure, trained, role.reasons, step)
    return made


def told_by_records(measure: Measure) -> dict[str, object]:
    """What the platform's own records say: upstream providers named, training pictures uploaded here."""
    kin = ArtefactKin.objects.filter(artefact=measure.artefact_id)
    pictures = kin.filter(relation=KinRelation.TRAINING_PICTURE).count()
    return {"upstream": providers_of(measure), "training_pictures": pictures}


def suggested(measure: Measure) -> str:
    """What those records suggest; '' where they say nothing. A person decides."""
    told = told_by_records(measure)
    if told["upstream"]:
        return Trained.UPSTREAM
    return Trained.USER_HERE if told["training_pictures"] else ""
