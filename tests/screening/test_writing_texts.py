"""A text is written, approved and ended; what it says never changes, and the database holds us to it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from common.actors import SWEEP
from common.errors import Conflict, Forbidden, NotFound, RedressError
from evidence.models import LedgerEntry, LedgerPayload
from screening.display_selectors import awaiting_text_approval, shown_now, versions_of
from screening.models import DisplaySetVersion, DisplayText
from screening.rules import TermText
from screening.services.display import approve_text, end_text, refuse_text, write_text
from screening.states import TextKind
from tests.conftest import Cast
from tests.screening.asking import NOW
from tests.screening.display import TERMS, new_text

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def events(text: DisplayText) -> list[str]:
    rows = LedgerEntry.objects.filter(chain_kind="rule", chain_id=text.series)
    return list(rows.order_by("sequence").values_list("event", flat=True))


def shown(text: DisplayText, at: Any = NOW) -> list[int]:
    versions = list(versions_of([text.series]))
    now = shown_now(versions, at)
    return [one.number for one in versions if one.id in now]


def test_a_disclaimer_is_shown_at_once_and_its_next_version_takes_its_place(cast: Cast) -> None:
    first = write_text(new_text(), user=cast.lea, now=NOW)
    assert (first.number, first.state, first.in_force_from) == (1, "standing", NOW)
    assert shown(first) == [1]
    second = write_text(new_text(series=first.series), user=cast.lea, now=LATER)
    assert (second.number, shown(first), shown(first, LATER)) == (2, [1], [2])
    end_text(second.id, "by_hand", actor=SWEEP, now=LATER + timedelta(hours=1))
    assert shown(first, LATER + timedelta(hours=2)) == []
    assert events(first) == ["display_text.published"] * 2 + ["display_text.ended"]


def test_a_ruling_waits_for_a_second_person(cast: Cast) -> None:
    text = write_text(new_text(kind=TextKind.RULING), user=cast.lea, now=NOW)
    assert (text.state, shown(text)) == ("proposed", [])
    assert list(awaiting_text_approval(cast.dan)) == [text]
    assert not awaiting_text_approval(cast.lea).exists()
    assert not awaiting_text_approval(cast.tara).exists()
    for stranger in (cast.lea, cast.tara, cast.eno, cast.eve):
        with pytest.raises(Forbidden):
            approve_text(text.id, user=stranger, now=LATER)
    approved = approve_text(text.id, user=cast.dan, now=LATER)
    assert (approved.decided_by, approved.in_force_from) == (cast.dan, LATER)
    assert (shown(text, LATER - timedelta(seconds=1)), shown(text, LATER)) == ([], [1])
    with pytest.raises(Conflict):
        approve_text(text.id, user=cast.dan, now=LATER)
    assert events(text) == ["display_text.proposed", "display_text.published"]


def test_a_refused_version_leaves_the_one_before_it(cast: Cast) -> None:
    first = write_text(new_text(kind=TextKind.RULING), user=cast.lea, now=NOW)
    approve_text(first.id, user=cast.dan, now=NOW)
    again = new_text(kind=TextKind.RULING, series=first.series)
    second = write_text(again, user=cast.lea, now=LATER)
    with pytest.raises(Conflict, match="waits for approval"):
        write_text(again, user=cast.lea, now=LATER)
    with pytest.raises(RedressError, match="why"):
        refuse_text(second.id, " ", user=cast.dan, now=LATER)
    refuse_text(second.id, "The number is wrong.", user=cast.dan, now=LATER)
    assert shown(first, LATER) == [1]
    assert write_text(again, user=cast.lea, now=LATER).number == 3


def test_its_author_may_take_a_proposal_back(cast: Cast) -> None:
    text = write_text(new_text(kind=TextKind.RULING), user=cast.lea, now=NOW)
    assert refuse_text(text.id, "Too early.", user=cast.lea, now=NOW).state == "refused"


def test_only_legal_writes(cast: Cast) -> None:
    for person in (cast.tara, cast.dan, cast.eno, cast.ada, cast.eve):
        with pytest.raises(Forbidden):
            write_text(new_text(), user=person, now=NOW)


def test_a_withheld_name_is_kept_and_never_shown(cast: Cast) -> None:
    words = {
        "en": "A court held for [[Harbour Studio]] against [[ Li Lei ]].",
        "zh-Hans": "法院支持[[港灯工作室]]的请求。",
    }
    text = write_text(new_text(texts=words), user=cast.lea, now=NOW)
    assert text.shown == {
        "en": "A court held for [name withheld] against [name withheld].",
        "zh-Hans": "法院支持某某的请求。",
    }
    entry = LedgerEntry.objects.get(chain_id=text.series)
    assert "Harbour" not in json.dumps(entry.facts)
    assert "Harbour" in bytes(LedgerPayload.objects.get(entry=entry).body).decode()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 201}),
        ("text_zh", {"texts": {"en": "Words."}}),
        ("text_en", {"texts": {"en": " ", "zh-Hans": "文字。"}}),
        ("text_en", {"texts": {"en": "x" * 1001, "zh-Hans": "文字。"}}),
        ("text_en", {"texts": {"en": "By [[Li", "zh-Hans": "文字。"}}),
        ("text_en", {"texts": {"en": "By [[ ]].", "zh-Hans": "文字。"}}),
        ("text_zh", {"texts": {"en": "By [[Li Lei]].", "zh-Hans": "li lei的作品。"}}),
        ("text_en", {"texts": {"en": "[[Li Lei]] and Li Lei.", "zh-Hans": "某人。"}}),
        ("terms", {"terms": TERMS}),
        ("terms", {"kind": TextKind.TRAINING, "terms": TERMS}),
        ("terms", {"kind": TextKind.NOTICE, "terms": []}),
        ("terms", {"kind": TextKind.RULING, "terms": [TermText("x", "en")]}),
        ("terms", {"kind": TextKind.WARNING, "terms": [TermText("x" * 101, "en")]}),
        (
            "terms",
            {"kind": TextKind.NOTICE, "terms": [TermText(f"n {i}", "en") for i in range(201)]},
        ),
        ("allow_phrases", {"kind": TextKind.WARNING, "allow_phrases": ["狐"]}),
        ("case_reference", {"kind": TextKind.NOTICE, "case_id": None, "case_reference": ""}),
        ("source", {"kind": TextKind.RULING, "source": ""}),
        ("source", {"kind": TextKind.RULING, "source": "x" * 201}),
        (
            "source",
            {
                "kind": TextKind.RULING,
                "source": "Li Lei v. Acme",
                "texts": {"en": "[[Li Lei]] won.", "zh-Hans": "原告胜诉。"},
            },
        ),
        ("in_force_until", {"in_force_until": NOW}),
    ],
)
def test_a_text_that_makes_no_sense_is_refused_with_a_sentence(
    cast: Cast, field: str, changes: Mapping[str, Any]
) -> None:
    with pytest.raises(RedressError) as refused:
        write_text(new_text(**changes), user=cast.lea, now=NOW)
    assert set(refused.value.fields) == {field}
    assert refused.value.fields[field].endswith(".")
    assert not DisplayText.objects.exists()


def test_a_withheld_name_within_another_word_gives_nothing_away(cast: Cast) -> None:
    words = {"en": "[[Lin]] asked for a lintel.", "zh-Hans": "某人。"}
    assert write_text(new_text(texts=words), user=cast.lea, now=NOW).shown["en"].endswith("lintel.")


def test_a_text_keeps_its_kind_and_its_case(cast: Cast) -> None:
    first = write_text(new_text(), user=cast.lea, now=NOW)
    for other in (new_text(kind=TextKind.WARNING), new_text(case_id=uuid4(), case_reference="N")):
        with pytest.raises(Conflict, match="keeps its kind"):
            write_text(replace(other, series=first.series), user=cast.lea, now=NOW)
    with pytest.raises(NotFound):
        write_text(new_text(series=uuid4()), user=cast.lea, now=NOW)


def test_what_never_stood_cannot_end_and_what_ended_stays_as_it_ended(cast: Cast) -> None:
    proposed = write_text(new_text(kind=TextKind.RULING), user=cast.lea, now=NOW)
    with pytest.raises(Conflict):
        end_text(proposed.id, "by_hand", actor=SWEEP, now=NOW)
    text = write_text(new_text(), user=cast.lea, now=NOW)
    end_text(text.id, "by_hand", actor=SWEEP, now=LATER)
    again = end_text(text.id, "other", actor=SWEEP, now=LATER + timedelta(days=1))
    assert (again.ended_at, again.ended_reason) == (LATER, "by_hand")
    with pytest.raises(NotFound):
        end_text(uuid4(), "by_hand", actor=SWEEP, now=NOW)


def test_a_ruling_whose_time_has_passed_cannot_be_approved(cast: Cast) -> None:
    new = new_text(kind=TextKind.RULING, in_force_until=LATER)
    text = write_text(new, user=cast.lea, now=NOW)
    with pytest.raises(Conflict, match="last moment"):
        approve_text(text.id, user=cast.dan, now=LATER)


def test_each_change_raises_the_version(cast: Cast) -> None:
    before = DisplaySetVersion.objects.get().version
    write_text(new_text(), user=cast.lea, now=NOW)
    assert DisplaySetVersion.objects.get().version == before + 1


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE screening_displaytext SET shown = '{"en": "x", "zh-Hans": "x"}'""",
        "UPDATE screening_displaytext SET in_force_from = now()",
        "UPDATE screening_displaytext SET ended_at = now(), ended_reason = 'x'",
        "UPDATE screening_displaytext SET state = 'proposed'",
        "DELETE FROM screening_displaytext",
        "TRUNCATE screening_displaytext, screening_displayproof",
        "UPDATE screening_displaysetversion SET version = 1",
        "DELETE FROM screening_displayproof",
    ],
)
def test_the_application_cannot_change_what_is_shown(cast: Cast, statement: str) -> None:
    write_text(new_text(), user=cast.lea, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_lets_nobody_approve_their_own_ruling(cast: Cast) -> None:
    text = write_text(new_text(kind=TextKind.RULING), user=cast.lea, now=NOW)
    for approver in (None, cast.lea):
        row = DisplayText.objects.get(id=text.id)
        row.approve()
        row.decided_by = approver
        with pytest.raises(DatabaseError, match="second_person"), transaction.atomic():
            row.save(update_fields=["state", "decided_by"])


def test_the_owner_of_the_tables_cannot_change_a_text_either(
    committed_db: None, cast: Cast, owner_connection: "psycopg.Connection[Any]"
) -> None:
    write_text(new_text(), user=cast.lea, now=NOW)
    for statement in (
        "UPDATE screening_displaytext SET title = 'x'",
        "DELETE FROM screening_displaytext",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner_connection.execute(statement.encode())
