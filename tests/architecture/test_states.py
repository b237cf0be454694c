"""The machines the code declares are the ones the database guards, and the document says the same."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from config.documents import DOCUMENTS
from counternotices.models import Complaint, CounterNotice, CourtOrder, RespondentSanction
from deadlines.models import Deadline
from evidence.machines import declared
from measures.models import FAMILY_MODELS, LadderPolicy, Match, SanctionAppeal, UpstreamRequest
from notices.models import Case, CaseRegime, NotifierSanction
from notifications.models import Message, WebhookDelivery, WebhookEndpoint
from screening.models import DisplayText, RuleProposal

ROOT = Path(__file__).parent.parent.parent
MACHINES = {
    "case": Case,
    "regime": CaseRegime,
    "counter_notice": CounterNotice,
    "court_order": CourtOrder,
    "complaint": Complaint,
    "deadline": Deadline,
    "message": Message,
    "notifier_sanction": NotifierSanction,
    "respondent_sanction": RespondentSanction,
    "webhook_endpoint": WebhookEndpoint,
    "webhook_delivery": WebhookDelivery,
    "upstream_request": UpstreamRequest,
    "sanction_appeal": SanctionAppeal,
    "ladder_policy": LadderPolicy,
    "rule_proposal": RuleProposal,
    "match": Match,
    "display_text": DisplayText,
    **{f"measure.{family}": model for family, model in FAMILY_MODELS.items()},
}


@pytest.mark.django_db
def test_the_database_holds_the_declared_transitions_and_no_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT machine, source, target FROM evidence_transition")
        guarded = set(cursor.fetchall())
    wanted = {step for machine, model in MACHINES.items() for step in declared(model, machine)}
    assert {s for s in guarded if s[0] in MACHINES} == wanted
    assert {s[0] for s in guarded} <= MACHINES.keys() | {"test"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "machine"),
    [
        ("notices_case", "case"),
        ("notices_caseregime", "regime"),
        ("notices_notifiersanction", "notifier_sanction"),
        ("counternotices_counternotice", "counter_notice"),
        ("counternotices_courtorder", "court_order"),
        ("counternotices_complaint", "complaint"),
        ("deadlines_deadline", "deadline"),
        ("measures_measure", "measure"),
        ("notifications_webhookendpoint", "webhook_endpoint"),
        ("notifications_webhookdelivery", "webhook_delivery"),
        ("measures_upstreamrequest", "upstream_request"),
        ("screening_ruleproposal", "rule_proposal"),
        ("measures_match", "match"),
        ("screening_displaytext", "display_text"),
    ],
)
def test_each_table_with_a_state_carries_the_guard(table: str, machine: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass", [table]
        )
        triggers = " ".join(row[0] for row in cursor.fetchall())
    assert f"redress_guard_state('{machine}'" in triggers


@pytest.mark.django_db
def test_the_application_may_not_change_the_table_of_transitions() -> None:
    for statement in (
        "INSERT INTO evidence_transition VALUES ('case', 'declined', 'accepted')",
        "DELETE FROM evidence_transition",
        "UPDATE evidence_transition SET target = 'accepted'",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_no_end_state_has_a_way_out() -> None:
    ends = {
        "case": {"lapsed", "withdrawn"},
        "counter_notice": {"rejected", "withdrawn", "ended", "confirmed"},
        "court_order": {"refused", "lifted", "lapsed"},
        "complaint": {"upheld", "rejected"},
        "display_text": {"refused", "ended"},
    }
    for machine, states in ends.items():
        sources = {source for _m, source, _t in declared(MACHINES[machine], machine)}
        assert not sources & states


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_generated_document_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == DOCUMENTS[name](), "run manage.py generate_docs"


def test_ids_are_made_by_the_application() -> None:
    assert type(Case().id) is type(uuid4())
