"""What stands on the ladder of the world that the permissions are tried in."""

from typing import Any

from counternotices.models import CounterNotice, RespondentSanction
from measures.ladder_policy import BUILT_IN, as_data
from measures.models import LadderPolicy, Measure, SanctionAppeal
from notices.models import Case
from tests.counternotices.stage import DECIDED
from tests.people import create_person
from users.roles import Role


def ladder(case: Case) -> dict[str, Any]:
    """The user, an appeal of theirs that Tara may not answer, and a ladder that was put forward."""
    sanction = Measure.objects.get(family="user_sanction", grounds__case=case)
    decided_by = case.decided_by
    assert decided_by is not None
    appeal = SanctionAppeal.objects.create(
        reference="A-2026-000001-X",
        measure=sanction,
        case=case,
        case_regime=case.regimes.all()[0],
        platform_user=sanction.platform_user,
        language="en",
        grounds="Mine.",
        filed_at=DECIDED,
        decision_by=decided_by,
    )
    counts = dict.fromkeys(("", "warn", "restrict", "suspend", "terminate"), 0)
    version = LadderPolicy.objects.create(
        version=1,
        figures=as_data(BUILT_IN),
        simulated={"before": counts, "after": counts, "changed": 0, "months": 12},
        reasons="Too mild.",
        proposed_by=create_person("proposer@matrix.example", "Proposer", [Role.ADMINISTRATOR]),
        proposed_at=DECIDED,
    )
    person = sanction.platform_user_id
    return {"appeal": appeal.id, "ladder": version.id, "person": person, "sanction": sanction.id}


def respondent_warning(counter: CounterNotice) -> RespondentSanction:
    """A warning of whoever filed this counter-notice."""
    return RespondentSanction.objects.create(
        respondent=counter.respondent,
        level="warn",
        case=counter.case_regime.case,
        pack_id="cn-civil-code",
        pack_version="2026.1",
        factors=[],
        reasons={},
        decided_by=counter.decision_by,
        decided_at=DECIDED,
    )
