"""What a person does about a measure that tests found not to hold."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, RedressError
from common.jobs import enqueue
from evidence.chain import Fact
from measures.models import Measure
from measures.rules import SENT, Family
from measures.services import blocks
from measures.services.lifecycle import hold, record, store
from measures.services.watching import GIVEN_BACK
from notices.access import require_role
from notices.services.lifecycle import Step
from users.models import User
from users.roles import CASEWORKERS, Role


@transaction.atomic
def order_again(measure_id: UUID, *, user: User, now: datetime) -> Measure:
    """Order it once more under a new key, for the platform may answer the old one from memory and do nothing.

    The new key is recorded, the alarm is silenced until the next tests. A prompt block gets a new rule. Raises
    Forbidden, and Conflict unless tests found that the measure does not hold.
    """
    require_role(user, *CASEWORKERS, Role.ENGINEER)
    measure = _found_broken(measure_id)
    lifted = measure.state in GIVEN_BACK
    facts: dict[str, Fact] = {"lifted": lifted}
    fresh: dict[str, Any] = {"check_at": now, "checking_since": None, "excused_at": None}
    if measure.family in SENT:
        name = "lift_key" if lifted else "idempotency_key"
        facts["old_key"] = str(getattr(measure, name))
        fresh |= {name: uuid.uuid4(), "resend": True, "check_misses": 0}
    store(measure, alarmed_at=None, **fresh)
    facts["new_key"] = str(measure.lift_key if lifted else measure.idempotency_key)
    record(measure, "measure.ordered_again", Step(staff(user.id), now, facts=facts))
    if measure.family not in SENT:
        blocks.renew(measure, Step(staff(user.id), now), lifted=lifted)
    enqueue("measures.verify")
    return measure


@transaction.atomic
def explain(measure_id: UUID, note: str, *, user: User, now: datetime) -> Measure:
    """Note why a finding is no breach; the alarm ends, the finding stays on record and so do further tests.

    It does not make the measure verified: only a test does. The note goes into the ledger as text that can
    be erased. Raises Forbidden, RedressError without a note, and Conflict when nothing was found.
    """
    require_role(user, *CASEWORKERS)
    if not note.strip():
        raise RedressError(_("Say why it is no breach."), fields={"note": _("Give your reasons.")})
    measure = _found_broken(measure_id)
    store(measure, excused_at=now, alarmed_at=None)
    step = Step(staff(user.id), now, payload=note.strip().encode())
    record(measure, "measure.finding_explained", step)
    return measure


def _found_broken(measure_id: UUID) -> Measure:
    measure = hold(measure_id)
    # A ticket is answered by working on it: its own page.
    if measure.found_broken_at is None or measure.family == Family.MODEL_OPTIMISATION:
        raise Conflict(_("No test has found anything wrong with this measure. Reload the page."))
    return measure
