"""A law that changes midway reaches a running case on purpose, by a person, and only as its own rule says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from common.actors import staff
from common.errors import Conflict, RedressError
from deadlines.calendars.steps import Step
from deadlines.calendars.wording import CATALOGUE as COUNTED
from deadlines.derivation import CATALOGUE as BEFALLEN
from deadlines.derivation import explain
from deadlines.models import Deadline
from deadlines.services.reterming import put_under
from evidence.chain import case_chain
from evidence.models import LedgerEntry
from evidence.selectors import entries
from notices.models import Case, CaseRegime
from notices.rules import DECIDE
from notices.services.loaded import pack_chain
from notices.services.transition import change_version
from regimes.loader import load
from regimes.questions import clock
from regimes.shelf import SHIPPED
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import FILED, Stage

CN = "cn-civil-code"
BODY = (SHIPPED / CN / "2026.1.toml").read_text(encoding="utf-8")
LATER = FILED + timedelta(hours=3)
NewVersion = Callable[..., None]


@pytest.fixture
def version(tmp_path: Path, settings: LazySettings) -> NewVersion:
    """Write 2027.1 into the operator's folder: its rule, its first day, and how long we may decide."""
    settings.PACKS_DIR = str(tmp_path)

    def write(rule: str, since: str = "2026-09-01", decide: int = 5) -> None:
        text = BODY.replace('version = "2026.1"', 'version = "2027.1"')
        text = text.replace('rule = "keep"', f'rule = "{rule}"')
        text = text.replace('effective_from = "2021-01-01"', f'effective_from = "{since}"')
        head, rest = text.split('key = "cn.house.decide"')
        rest = rest.replace("length = 3", f"length = {decide}", 1)
        (tmp_path / CN).mkdir(exist_ok=True)
        path = tmp_path / CN / "2027.1.toml"
        path.write_text(f'{head}key = "cn.house.decide"{rest}', encoding="utf-8")

    return write


@pytest.fixture
def case(stage: Stage) -> Case:
    return stage.filed()


def regime(case: Case) -> CaseRegime:
    return CaseRegime.objects.get(case=case, pack_id=CN)


def move(case: Case, stage: Stage, reason: str = "The law changed.") -> CaseRegime:
    return change_version(regime(case).id, "2027.1", reason=reason, user=stage.lea, now=LATER)


def decide(case: Case) -> Deadline:
    return Deadline.objects.get(case_id=case.id, kind=DECIDE)


def entry(case: Case, event: str) -> LedgerEntry:
    return next(one for one in entries(case_chain(case.id)) if one.event == event)


def test_a_running_case_keeps_its_version_unless_somebody_moves_it(
    case: Case, version: NewVersion
) -> None:
    version("apply_to_open_stage")
    assert load(CN).version == "2027.1"
    assert regime(case).pack_version == "2026.1"


def test_a_case_is_moved_with_both_hashes_and_the_reason_in_the_ledger(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    version("apply_from_effective")
    before, due = regime(case), decide(case).due_at
    moved = move(case, stage)
    assert moved.pack_version == "2027.1"
    facts = entry(case, "regime.version_changed").facts
    assert facts["from_sha256"] == before.pack_sha256
    assert facts["to_sha256"] == load(CN, "2027.1").sha256 == moved.pack_sha256
    assert (facts["rule"], facts["clocks"]) == ("apply_from_effective", [])
    assert decide(case).due_at == due


def test_open_clocks_are_counted_anew_where_the_rule_says_so_and_explain_it(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    version("apply_to_open_stage")
    before = decide(case)
    move(case, stage)
    after = decide(case)
    assert (before.last_day.isoformat(), after.last_day.isoformat()) == ("2026-09-04", "2026-09-08")
    assert (after.pack_version, after.clock["length"]) == ("2027.1", 5)
    said = explain([Step.from_json(after.derivation[-1])], "en")[0]
    assert "moved to version cn-civil-code 2027.1 of the rules: 5 working days" in said
    assert "由2026年9月4日" in explain([Step.from_json(after.derivation[-1])], "zh-Hans")[0]
    assert entry(case, "regime.version_changed").facts["clocks"] == ["cn.house.decide"]
    assert entry(case, "deadline.put_under").facts["due_before"] == before.due_at.isoformat()


def test_nobody_is_late_by_a_law_that_came_later(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    version("apply_to_open_stage", decide=1)
    due = decide(case).due_at
    change_version(
        regime(case).id,
        "2027.1",
        reason="The law changed.",
        user=stage.lea,
        now=FILED + timedelta(days=2),
    )
    assert decide(case).due_at == due
    assert entry(case, "regime.version_changed").facts["clocks"] == []


@pytest.mark.parametrize(
    ("rule", "since", "reason", "refusal", "said"),
    [
        ("keep", "2026-09-01", "Why not.", Conflict, "does not reach"),
        ("apply_from_effective", "2027-01-01", "Early.", Conflict, "2027-01-01"),
        ("apply_from_effective", "2026-09-01", "  ", RedressError, "reason"),
    ],
)
def test_what_the_rule_does_not_allow_is_refused_and_nothing_changes(
    case: Case,
    stage: Stage,
    version: NewVersion,
    rule: str,
    since: str,
    reason: str,
    refusal: type[RedressError],
    said: str,
) -> None:
    version(rule, since)
    with pytest.raises(refusal, match=said):
        move(case, stage, reason)
    assert regime(case).pack_version == "2026.1"


def test_a_version_there_is_not_and_the_same_again_are_refused(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    with pytest.raises(RedressError, match="no version"):
        move(case, stage)
    version("apply_from_effective")
    move(case, stage)
    with pytest.raises(Conflict, match="already"):
        move(case, stage)


def test_a_regime_that_has_ended_stays_as_it_was(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    version("apply_from_effective")
    CaseRegime.objects.filter(case=case).update(state="closed")
    with pytest.raises(Conflict, match="has ended"):
        move(case, stage)


def test_rules_are_ledgered_once_when_they_are_first_used(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    stage.filed()
    first = entries(pack_chain(CN, "2026.1"))
    assert [one.event for one in first] == ["pack.loaded"]
    assert first[0].facts["sha256"] == load(CN, "2026.1").sha256
    assert first[0].facts["shipped"] is True
    version("apply_from_effective")
    move(case, stage)
    theirs = entries(pack_chain(CN, "2027.1")).get()
    assert theirs.facts["shipped"] is False


def test_other_choices_of_the_house_are_ledgered_when_they_are_first_used(
    case: Case, stage: Stage, settings: LazySettings
) -> None:
    settings.REGIME_OVERRIDES = {CN: {"wait": "working_days_20"}}
    stage.filed()
    hashes = [one.facts["sha256"] for one in entries(pack_chain(CN, "2026.1"))]
    assert len(hashes) == len(set(hashes)) == 2


def test_a_lawyer_moves_a_case_on_the_command_line(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    version("apply_from_effective")
    words = ["transition", case.reference, CN, "2027.1", "--reason", "New law.", "--by"]
    with pytest.raises(CommandError, match="nobody with the role legal"):
        call_command("packs", *words, stage.tara.email)
    out = StringIO()
    call_command("packs", *words, stage.lea.email, stdout=out)
    assert out.getvalue() == f"{case.reference} runs under {CN} 2027.1.\n"
    with pytest.raises(CommandError, match="already") as refused:
        call_command("packs", *words, stage.lea.email)
    assert refused.value.returncode == 2


def test_a_change_that_leaves_the_day_where_it_is_says_so(
    case: Case, stage: Stage, version: NewVersion
) -> None:
    version("apply_to_open_stage", decide=3)
    new = replace(clock(load(CN), "cn.house.decide"), extendable=False)
    assert put_under(decide(case), new, load(CN), actor=staff(stage.lea.id), now=LATER)
    last = Step.from_json(decide(case).derivation[-1])
    assert explain([last], "en")[0].endswith("The last day stays Fri 4 Sep 2026.")
    assert "最后一日仍为2026年9月4日" in explain([last], "zh-Hans")[0]


def test_no_step_means_one_thing_to_the_calendar_and_another_to_a_clock() -> None:
    for language, sentences in BEFALLEN.items():
        assert set(sentences) & set(COUNTED[language]) == set()
