import email
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from common.actors import WORKER
from evidence import files
from notifications import rules, selectors
from notifications.models import Message
from notifications.services import Recipient, deliver, record_arrival, requeue
from notifications.services import delivering as room
from notifications.states import State
from tests.notifications.mail_server import MailServer
from tests.notifications.steps import (
    NORA_IN_CHINESE,
    NOW,
    entries,
    events,
    stored,
    write_to,
)

pytestmark = pytest.mark.django_db


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def mails(folder: Path) -> list[EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted(folder.glob("*.eml"))
    ]


def test_a_message_that_was_taken_is_delivered_from_that_moment(folder: Path) -> None:
    message, taken = write_to(), NOW + timedelta(seconds=3)

    assert deliver(message.pk, at(taken))

    row = stored(message)
    assert (row.state, row.sent_at, row.delivered_at) == (State.DELIVERED, taken, taken)
    assert row.delivery_proof == f"file {message.pk}.eml"
    assert events(message) == ["message.queued", "message.sent", "message.delivered"]


def test_the_mail_holds_text_html_language_and_the_sealed_files(folder: Path) -> None:
    sealed = files.seal("收据".encode(), name="回执.txt", at=NOW)
    message = write_to(NORA_IN_CHINESE, attachments=[sealed.pk])

    deliver(message.pk, at(NOW))

    [mail] = mails(folder)
    assert mail["Message-ID"] == f"<{message.pk}@acme.example>"
    assert mail["Content-Language"] == "zh-Hans"
    assert mail["To"] == "诺拉 <nora@studio.example>"
    assert mail["From"] == "示例智能 <notices@acme.example>"
    assert mail["Subject"] == message.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    plain, html = mail.get_body(["plain"]), mail.get_body(["html"])
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == message.text.splitlines()
    assert html.get_content().splitlines() == message.html.splitlines()
    [attached] = mail.iter_attachments()
    assert attached.get_filename() == "回执.txt"
    assert attached.get_content() == "收据"


def test_a_message_is_sent_once(folder: Path) -> None:
    message = write_to()

    assert deliver(message.pk, at(NOW))
    assert not deliver(message.pk, at(NOW + timedelta(days=1)))
    assert events(message).count("message.sent") == 1


def test_cut_off_after_sending_it_is_sent_again_as_the_very_same_mail(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = write_to()
    with monkeypatch.context() as patch:
        patch.setattr(room, "_record_success", _killed)
        with pytest.raises(KeyboardInterrupt):
            deliver(message.pk, at(NOW))
    assert stored(message).state == State.QUEUED

    assert not deliver(message.pk, at(NOW + timedelta(minutes=1)))
    assert deliver(message.pk, at(NOW + rules.LEASE))

    first, second = mail_server.taken
    assert first == second
    assert f"Message-ID: <{message.pk}@acme.example>".encode() in first


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_server_that_takes_the_mail_is_quoted_as_proof(mail_server: MailServer) -> None:
    message = write_to()

    assert deliver(message.pk, at(NOW))

    assert stored(message).delivery_proof == "127.0.0.1 250 2.0.0 taken as 4711"
    assert b"Content-Language: en" in mail_server.taken[0]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_for_good_fails_at_once_and_calls_somebody(
    mail_server: MailServer, verb: str
) -> None:
    mail_server.answers[verb] = "550 5.1.1 nora@studio.example is unknown here"
    message = write_to()

    assert not deliver(message.pk, at(NOW))

    row = stored(message)
    assert (row.state, row.attempts) == (State.FAILED, 1)
    assert "unknown here" in row.last_error
    assert list(selectors.failed()) == [message]
    facts = entries(message)[-1].facts
    assert (facts["smtp_code"], facts["permanent"]) == (550, True)
    assert "nora" not in str(facts)


def test_a_refusal_for_now_is_tried_again_later_and_later(mail_server: MailServer) -> None:
    mail_server.answers["RCPT"] = "451 try again"
    message, moment, waits = write_to(), NOW, []
    for _ in range(3):
        deliver(message.pk, at(moment))
        again = stored(message).try_after
        assert again is not None
        waits.append(again - moment)
        moment = again

    assert waits == [timedelta(minutes=m) for m in (1, 2, 4)]
    mail_server.answers.clear()
    assert deliver(message.pk, at(moment))
    assert stored(message).last_error == ""


def test_after_the_last_attempt_somebody_is_called_and_may_put_it_back(
    mail_server: MailServer,
) -> None:
    message, moment = write_to(), NOW
    mail_server.answers["DATA"] = "452 no room"
    for _ in range(rules.MOST_ATTEMPTS):
        deliver(message.pk, at(moment))
        moment = stored(message).try_after or moment
    assert stored(message).state == State.FAILED
    assert events(message).count("message.failed") == 1

    mail_server.answers.clear()
    requeue(message.pk, WORKER, now=moment)
    assert deliver(message.pk, at(moment))
    assert stored(message).state == State.DELIVERED


def test_a_server_that_is_away_costs_nothing_but_time(mail_server: MailServer) -> None:
    mail_server.stop()
    message = write_to()

    assert not deliver(message.pk, at(NOW))

    assert stored(message).state == State.QUEUED
    assert stored(message).last_error.startswith("ConnectionRefusedError")


def test_a_wrong_sign_in_of_ours_never_fails_a_message(
    mail_server: MailServer, settings: LazySettings
) -> None:
    settings.EMAIL_URL = f"smtp://us:secret@127.0.0.1:{mail_server.port}"
    mail_server.answers["EHLO"] = "250-tests\r\n250 AUTH PLAIN"
    mail_server.answers["AUTH"] = "535 5.7.8 wrong password"
    message = write_to()

    assert not deliver(message.pk, at(NOW))
    assert stored(message).state == State.QUEUED
    assert stored(message).last_error.startswith("535")


def test_a_mail_folder_that_cannot_be_written_is_tried_again(
    settings: LazySettings, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    settings.EMAIL_URL = (tmp_path / "taken").as_uri()
    message = write_to()

    assert not deliver(message.pk, at(NOW))
    assert stored(message).last_error.startswith("FileExistsError")


def test_a_message_is_held_back_until_its_time(folder: Path) -> None:
    message = write_to(not_before=NOW + timedelta(seconds=30))

    assert not deliver(message.pk, at(NOW + timedelta(seconds=29)))
    assert deliver(message.pk, at(NOW + timedelta(seconds=30)))


def test_nothing_is_mailed_to_who_has_no_address(folder: Path) -> None:
    message = write_to(Recipient("filer", "Nora", "", "en"))

    assert not deliver(message.pk, at(NOW))
    assert mails(folder) == []


def test_an_arrival_that_staff_record_while_it_is_being_sent_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = write_to()
    send = room._send

    def meanwhile(row: Message) -> str:
        record_arrival(row.pk, NOW, "handed over in person", WORKER, now=NOW)
        return send(row)

    monkeypatch.setattr(room, "_send", meanwhile)
    assert deliver(message.pk, at(NOW + timedelta(minutes=5)))

    assert stored(message).delivered_at == NOW
    assert events(message) == ["message.queued", "message.delivered", "message.sent"]


@pytest.mark.usefixtures("committed_db")
def test_two_workers_with_the_same_message_send_it_once(mail_server: MailServer) -> None:
    message = write_to()
    barrier, results = threading.Barrier(4), []

    def work() -> None:
        barrier.wait(30)
        results.append(deliver(message.pk, at(NOW)))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(results) == [False, False, False, True]
    assert len(mail_server.taken) == 1
