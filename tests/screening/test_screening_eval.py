"""`manage.py screening_eval`: without settings, without a database, line by line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from screening.evaluation import BadLine, answers, read_rules

ROOT = Path(__file__).parent.parent.parent
RULES = [
    {"id": "ultra", "terms": ["Ultraman", "奥特曼"], "allow": ["ultraman museum"]},
    {"id": 7, "terms": ["Fox Spirit"], "mode": "warn"},
    {"id": "quiet", "terms": ["hare"], "allow": [], "mode": "shadow"},
]


def lines(*objects: Any) -> bytes:
    return b"".join(json.dumps(o, ensure_ascii=False).encode() + b"\n" for o in objects)


def run(folder: Path, rules: bytes, prompts: bytes) -> subprocess.CompletedProcess[bytes]:
    (folder / "rules.jsonl").write_bytes(rules)
    (folder / "prompts.jsonl").write_bytes(prompts)
    files = ["--rules", str(folder / "rules.jsonl"), "--prompts", str(folder / "prompts.jsonl")]
    command = [sys.executable, "manage.py", "screening_eval", *files]
    return subprocess.run(command, cwd=ROOT, env={}, capture_output=True, check=False, timeout=120)


def test_every_prompt_gets_one_line_in_order_with_spans_in_code_points(tmp_path: Path) -> None:
    prompts = [
        {"id": "a", "prompt": "😀 U l t r a m a n and Ultr4man"},
        {"id": "b", "prompt": "Ultra manual"},
        {"id": "c", "prompt": "a fox-spirit and a hare"},
        {"id": 4, "prompt": "one hare"},
        {"id": "狐", "prompt": "the Ultraman Museum"},
    ]
    done = run(tmp_path, lines(*RULES), lines(*prompts))
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "a", "decision": "block", "rule": "ultra", "spans": [[2, 17], [22, 30]]},
        {"id": "b", "decision": "allow", "rule": None, "spans": []},
        {"id": "c", "decision": "warn", "rule": 7, "spans": [[2, 12]]},
        {"id": 4, "decision": "allow", "rule": "quiet", "spans": [[4, 8]]},
        {"id": "狐", "decision": "allow", "rule": None, "spans": []},
    ]


def test_a_bad_line_ends_the_run_with_its_number_after_what_came_before(tmp_path: Path) -> None:
    done = run(tmp_path, lines(*RULES), lines({"id": 1, "prompt": "hare"}) + b"\n{oops\n")
    assert done.returncode == 2
    assert b"prompts.jsonl, line 3: this is not JSON" in done.stderr
    assert b"Traceback" not in done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"[]", "a JSON object is needed"),
        (b'{"id": "x"}', "`terms` must hold at least one term"),
        (b'{"id": "x", "terms": "Ultraman"}', "`terms` must be a list of strings"),
        (b'{"id": "x", "terms": ["ok", 5]}', "`terms` must be a list of strings"),
        (b'{"id": "x", "terms": ["!?"]}', '"!?" in `terms` has no letter or digit'),
        (b'{"id": "x", "terms": ["a"], "allow": null}', "`allow` must be a list of strings"),
        (b'{"id": "x", "terms": ["a"], "mode": ["block"]}', "`mode` must be"),
        (b'{"id": "x", "terms": ["a"], "mode": "stop"}', "`mode` must be block, warn or shadow"),
        (b'{"id": true, "terms": ["a"]}', "`id` must be a string or a whole number"),
        (b'{"terms": ["a"]}', "`id` must be a string or a whole number"),
        (b"\xff\xfe", "this is not JSON in UTF-8"),
    ],
)
def test_a_bad_rule_is_a_sentence_with_file_and_line(line: bytes, sentence: str) -> None:
    with pytest.raises(BadLine, match=r"^rules, line 2: ") as raised:
        read_rules([b'{"id": "good", "terms": ["good"]}', line], "rules")
    assert sentence in str(raised.value)


@pytest.mark.parametrize("prompt", [b"{}", b'{"id": 1}', b'{"id": 1, "prompt": ["x"]}'])
def test_a_prompt_that_is_no_string_is_never_waved_through(prompt: bytes) -> None:
    trial = read_rules([], "rules")
    with pytest.raises(BadLine, match="prompts, line 1: `prompt` must be a string"):
        list(answers(trial, [prompt], "prompts"))


def test_a_missing_file_is_a_sentence_and_status_2(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "manage.py",
        "screening_eval",
        "--rules",
        "nowhere",
        "--prompts",
        "-",
    ]
    done = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, check=False, timeout=120)
    assert done.returncode == 2
    assert b"nowhere" in done.stderr
    assert b"Traceback" not in done.stderr


def test_answers_come_while_prompts_are_still_being_asked() -> None:
    trial = read_rules([lines(RULES[0])], "rules")
    asked = iter([b'{"id": 1, "prompt": "Ultraman"}', b"not JSON"])
    assert next(answers(trial, asked, "prompts"))["decision"] == "block"
    assert next(asked) == b"not JSON"
