"""What an incomplete notice does: help is owed for a curable one, and each decision records what it amounted to."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from deadlines.models import Deadline
from evidence.chain import case_chain
from evidence.models import LedgerEntry
from evidence.selectors import entries
from notices.filing import Filing, ItemClaim
from notices.models import Case
from notices.rules import CURE_CONTACT
from notices.services.claims import claim
from notices.services.decisions import Ruling, accept, decline
from notices.services.information import Question, request_information
from notices.services.submit import submit
from platforms.models import Platform
from tests.counternotices.stage import DECIDED, FILED, REASONS
from users.models import User

ALL_BUT_STATEMENTS = {"signature": "Nora Lind"}
PERJURY = {"good_faith_statement": "Yes.", "accuracy_and_authority_statement": "Yes."}


def filed(settings: LazySettings, regime: str, **changes: object) -> Case:
    settings.REGIMES = [regime]
    given: dict[str, object] = {
        "channel": "portal",
        "language": "en",
        "filer_name": "Nora Lind",
        "filer_email": "nora@example.org",
        "filer_role": "owner",
        "work_title": "Fox Spirit",
        "items": (ItemClaim("output", "out_1"),),
        **ALL_BUT_STATEMENTS,
        **changes,
    }
    return submit(Filing(**given), now=FILED)  # type: ignore[arg-type]


def cure(case: Case) -> Deadline | None:
    return Deadline.objects.filter(case_id=case.id, kind=CURE_CONTACT).first()


def entry(case: Case, event: str) -> LedgerEntry:
    return next(one for one in entries(case_chain(case.id)) if one.event == event)


@pytest.mark.usefixtures("platform")
def test_a_curable_notice_starts_the_clock_for_helping_its_sender(settings: LazySettings) -> None:
    owed = cure(filed(settings, "us-dmca-512"))
    assert owed is not None
    assert (owed.clock_key, owed.owes, owed.state) == (
        "us.house.cure_contact",
        "provider",
        "running",
    )


@pytest.mark.parametrize(
    ("regime", "changes"),
    [
        ("us-dmca-512", {"statements": PERJURY}),  # complete
        ("us-dmca-512", {"work_title": ""}),  # without effect: no help is owed
        ("eu-dsa-platform", {}),  # never refused
        ("cn-civil-code", {}),
    ],
)
@pytest.mark.usefixtures("platform")
def test_no_other_notice_starts_it(
    settings: LazySettings, regime: str, changes: dict[str, object]
) -> None:
    assert cure(filed(settings, regime, **changes)) is None


def test_asking_for_what_is_missing_is_the_help(
    settings: LazySettings, platform: Platform, tara: User
) -> None:
    case = filed(settings, "us-dmca-512")
    claim(case.id, user=tara, now=FILED)
    at = FILED + timedelta(hours=2)
    request_information(case.id, Question(["good_faith_statement"]), user=tara, now=at)
    done = cure(case)
    assert done is not None
    assert done.state == "met"


def test_a_notice_decided_as_it_stands_ends_the_duty_and_says_that_it_counts(
    settings: LazySettings, platform: Platform, tara: User
) -> None:
    case = filed(settings, "us-dmca-512")
    claim(case.id, user=tara, now=DECIDED)
    outcomes = {item.id: "upheld" for item in case.notice.items.all()}
    accept(case.id, Ruling(REASONS, outcomes), user=tara, now=DECIDED)
    done = cure(case)
    assert done is not None
    assert done.state == "stopped"
    said = entry(case, "notice.accepted").facts["completeness"]["us-dmca-512"]
    assert (said["status"], said["knowledge"]) == ("curable", "counts_unless_helped")
    assert said["missing"] == ["good_faith_statement", "accuracy_and_authority_statement"]


def test_an_eu_decision_records_that_knowledge_may_not_arise(
    settings: LazySettings, platform: Platform, tara: User
) -> None:
    case = filed(settings, "eu-dsa-platform")
    claim(case.id, user=tara, now=DECIDED)
    decline(case.id, Ruling(REASONS), user=tara, now=DECIDED)
    said = entry(case, "notice.declined").facts["completeness"]["eu-dsa-platform"]
    assert said["knowledge"] == "may_not_arise"
    assert said["missing"] == ["explanation", "bona_fide_statement"]


def test_a_notice_without_effect_is_recorded_as_one(
    settings: LazySettings, platform: Platform, tara: User
) -> None:
    case = filed(settings, "us-dmca-512", filer_email="", filer_phone="")
    claim(case.id, user=tara, now=DECIDED)
    decline(case.id, Ruling(REASONS), user=tara, now=DECIDED)
    said = entry(case, "notice.declined").facts["completeness"]["us-dmca-512"]
    assert (said["status"], said["knowledge"]) == ("ineffective", "does_not_arise")
