"""A case runs under the laws of the places its items lie on; staff correct that before the decision."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from common.actors import WORKER
from common.errors import Conflict, RedressError
from common.transactions import lock_case
from config.checks import places_are_mapped
from deadlines.models import Deadline
from evidence.chain import case_chain
from evidence.selectors import entries
from notices.errors import NotYours
from notices.filing import Filing, ItemClaim
from notices.models import Case, CaseRegime
from notices.rules import ACKNOWLEDGE, DECIDE
from notices.services import regime_choice
from notices.services.claims import claim
from notices.services.decisions import Ruling, decline
from notices.services.regimes import packs_of
from notices.services.submit import submit
from platforms.models import Artefact, ServiceSurface
from tests.conftest import Cast
from tests.counternotices.stage import FILED, platform

MAPPED = {
    "generation": ["cn-civil-code"],
    "storage": ["cn-reg-2013"],
    "storage:EU": ["eu-dsa-platform"],
}
LATER = FILED + timedelta(hours=30)


def filed(*kinds: str) -> Case:
    platform()
    items = tuple(ItemClaim(kind, f"thing {number}") for number, kind in enumerate(kinds))
    return submit(
        Filing(
            channel="portal",
            language="en",
            filer_role="owner",
            filer_name="Nora Lind",
            filer_email="nora@filer.example",
            work_title="Fox Spirit",
            items=items,
        ),
        now=FILED,
    )


def laws(case: Case) -> list[str]:
    return sorted(case.regimes.values_list("pack_id", flat=True))


def found(case: Case, kind: str, **record: object) -> list[CaseRegime]:
    thing = Artefact.objects.create(
        platform=case.platform, external_id=f"{kind}_1", kind=kind, record=record, read_at=LATER
    )
    with transaction.atomic():
        lock_case(case.id)
        return regime_choice.found_on(case.id, [thing], now=LATER)


@pytest.fixture
def mapped(settings: LazySettings, db: None) -> None:
    settings.SURFACE_REGIMES = json.dumps(MAPPED)


def test_where_nothing_is_mapped_the_house_s_laws_apply(db: None, settings: LazySettings) -> None:
    settings.REGIMES = ["us-dmca-512"]
    case = filed("output", "model")
    assert laws(case) == ["us-dmca-512"]
    assert case.regimes.get().surface is None
    assert found(case, "output", territories=["EU"]) == []


@pytest.mark.usefixtures("mapped")
def test_the_kinds_of_the_items_choose_the_laws_and_the_place_is_kept() -> None:
    case = filed("output", "model")
    assert laws(case) == ["cn-civil-code", "cn-reg-2013"]
    assert {str(r.surface.kind) for r in case.regimes.all() if r.surface} == {
        "generation",
        "storage",
    }
    assert ServiceSurface.objects.filter(platform=case.platform).count() == 2
    told = entries(case_chain(case.id)).get(event="notice.filed").facts["regimes"]
    assert sorted(told) == laws(case)


@pytest.mark.usefixtures("mapped")
def test_an_item_found_elsewhere_adds_that_law_and_its_clocks_run_from_the_filing() -> None:
    case = filed("output")
    assert laws(case) == ["cn-civil-code"]

    found(case, "output", surface="storage", territories=["EU"])

    assert laws(case) == ["cn-civil-code", "eu-dsa-platform"]
    rows = Deadline.objects.filter(case_id=case.id, pack_id="eu-dsa-platform")
    assert {row.kind for row in rows} == {ACKNOWLEDGE, DECIDE}
    assert {row.triggered_at for row in rows} == {FILED}
    entry = entries(case_chain(case.id)).get(event="regime.added")
    assert entry.facts["surface"] == "storage:EU"
    assert entry.actor == WORKER.key
    assert found(case, "model")
    assert laws(case) == [
        "cn-civil-code",
        "cn-reg-2013",
        "eu-dsa-platform",
    ]


@pytest.mark.usefixtures("mapped")
def test_a_decided_case_takes_no_further_law(cast: Cast) -> None:
    case = filed("output")
    claim(case.id, user=cast.tara, now=LATER)
    decline(case.id, Ruling({"en": "No.", "zh-Hans": "否。"}), user=cast.tara, now=LATER)
    assert found(case, "model") == []


@pytest.mark.usefixtures("mapped")
def test_staff_take_a_law_off_and_put_it_back_with_reasons(cast: Cast) -> None:
    case = filed("output", "model")
    with pytest.raises(NotYours):
        regime_choice.remove(case.id, "cn-reg-2013", "No storage.", user=cast.tara, now=LATER)
    claim(case.id, user=cast.tara, now=LATER)

    regime_choice.remove(case.id, "cn-reg-2013", "No storage.", user=cast.tara, now=LATER)

    assert laws(case) == ["cn-civil-code"]
    assert [pack.id for pack in packs_of(Case.objects.get(id=case.id))] == ["cn-civil-code"]
    stopped = Deadline.objects.filter(case_id=case.id, pack_id="cn-reg-2013")
    assert {row.state for row in stopped} <= {"stopped", "met", "met_late"}
    assert found(case, "model") == [], "what staff took off is not put back by a look-up"
    with pytest.raises(Conflict, match="at least one law"):
        regime_choice.remove(case.id, "cn-civil-code", "None.", user=cast.tara, now=LATER)

    regime_choice.add(case.id, "cn-reg-2013", "It is storage.", user=cast.tara, now=LATER)

    assert laws(case) == ["cn-civil-code", "cn-reg-2013"]
    told = entries(case_chain(case.id)).filter(event__in=["regime.removed", "regime.reinstated"])
    assert [entry.facts["regime"] for entry in told] == ["cn-reg-2013", "cn-reg-2013"]
    running = Deadline.objects.filter(case_id=case.id, pack_id="cn-reg-2013", closed_at=None)
    assert {row.triggered_at for row in running} == {FILED}


@pytest.mark.usefixtures("mapped")
def test_a_reason_is_needed_and_training_is_never_mixed_with_output(cast: Cast) -> None:
    case = filed("output")
    claim(case.id, user=cast.tara, now=LATER)
    for pack_id, reason in (("us-dmca-512", " "), ("eu-gpai-complaint", "Why not.")):
        with pytest.raises(RedressError):
            regime_choice.add(case.id, pack_id, reason, user=cast.tara, now=LATER)
    assert laws(case) == ["cn-civil-code"]


@pytest.mark.usefixtures("mapped")
def test_the_desk_page_adds_a_law_and_keeps_what_was_typed(
    client: Client, cast: Cast, settings: LazySettings
) -> None:
    settings.STAFF_MFA_REQUIRED = False
    case = filed("output")
    claim(case.id, user=cast.tara, now=datetime(2026, 9, 1, 9, tzinfo=UTC))
    client.force_login(cast.tara)
    page = reverse("desk-regimes", args=[case.reference])
    wrong = client.post(page, {"add": "", "add-pack": "", "add-reason": "They offer it in Paris."})
    assert wrong.status_code == 422
    assert "They offer it in Paris." in wrong.content.decode()
    client.post(page, {"add": "", "add-pack": "eu-dsa-hosting", "add-reason": "Offered in Paris."})
    assert laws(case) == ["cn-civil-code", "eu-dsa-hosting"]
    assert "EU DSA: hosting" in client.get(page).content.decode()


@pytest.mark.parametrize(
    "table",
    [
        "{",
        '{"nowhere": ["cn-civil-code"]}',
        '{"storage:eu": ["cn-civil-code"]}',
        '{"storage": []}',
        '{"storage": ["no-such-pack"]}',
        '{"generation": ["eu-gpai-complaint"]}',
    ],
)
def test_a_wrong_mapping_is_found_before_the_first_request(
    settings: LazySettings, table: str
) -> None:
    settings.SURFACE_REGIMES = table
    assert [one.id for one in places_are_mapped(None)] == ["redress.E004"]
    settings.SURFACE_REGIMES = json.dumps(MAPPED)
    assert places_are_mapped(None) == []
