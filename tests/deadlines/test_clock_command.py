"""`manage.py clock`: a date, or a stream of them, on a machine where nothing is configured."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-W", "error", "manage.py", "clock"]
VECTORS = [
    ("prc-working-days", "2026-09-18", 20, "2026-10-22"),
    ("prc-working-days", "2026-02-10", 20, "2026-03-16"),
    ("prc-working-days", "2025-09-26", 20, "2025-10-30"),
    ("prc-working-days", "2026-04-28", 20, "2026-05-28"),
    ("prc-working-days", "2026-06-01", 20, "2026-06-30"),
    ("prc-calendar-days-rolled", "2026-09-16", 15, "2026-10-08"),
    ("prc-calendar-days-rolled", "2026-02-03", 15, "2026-02-24"),
    ("prc-calendar-days-rolled", "2025-09-13", 15, "2025-09-28"),
    ("us-business-days", "2026-11-16", 10, "2026-12-01"),
    ("us-business-days", "2026-11-16", 14, "2026-12-07"),
    ("us-business-days", "2026-12-18", 10, "2027-01-05"),
    ("us-business-days", "2026-12-18", 14, "2027-01-11"),
    ("us-business-days", "2026-06-15", 10, "2026-06-30"),
    ("us-business-days", "2026-06-15", 14, "2026-07-07"),
    ("us-business-days", "2021-12-30", 1, "2022-01-03"),  # New Year of 2022 observed on 31 December
    ("eu-1182-71-months", "2026-08-31", 6, "2027-03-01"),
    ("eu-1182-71-months", "2026-11-23", 6, "2027-05-24"),
    ("eu-1182-71-days", "2026-09-04", 2, "2026-09-08"),
]


def run(*words: str, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *words], cwd=ROOT, env={}, input=told, capture_output=True, timeout=60
    )


def ask(*lines: str | bytes, language: str = "en") -> tuple[int, list[dict[str, object]]]:
    told = b"".join((one if isinstance(one, bytes) else one.encode()) + b"\n" for one in lines)
    done = run("--batch", "--language", language, told=told)
    assert done.stderr == b""
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def line(calendar: object, start: object, length: object) -> str:
    return json.dumps({"calendar": calendar, "start": start, "length": length})


def test_every_vector_of_the_law_is_answered_in_order_without_settings_or_database() -> None:
    status, told = ask(*(line(*vector[:3]) for vector in VECTORS))
    assert status == 0
    assert [answer["due"] for answer in told] == [vector[3] for vector in VECTORS]
    assert {answer["provisional"] for answer in told} == {False}


def test_the_explanation_names_each_day_skipped_and_each_make_up_day() -> None:
    _status, [told] = ask(line(*VECTORS[0][:3]))
    why = str(told["explanation"]).splitlines()
    assert (
        "Sun 20 Sep 2026 counted although on a weekend: make-up working day for National Day."
        in why
    )
    assert "Fri 25 Sep to Sun 27 Sep 2026 (3 days) not counted: Mid-Autumn Festival." in why
    assert "Thu 1 Oct to Wed 7 Oct 2026 (7 days) not counted: National Day." in why
    assert any("国办发明电〔2025〕7号" in sentence for sentence in why)


def test_the_explanation_speaks_chinese_when_asked_to() -> None:
    _status, [told] = ask(line(*VECTORS[5][:3]), language="zh-Hans")
    why = str(told["explanation"])
    assert (
        "2026年10月1日（星期四）为休息日（国庆节），以休息日结束的次日2026年10月8日（星期四）为期间的最后一日"
        in why
    )
    assert "《民法典》第二百零三条第一款" in why


def test_a_date_beyond_the_last_notice_is_provisional() -> None:
    _status, told = ask(
        line("prc-working-days", "2026-12-18", 20), line("eu-1182-71-months", "2026-12-18", 24)
    )
    assert [answer["provisional"] for answer in told] == [True, True]


BAD = [
    ("", "JSON"),
    ("nonsense", "JSON"),
    (b"\xff\xfe\xff", "JSON"),
    ("[" * 100_000, "JSON"),
    ("[]", "one JSON object"),
    ("{}", '"calendar", "start", "length" missing'),
    (line("mars", "2026-09-18", 20), "prc-working-days, prc-calendar-days-rolled"),
    (line(["cn"], "2026-09-18", 20), '"calendar" must be one of'),
    (line("prc-working-days", "18.9.2026", 20), "YYYY-MM-DD"),
    (line("prc-working-days", "2026-W38-5", 20), "YYYY-MM-DD"),
    (line("prc-working-days", 20260918, 20), "YYYY-MM-DD"),
    (line("prc-working-days", "2026-02-29", 20), "there is no 2026-02-29"),
    (line("prc-working-days", "9999-12-30", 20), "starts before 9000-01-01"),
    (line("prc-working-days", "2026-09-18", "20"), "whole number"),
    (line("prc-working-days", "2026-09-18", True), "whole number"),
    (line("prc-working-days", "2026-09-18", 2.5), "whole number"),
    (line("prc-working-days", "2026-09-18", 0), "from 1 to 36600 days"),
    (line("eu-1182-71-months", "2026-09-18", 10**9), "from 1 to 1200 months"),
]


def test_a_bad_line_is_answered_in_its_place_and_the_rest_go_on() -> None:
    good = line(*VECTORS[0][:3])
    status, told = ask(good, *(text for text, _complaint in BAD), good)
    assert status == 1
    assert told[0]["due"] == told[-1]["due"] == "2026-10-22"
    for (text, complaint), answer in zip(BAD, told[1:-1], strict=True):
        assert list(answer) == ["error"], text
        assert complaint in str(answer["error"])


def test_a_line_is_answered_while_the_pipe_stays_open() -> None:
    with subprocess.Popen(
        [*COMMAND, "--batch"], cwd=ROOT, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as clock:
        assert clock.stdin is not None
        assert clock.stdout is not None
        for calendar, start, length, due in VECTORS[:3]:
            clock.stdin.write(line(calendar, start, length).encode() + b"\n")
            clock.stdin.flush()
            assert json.loads(clock.stdout.readline())["due"] == due
        clock.stdin.close()
    assert clock.returncode == 0


def test_nobody_listening_is_no_fault_to_shout_about() -> None:
    command = f"yes '{line(*VECTORS[0][:3])}' | {' '.join(COMMAND)} --batch | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, timeout=60)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_one_date_is_told_in_words() -> None:
    done = run("--calendar", "prc-working-days", "--start", "2026-09-18", "--length", "20")
    assert (done.returncode, done.stderr) == (0, b"")
    first, *why = done.stdout.decode().splitlines()
    assert first == "2026-10-22"
    assert why[0] == "Period: 20 working days."


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ((), "or --batch"),
        (("--calendar", "us-business-days"), "or --batch"),
        (("--batch", "--length", "3"), "give it alone"),
        (("--calendar", "eu-1182-71-days", "--start", "tomorrow", "--length", "3"), "YYYY-MM-DD"),
        (("--calendar", "eu", "--start", "2026-01-01", "--length", "3"), "invalid choice"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_mend(
    words: tuple[str, ...], complaint: str
) -> None:
    done = run(*words)
    assert done.returncode in {1, 2}
    assert complaint in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
