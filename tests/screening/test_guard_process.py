"""The guard as production runs it: changes reach every worker, and without a database it closes."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from common.actors import Actor
from common.clock import now
from launch.postgres import APP, Cluster
from screening.models import PromptCheck, RuleSetVersion
from screening.services.rules import create_rule, end_rule
from tests.screening.asking import new_rule
from tests.screening.callers import GuardProcess, guard_process

ENO = Actor("staff", "eno")
WORKERS = 2
EFFECTIVE_SECONDS = 2.0


@pytest.fixture
def guard(committed_db: None, tmp_path: Path) -> Iterator[GuardProcess]:
    with guard_process(os.environ["DATABASE_URL"], tmp_path / "guard.log") as guard:
        yield guard


def every_worker_has(guard: GuardProcess, version: int) -> bool:
    return guard.workers(
        lambda answer: answer.json().get("rule_set_version") == version, WORKERS, EFFECTIVE_SECONDS
    )


def decisions(guard: GuardProcess, prompt: str) -> set[Any]:
    return {guard.check(prompt).json()["decision"] for _ in range(20)}


def test_a_rule_blocks_in_every_worker_and_stops_when_it_ends(guard: GuardProcess) -> None:
    assert every_worker_has(guard, RuleSetVersion.objects.get().version)
    assert decisions(guard, "draw Ultraman") == {"allow"}

    rule = create_rule(new_rule(), actor=ENO, at=now())
    assert every_worker_has(guard, rule.version)
    assert decisions(guard, "draw Ｕltraman") == decisions(guard, "畫奧特曼") == {"block"}
    assert decisions(guard, "Ultra manual") == {"allow"}

    ended = end_rule(rule.id, actor=ENO, at=now(), reason="case_restored")
    assert every_worker_has(guard, ended.version)
    assert decisions(guard, "draw Ultraman") == {"allow"}


def test_a_rule_expires_by_the_databases_clock(guard: GuardProcess, clock: Any) -> None:
    soon = now() + timedelta(hours=1)
    rule = create_rule(new_rule(expires_at=soon), actor=ENO, at=now())
    assert every_worker_has(guard, rule.version)
    assert decisions(guard, "Ultraman") == {"block"}
    clock.shift(timedelta(hours=2))
    end = time.monotonic() + 20
    while "block" in decisions(guard, "Ultraman"):
        assert time.monotonic() < end


def test_checks_are_put_on_record_and_a_confirmation_counts_once_for_all_workers(
    guard: GuardProcess,
) -> None:
    warning = create_rule(new_rule(mode="warn"), actor=ENO, at=now())
    assert every_worker_has(guard, warning.version)
    prompt = {"user": "u_paul", "surface": "web"}
    token = guard.check("draw Ultraman\0", **prompt).json()["confirmation"]["token"]
    told = [guard.check("draw Ultraman\0", **prompt, confirmation=token).json() for _ in range(6)]
    assert [one["decision"] for one in told] == ["allow"] + ["warn"] * 5
    assert {one["confirmation"]["refused"] for one in told[1:]} == {"used"}
    end = time.monotonic() + 10
    while PromptCheck.objects.filter(user_external_id="u_paul").count() < 7:
        assert time.monotonic() < end
        time.sleep(0.05)
    kept = PromptCheck.objects.filter(confirms__isnull=False).get()
    assert (kept.outcome, kept.mode, kept.prompt) == (
        "allow",
        "warn",
        {"prompt": "draw Ultraman\ufffd"},
    )
    assert guard.health().json()["record"]["lost"] == 0


def test_bad_requests_are_never_answered_with_a_decision(guard: GuardProcess) -> None:
    bad: list[Any] = [None, 7, [], ["Ultraman"], {}, "x" * 20_001]
    assert {guard.check(prompt).status_code for prompt in bad} == {422}
    assert guard.check("x", colour="red").status_code == 422


def test_a_guard_that_lost_its_database_closes_and_opens_again(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, settings={"fsync": "off"}, say=lambda _: None)
    with cluster:
        cluster.sql(
            "CREATE FUNCTION redress_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()';"
            "CREATE TABLE screening_rulesetversion (id int, version bigint);"
            "INSERT INTO screening_rulesetversion VALUES (1, 0);"
            "CREATE TABLE screening_promptrule (id uuid, version bigint, terms jsonb,"
            " allow_phrases jsonb, fields jsonb, territory text, mode text, reason_code text,"
            " case_reference text, user_message jsonb, appeal_url text, expires_at timestamptz,"
            " ended_at timestamptz);"
            f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {APP};",
            database="redress",
        )
        with guard_process(cluster.url(APP), tmp_path / "guard.log", workers=1, stale=2) as guard:
            assert guard.check("x").json()["decision"] == "allow"
            cluster.stop()
            assert (
                guard.check("x").status_code == 200
            )  # nothing was put on record, and nobody waited
            assert guard.until(503, patience=10)
            refused = guard.check("x")
            assert (refused.status_code, refused.json()["title"]) == (503, "Stale rules")
            cluster.start()
            assert guard.until(200, patience=10)


def test_a_guard_that_never_saw_its_database_refuses(tmp_path: Path) -> None:
    nowhere = f"postgresql://{APP}@/redress?host={tmp_path}"
    with guard_process(nowhere, tmp_path / "guard.log", workers=1) as guard:
        refused = guard.check("x")
        assert (refused.status_code, refused.json()["title"]) == (503, "No rules")
