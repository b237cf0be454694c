"""The affected user's pages and the right holder's answer, as a browser without JavaScript sees them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from counternotices.models import CounterNotice, SuitProof
from counternotices.services import arrivals, review
from notices.models import Case
from tests.counternotices.stage import ANSWERS, PDF, REVIEWED, Stage
from tests.database import Clock

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)
WORDS = {"reason": "authorised", **{k: v for k, v in ANSWERS.items() if k != "truth_statement"}}
SIGNED = {"sign": "1", "statement-truth_statement": "on", "signature": "Paul Okafor"}


@pytest.fixture(autouse=True)
def noon(clock: Clock) -> None:
    clock.set(NOON)


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def kept(html: str) -> list[str]:
    return re.findall(r'name="kept" value="([^"]+)"', html)


def text(client: Client, *args: str, name: str = "answer") -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_gives_the_five_answers(client: Client, stage: Stage) -> None:
    token = stage.answer_link(stage.upheld(stage.artefact("out_1"), sanction="warn"))

    html = text(client, token)

    for heading in ("What was done", "Why", "Who says so", "Until when", "What you can do"):
        assert f"<dt>{heading}</dt>" in html
    assert "Removal of “Picture out_1”" in html
    assert "A warning on your account" in html
    assert "The mask and the bell are the same." in html
    assert "The mask" in html
    assert "N**" in html
    assert "Nora Lind" not in html
    assert "15 calendar days" in html
    assert "infringer" not in html.lower()
    assert "<script" not in html


def test_a_name_that_the_law_hides_is_not_even_masked(
    client: Client, stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["eu-dsa-platform"]
    token = stage.answer_link(stage.upheld())

    html = text(client, token)

    assert "a filer whose name is not disclosed" in html
    assert "N**" not in html


def test_a_link_of_another_purpose_opens_nothing(client: Client, stage: Stage) -> None:
    case = stage.upheld()

    assert client.get(reverse("answer", args=[stage.track_link(case)])).status_code == 404
    assert client.get(reverse("answer", args=["made-up"])).status_code == 404


def test_a_person_sees_only_what_touches_them(client: Client, stage: Stage) -> None:
    pia = stage.user("pia")
    case = stage.upheld(stage.artefact("out_paul"), stage.artefact("out_pia", pia))

    html = text(client, stage.answer_link(case, pia))

    assert "out_pia" in html
    assert "out_paul" not in html


def test_contesting_keeps_every_file_shows_the_preview_and_ends_in_a_receipt(
    client: Client, stage: Stage
) -> None:
    case = stage.upheld(stage.artefact("out_1"))
    token = stage.answer_link(case)
    address = reverse("answer-contest", args=[token])
    assert "out_1: Removal of “Picture out_1”" in client.get(address).content.decode()

    half = client.post(
        address,
        {
            **WORDS,
            "reason": "",
            "file-prelim_evidence_noninfringement": [pdf("licence.pdf"), pdf("mail.pdf")],
            "file-user_identity_proof": SimpleUploadedFile("virus.exe", b"MZ\x90\x00 nothing"),
        },
    )
    html = half.content.decode()
    assert half.status_code == 422
    assert "Choose the reason that fits best." in html
    assert "virus.exe" in html
    assert len(kept(html)) == 2

    preview = client.post(
        address, {**WORDS, "kept": kept(html), "file-user_identity_proof": pdf("card.pdf")}
    )
    html = preview.content.decode()
    assert preview.status_code == 200
    assert "licence.pdf, mail.pdf" in html
    assert "card.pdf" not in re.sub(r'value="[^"]*"', "", html)
    assert "Stays with us" in html
    assert "Guarantee of truth: The user answers for the truth of the statement." in html
    assert not CounterNotice.objects.exists()

    unsigned = client.post(address, {**WORDS, "kept": kept(html), "sign": "1"})
    assert unsigned.status_code == 422
    assert "Type your full name to sign the counter-notice." in unsigned.content.decode()

    sent = client.post(address, {**WORDS, "kept": kept(html), **SIGNED}, follow=True)
    html = sent.content.decode()
    counter = CounterNotice.objects.get()
    assert counter.reference in html
    assert "It is our turn" in html
    assert counter.filed_at == NOON
    assert counter.answers["truth_statement"] == ANSWERS["truth_statement"]
    assert sorted(counter.files.values_list("file__name", "element")) == [
        ("card.pdf", "user_identity_proof"),
        ("licence.pdf", "prelim_evidence_noninfringement"),
        ("mail.pdf", "prelim_evidence_noninfringement"),
    ]
    again = client.post(address, {**WORDS, "kept": kept(html), **SIGNED})
    assert again.status_code == 302
    assert CounterNotice.objects.count() == 1


def test_one_form_files_under_every_regime(client: Client, stage: Stage, settings: object) -> None:
    settings.REGIMES = ["cn-civil-code", "us-dmca-512"]  # type: ignore[attr-defined]
    token = stage.answer_link(stage.upheld())
    address = reverse("answer-contest", args=[token])
    us = {
        "removed_material_and_prior_location": "out_1",
        "name_address_phone": "Paul Okafor, 1 Fox Lane, +1 555 0100",
    }
    ticks = {
        f"statement-{key}": "on"
        for key in (
            "perjury_mistake_statement",
            "jurisdiction_consent",
            "service_of_process_consent",
        )
    }

    client.post(address, {**WORDS, **us, **SIGNED, **ticks})

    found = {c.case_regime.pack_id: c for c in CounterNotice.objects.all()}
    assert set(found) == {"cn-civil-code", "us-dmca-512"}
    assert "user_name" in found["cn-civil-code"].answers
    assert set(found["us-dmca-512"].answers) == {
        "signature",
        *us,
        *(key.removeprefix("statement-") for key in ticks),
    }


def test_what_is_asked_is_answered_on_one_page(client: Client, stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.contest(case)
    review.ask(counter.id, ["user_address", "user_identity_proof"], user=stage.dan, now=REVIEWED)
    token = stage.answer_link(case)
    assert "Postal address" not in text(client, token)
    address = reverse("answer-complete", args=[token, counter.reference])
    assert address in text(client, token)
    html = client.get(address).content.decode()
    assert "user_name" not in html

    assert client.post(address, {}).status_code == 422
    client.post(address, {"user_address": "2 Fox Lane", "file-user_identity_proof": pdf("c.pdf")})

    fresh = CounterNotice.objects.get()
    assert fresh.state == "filed"
    assert fresh.answers["user_address"] == "2 Fox Lane"
    assert fresh.files.count() == 3


def test_taking_it_back_asks_once_more(client: Client, stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.contest(case)
    token = stage.answer_link(case)
    address = reverse("answer-withdraw", args=[token, counter.reference])

    assert "Withdraw this counter-notice?" in client.get(address).content.decode()
    assert CounterNotice.objects.get().state == "filed"
    client.post(address)

    assert CounterNotice.objects.get().state == "withdrawn"
    assert client.get(address).status_code == 302
    stranger = stage.answer_link(case, stage.user("pia"))
    assert (
        client.get(reverse("answer-withdraw", args=[stranger, counter.reference])).status_code
        == 404
    )


def arrived(stage: Stage) -> tuple[Case, CounterNotice]:
    case = stage.upheld()
    counter = stage.forwarded(case)
    stage.deliver(counter, REVIEWED + timedelta(hours=1))
    arrivals.sweep(REVIEWED + timedelta(hours=2))
    return case, counter


def test_the_filer_reads_it_until_when_and_the_three_choices(client: Client, stage: Stage) -> None:
    case, counter = arrived(stage)
    token = stage.track_link(case)

    html = text(client, token, name="track")

    assert counter.reference in html
    assert "Paul Okafor" in html
    assert "licence.pdf" in html
    assert "card.pdf" not in html
    assert "Show that I have sued or complained" in html
    assert "Withdraw my notice" in html
    assert "Do nothing" in html
    assert html.count("why this date?") == 1
    assert html.count('class="clock window') == 1
    papers = {paper.file.name: str(paper.id) for paper in counter.files.all()}
    secret = reverse("forwarded-file", args=[token, counter.reference, papers["card.pdf"]])
    assert client.get(secret).status_code == 404
    sent = client.get(
        reverse("forwarded-file", args=[token, counter.reference, papers["licence.pdf"]])
    )
    assert b"".join(sent.streaming_content) == PDF  # type: ignore[arg-type]
    sent.close()


def test_the_proof_of_suit_keeps_its_file_through_an_error(client: Client, stage: Stage) -> None:
    case, counter = arrived(stage)
    address = reverse("suit-proof", args=[stage.track_link(case), counter.reference])
    assert "Complaint to the authority" in client.get(address).content.decode()

    half = client.post(address, {"kind": "suit", "body": "", "file-proof": pdf("stamp.pdf")})
    html = half.content.decode()
    assert half.status_code == 422
    assert "Name the court or authority." in html
    assert not SuitProof.objects.exists()

    client.post(address, {"kind": "suit", "body": "Guangzhou", "kept": kept(html)})

    proof = SuitProof.objects.get()
    assert (proof.file.name, proof.in_time, proof.filed_at) == ("stamp.pdf", True, NOON)
    assert CounterNotice.objects.get().state == "held"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_drawn_in_both_languages(client: Client, stage: Stage, language: str) -> None:
    case, counter = arrived(stage)
    client.cookies["django_language"] = language
    other = stage.upheld(stage.artefact("more"))
    for name, args in (
        ("answer", [stage.answer_link(case)]),
        ("answer-contest", [stage.answer_link(other)]),
        ("answer-withdraw", [stage.answer_link(case), counter.reference]),
        ("track", [stage.track_link(case)]),
        ("suit-proof", [stage.track_link(case), counter.reference]),
    ):
        page = client.get(reverse(name, args=args))
        assert page.status_code == 200, name
        assert page["Content-Language"] == language


def test_the_number_of_queries_does_not_grow_with_items(
    client: Client, stage: Stage, django_assert_max_num_queries: object
) -> None:
    few = stage.upheld(*(stage.artefact(f"a{n}") for n in range(2)))
    many = stage.upheld(*(stage.artefact(f"b{n}") for n in range(20)))
    for case in (few, many):
        stage.contest(case)
        token = stage.answer_link(case)
        with django_assert_max_num_queries(26):  # type: ignore[operator]
            text(client, token)
