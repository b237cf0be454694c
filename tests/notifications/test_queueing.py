import json
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from evidence import files, selectors
from evidence.models import SealedFile, Transition
from notifications.catalogue import MissingKeys, UnknownLetter, WrongParty, letter
from notifications.errors import BadAddress
from notifications.models import Message
from notifications.selectors import files_of, to_carry_by_hand
from notifications.services import Recipient
from notifications.states import SENTENCES, State
from notifications.writing import GapInLetter, UnknownLanguage, write
from tests.notifications.steps import (
    NORA,
    NORA_IN_CHINESE,
    NOW,
    entries,
    events,
    stored,
    write_to,
)

pytestmark = pytest.mark.django_db


def test_a_letter_is_written_once_and_kept_as_it_was_written() -> None:
    message = stored(write_to())

    assert message.state == State.QUEUED
    assert message.subject == "N-2026-000001-K a test"
    assert (message.template, message.template_version) == ("greeting", 3)
    assert message.text.startswith("Acme AI\nReference: N-2026-000001-K\n\nDear Nora,\n\nAbout")
    assert (
        'About "a test".\n\nThe end.\n\nOpen your page\nhttps://acme.example/t/abc' in message.text
    )
    assert '<html lang="en">' in message.html
    assert 'href="https://acme.example/t/abc"' in message.html
    assert "--focus" not in message.html


def test_a_letter_speaks_the_recipients_language() -> None:
    message = stored(write_to(NORA_IN_CHINESE))

    assert message.language == "zh-Hans"
    assert '<html lang="zh-Hans">' in message.html
    assert "示例智能" in message.text


def test_the_ledger_proves_every_word_without_holding_any() -> None:
    message = write_to()

    [entry] = entries(message)
    assert entry.event == "message.queued"
    assert "Nora" not in json.dumps(entry.facts)
    assert "nora@" not in json.dumps(entry.facts)
    payload = json.loads(selectors.payload(entry))
    assert payload["text"] == message.text
    assert payload["html"] == message.html
    assert payload["to"] == {"party": "filer", "name": "Nora", "address": "nora@studio.example"}


def test_what_people_wrote_is_escaped_in_html_and_left_alone_in_text() -> None:
    message = write_to(context={"note": "<script>alert('1 & 2')</script>"})

    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html
    assert "<script>alert('1 & 2')</script>" in message.text


@pytest.mark.parametrize("lacking", ["event", "reference", "link"])
def test_a_letter_that_lacks_what_it_needs_is_never_written(lacking: str) -> None:
    with pytest.raises(MissingKeys, match=lacking):
        write_to(context={lacking: None})
    assert not Message.objects.exists()


def test_a_template_that_names_what_nobody_gave_leaves_no_gap() -> None:
    with pytest.raises(GapInLetter, match="event"):
        write("greeting", "en", {"reference": "R", "link": "", "name": "Nora"})


def test_letters_and_parties_are_those_of_the_catalogue() -> None:
    with pytest.raises(UnknownLetter):
        letter("no_such_letter", "filer", {})
    with pytest.raises(WrongParty):
        letter("greeting", "respondent", {"event": "", "reference": "", "link": ""})


def test_a_language_we_do_not_write_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        write_to(Recipient("filer", "Nora", "nora@studio.example", "fr"))


@pytest.mark.parametrize("address", ["nora", "nora@", "a@b.example\nBcc: c@d.example"])
def test_a_wrong_address_is_named_and_nothing_is_written(address: str) -> None:
    with pytest.raises(BadAddress, match="Correct it"):
        write_to(Recipient("filer", "Nora", address, "en"))
    assert not Message.objects.exists()


def test_a_recipient_without_an_address_is_left_to_staff() -> None:
    message = write_to(Recipient("filer", "Nora", "", "en"))

    assert list(to_carry_by_hand()) == [message]


def test_sealed_files_go_along_in_order() -> None:
    sealed = [files.seal(f"page {n}".encode(), name=f"{n}.txt", at=NOW) for n in (2, 1)]

    message = write_to(attachments=[file.pk for file in sealed])

    assert files_of(message) == sealed
    assert entries(message)[-1].facts["files"] == [file.sha256 for file in sealed]


def test_a_file_that_was_never_sealed_cannot_go_along() -> None:
    with pytest.raises(SealedFile.DoesNotExist):
        write_to(attachments=[uuid4()])


def test_the_database_lists_the_very_transitions_that_the_model_declares() -> None:
    field = Message._meta.get_field("state")
    declared = {("", str(State.QUEUED))} | {
        (str(t.source), str(t.target)) for t in field.get_all_transitions(Message)
    }
    listed = Transition.objects.filter(machine="message").values_list("source", "target")

    assert set(listed) == declared
    assert set(SENTENCES) == set(State)


def test_the_application_itself_cannot_make_the_database_take_a_wrong_step() -> None:
    message = write_to(NORA)
    Message.objects.filter(pk=message.pk).update(state="sent")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("redress_app",)

    with pytest.raises(DatabaseError, match="may not go from"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(state="queued")
    assert events(message) == ["message.queued"]
