"""A case file carries what courts, laws and clocks did to the case: rows in case.json, words and papers."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from casework.case_file import case_file
from casework.report import report
from casework.services.conflicts import decide
from casework.services.export import make_export, request_export
from common.actors import filer, staff
from counternotices.rules import WAIT
from counternotices.services import arrivals, complaints, courts, proceedings, review
from counternotices.services.waiting import file_suit_proof
from deadlines.models import Deadline
from deadlines.services import Grant, extend
from deadlines.services import sweep as clocks
from evidence.files import seal
from evidence.models import SealedFile
from evidence.verify.verify_case_file import verify
from measures.models import RegimeConflict
from measures.services.deciding import Choice
from notices.models import Case, ClaimedItem
from notices.services import regime_choice, sanctions
from notices.services.claims import claim
from notices.services.decisions import Ruling, decline
from notifications.models import Message
from notifications.services.arriving import record_arrival
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, PDF, REASONS, REVIEWED, Stage
from tests.database import Clock

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)
OVER = datetime(2026, 10, 9, 0, 0, tzinfo=UTC)
BOTH = {"en": "The Act has us weigh the merits.", "zh-Hans": "该法要求审查实体问题。"}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


def paper(name: str, at: datetime = NOON) -> SealedFile:
    """A sealed paper whose bytes nobody else's have."""
    with transaction.atomic():
        return seal(io.BytesIO(PDF + f"% {name}\n".encode()), name=f"{name}.pdf", at=at)


class Dossier:
    """A case's export, verified offline by the script that travels inside it."""

    def __init__(self, stage: Stage, case: Case, now: datetime = NOON) -> None:
        bundle = make_export(request_export(case, user=stage.dan, now=now).id, now=now).bundle
        assert bundle is not None
        content = bundle.read()
        assert verify(io.BytesIO(content)).english.startswith("valid:")
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            self.members = {name: zipped.read(name) for name in zipped.namelist()}
        self.data: dict[str, Any] = json.loads(self.members["case.json"])
        self.lines = json.loads(self.members["manifest.json"])["files"]
        self.en, self.zh = (
            words(self.members[f"case-file.{tag}.pdf"]) for tag in ("en", "zh-Hans")
        )

    def papers(self, role: str) -> list[bytes]:
        """The bytes of the exhibits of this role."""
        return [self.members[line["name"]] for line in self.lines if line.get("what") == role]


def words(content: bytes) -> str:
    """The text of a PDF without any white space: lines break where they like."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def of(name: str) -> bytes:
    return PDF + f"% {name}\n".encode()


def ordered(stage: Stage, case: Case, name: str) -> None:
    """An order of a court, lifted an hour later."""
    measures = [measure.id for measure in stage.measures(case)[:1]]
    matter = courts.Matter("keep", measures, "Guangzhou Internet Court", "(2026) 7")
    regime = case.regimes.get(pack_id="cn-civil-code")
    first = courts.Paper(paper(name), NOON)
    order = courts.record_order(regime, matter, first, user=stage.lea, now=NOON)
    later = NOON + timedelta(hours=1)
    courts.lift(order.id, courts.Paper(paper(f"{name} lifted"), later), user=stage.lea, now=later)


def test_orders_of_a_court_come_with_every_paper(stage: Stage) -> None:
    case = stage.upheld()
    ordered(stage, case, "order")

    whole = Dossier(stage, case)

    assert whole.papers("court_paper") == [of("order"), of("order lifted")]
    (order,) = whole.data["court_orders"]
    assert (order["number"], order["state"]) == ("(2026) 7", "lifted")
    assert order["measures"] == [str(measure.id) for measure in stage.measures(case)]
    assert [one["kind"] for one in order["papers"]] == ["order", "lifting"]
    assert "GuangzhouInternetCourt(2026)7" in whole.en
    assert "Liftingoftheorder" in whole.en
    assert "GuangzhouInternetCourt(2026)7" in whole.zh


def test_how_proceedings_ended_comes_with_its_paper(stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.forwarded(case)
    sued = NOON - timedelta(days=1)
    stage.deliver(counter, sued)
    arrivals.sweep(sued)
    file_suit_proof(counter.id, stage.proof(sued), actor=filer(counter.id), now=sued)
    ending = proceedings.Ending("dismissed", "Guangzhou Court", "(2026) 9", paper("ruling"), NOON)
    proceedings.end_proceedings(counter.id, ending, user=stage.lea, now=NOON)

    whole = Dossier(stage, case)

    assert whole.papers("proceedings_end") == [of("ruling")]
    assert [one["outcome"] for one in whole.data["ends_of_proceedings"]] == ["dismissed"]
    assert "Claimdismissed·GuangzhouCourt(2026)9" in whole.en


def test_a_complaint_comes_with_its_answer(stage: Stage, settings: LazySettings) -> None:
    settings.REGIMES = ["eu-dsa-platform"]
    case = stage.filed(stage.artefact("out_1"))
    claim(case.id, user=stage.tara, now=DECIDED)
    decline(case.id, Ruling(REASONS), user=stage.tara, now=DECIDED)
    regime = case.regimes.get()
    complaint = complaints.file_complaint(
        regime.id, "Look at the bell.", "en", actor=filer(case.id), now=NOON
    )
    complaints.reject(complaint.id, BOTH, user=stage.dan, now=NOON)

    whole = Dossier(stage, case)

    (told,) = whole.data["complaints"]
    assert (told["grounds"], told["state"]) == ("Look at the bell.", "rejected")
    assert told["reasons"] == BOTH
    for text in (whole.en, whole.zh):
        assert "Lookatthebell." in text
        assert "该法要求审查实体问题。" in text


def test_more_time_comes_with_its_reason_its_paper_and_both_ends(stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.forwarded(case)
    stage.deliver(counter, NOON - timedelta(days=4))
    arrivals.sweep(NOON - timedelta(days=4))
    row = Deadline.objects.get(case_id=case.id, kind=WAIT)
    grant = Grant(8, "Notarisation in Lyon", paper("notary").id)
    after = extend(
        WAIT, row.subject_id, grant, actor=staff(stage.lea.id), now=NOON,
        case_regime_id=row.case_regime_id,
    )  # fmt: skip

    whole = Dossier(stage, case)

    assert whole.papers("extension_paper") == [of("notary")]
    (told,) = whole.data["extensions"]
    assert (told["length"], told["reason"]) == (8, "Notarisation in Lyon")
    assert told["due_before"] == row.due_at.isoformat()
    assert told["due_after"] == after.due_at.isoformat()
    assert "8calendardays·Lea" in whole.en
    assert f"{after.due_at:%Y-%m-%d%H:%M:%S}" in whole.en
    assert "NotarisationinLyon" in whole.zh


def test_a_conflict_of_laws_comes_with_both_rules_and_the_decision(
    stage: Stage, settings: LazySettings, clock: Clock
) -> None:
    settings.REGIMES = ["cn-civil-code", "eu-dsa-platform"]
    clock.set(OVER)
    case = stage.upheld()
    counter = review.accept(stage.contest(case).id, user=stage.dan, now=REVIEWED)
    stage.deliver(counter, REVIEWED)
    arrivals.sweep(REVIEWED)
    clocks.run(OVER)
    conflict = RegimeConflict.objects.get(case=case)
    decide(case.id, conflict.id, Choice("keep", BOTH), user=stage.lea, now=OVER)

    whole = Dossier(stage, case, OVER)

    (told,) = whole.data["conflicts_of_laws"]
    assert (told["decision"], told["reasons"]) == ("keep", BOTH)
    assert told["releases"]["pack"].startswith("cn-civil-code ")
    assert told["holds"]["pack"].startswith("eu-dsa-platform ")
    assert all(told["holds"]["rule"][tag] for tag in ("en", "zh-Hans"))
    assert told["holds"]["rule"]["en"] != told["holds"]["rule"]["zh-Hans"]
    assert "PRCCivilCodeart.1196" in whole.en
    assert "DSA(Regulation(EU)2022/2065)art.20" in whole.en
    assert "Keepthemeasures" in whole.en
    assert "该法要求审查实体问题。" in whole.zh


def test_a_warning_of_the_filer_comes_with_its_factors_and_reasons(
    stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["eu-dsa-platform"]
    case = stage.filed(stage.artefact("out_1"))
    claim(case.id, user=stage.tara, now=DECIDED)
    decline(case.id, Ruling(REASONS), user=stage.tara, now=DECIDED)
    warning = sanctions.Sanction("warn", "eu-dsa-platform", [0], BOTH)
    row = sanctions.impose(case.id, warning, user=stage.lea, now=NOON)

    whole = Dossier(stage, case)

    (told,) = whole.data["filer_sanctions"]
    assert (told["level"], told["reasons"], told["factors"]) == ("warn", BOTH, row.factors)
    assert "".join(row.factors[0]["en"].split()) in whole.en
    assert "".join(row.factors[0]["zh-Hans"].split()) in whole.zh


def test_the_paper_that_shows_an_arrival_is_an_exhibit(stage: Stage) -> None:
    case = stage.upheld()
    letter = Message.objects.filter(case_id=case.id).earliest("queued_at")
    Message.objects.filter(id=letter.id).update(address="")
    at = NOON - timedelta(days=1)
    record_arrival(
        letter.id, at, "registered RR1", staff(stage.tara.id), now=NOON, paper=paper("slip")
    )

    whole = Dossier(stage, case)

    assert whole.papers("arrival_paper") == [of("slip")]
    assert "registeredRR1E000" in whole.en


def test_laws_that_were_added_and_taken_off_are_told_with_the_reason(stage: Stage) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=DECIDED)
    first = case.regimes.get().pack_id
    regime_choice.add(case.id, "eu-dsa-platform", "Sold in Europe", user=stage.tara, now=DECIDED)
    regime_choice.remove(case.id, first, "Never in China", user=stage.tara, now=DECIDED)

    whole = Dossier(stage, case)

    changes = [(one["event"], one["reason"]) for one in whole.data["law_changes"]]
    assert changes == [("regime.added", "Sold in Europe"), ("regime.removed", "Never in China")]
    assert [one["pack_id"] for one in whole.data["regimes_removed"]] == [first]
    for reason in ("SoldinEurope", "NeverinChina"):
        assert reason in whole.en
        assert reason in whole.zh


def test_an_item_that_is_not_here_is_said_once_to_be_so(stage: Stage) -> None:
    case = stage.upheld()
    items = ClaimedItem.objects.filter(notice__case=case)
    items.update(artefact=None, outcome="not_found")

    told = words(report(case_file(case), "en", at=NOON)).lower()

    assert told.count("notfoundhere") == 1


def test_a_longer_course_costs_no_more_queries_and_drawing_it_none(stage: Stage) -> None:
    case = stage.upheld()
    ordered(stage, case, "first")
    with CaptureQueriesContext(connection) as few:
        case_file(case)
    for number in range(4):
        ordered(stage, case, f"further {number}")
    with CaptureQueriesContext(connection) as many:
        whole = case_file(case)
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as drawing:
        report(whole, "en", at=NOON)
    assert len(drawing) == 0
