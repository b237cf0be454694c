"""The ladder at the desk: proposed and never preselected, tried before it is switched on, switched on by two."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from casework.forms_ladder import LadderForm
from common.errors import Conflict, Forbidden, RedressError
from evidence.models import LedgerEntry
from evidence.selectors import entries
from measures.ladder_policy import BUILT_IN
from measures.models import LadderPolicy, Measure, StandingEntry, UserVolume
from measures.services.policies import CHAIN, propose_policy, refuse_policy, simulate, switch_on
from measures.services.volume import count_things
from measures.standing_selectors import policy_in_force
from notices.models import Case, ClaimedItem
from notices.services.claims import claim
from platforms.client import PlatformClient
from platforms.contract import BlastRadius, PlatformError
from tests.conftest import Cast
from tests.counternotices.stage import DECIDED, Stage, platform
from tests.database import Clock

NOON = DECIDED + timedelta(days=1)
STRICT = replace(BUILT_IN, thresholds={"warn": 1, "restrict": 2, "suspend": 3, "terminate": 4})


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def stage(cast: Cast) -> Stage:
    made = Stage(cast.tara, cast.dan, cast.lea, cast.eno, cast.eve, platform(), None)  # type: ignore[arg-type]
    made.paul = made.user("paul")
    return made


def held(stage: Stage) -> Case:
    return claim(stage.filed().id, user=stage.tara, now=NOON)


def figures(**more: object) -> dict[str, object]:
    """The form as the page sends it when nothing was touched."""
    blank = LadderForm(BUILT_IN)
    sent = {name: blank.get_initial_for_field(blank.fields[name], name) for name in blank.fields}
    return {
        name: value
        for name, value in {**sent, **more}.items()
        if value is not None and value is not False
    }


def test_the_uphold_form_says_what_the_ladder_proposes_and_chooses_nothing(
    stage: Stage, client: Client
) -> None:
    stage.upheld()
    case = held(stage)
    client.force_login(stage.tara)
    page = client.get(reverse("desk-case", args=[case.reference])).content.decode()
    assert "the ladder proposes" in page
    assert "Marks that count now: 2, from 2 cases." in page
    assert f'href="{reverse("desk-user", args=[stage.paul.id])}"' in page
    options = page.split(f'name="uphold-sanction_{stage.paul.id}"')[1].split("</select>")[0]
    assert "No sanction" in options
    assert options.count("selected") == options.count('value="" selected')


def test_what_was_decided_about_intent_and_term_is_kept(stage: Stage, client: Client) -> None:
    case = held(stage)
    client.force_login(stage.tara)
    item = ClaimedItem.objects.get(notice__case=case)
    paul = stage.paul.id
    sent = {
        "uphold-items": [str(item.id)],
        "uphold-families": ["content_removal"],
        f"uphold-intent_{paul}": "inducement",
        f"uphold-sanction_{paul}": "warn",
        f"uphold-days_{paul}": "90",
        "uphold-reasons_en": "The same mask.",
        "uphold-reasons_zh": "面具相同。",
    }
    assert client.post(reverse("desk-uphold", args=[case.reference]), sent).status_code == 302
    entry = StandingEntry.objects.get(case=case)
    assert (entry.intent, entry.weight) == ("inducement", 2)
    assert Measure.objects.get(level="warn").expires_at == NOON + timedelta(days=90)


def test_the_page_of_a_user_draws_the_ladder(stage: Stage, client: Client) -> None:
    case = stage.upheld(sanction="warn")
    client.force_login(stage.lea)
    page = client.get(reverse("desk-user", args=[stage.paul.id])).content.decode()
    for words in ("Step 1 of 4 is in force.", case.reference, "Counts", "built in"):
        assert words in page


class Counting(PlatformClient):
    """A platform that says how much a sanction would touch, or nothing."""

    def __init__(self, outputs: int | None) -> None:
        self.outputs = outputs

    def preview(self, kind: str, target_type: str, target_id: str) -> BlastRadius:
        if self.outputs is None:
            raise PlatformError("outage", permanent=False)
        return BlastRadius(self.outputs, 3, 1, 0, 0, 0)


def test_how_much_a_user_has_is_asked_of_the_service(stage: Stage) -> None:
    assert count_things(stage.paul.id, Counting(None), NOON) is None
    assert count_things(stage.paul.id, Counting(40), NOON) == 43
    assert count_things(stage.paul.id, Counting(50), NOON) == 53
    assert UserVolume.objects.get().items == 53


def test_trying_a_ladder_counts_whom_it_would_have_touched_and_changes_nothing(
    stage: Stage, client: Client
) -> None:
    stage.upheld(stage.artefact("one"))
    stage.upheld(stage.artefact("two"))
    before = LedgerEntry.objects.count()
    client.force_login(stage.lea)
    strict = {f"threshold_{step}": n for step, n in STRICT.thresholds.items()}
    answer = client.post(reverse("desk-ladder-simulate"), figures(**strict))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 user had something upheld in that time." in page
    assert simulate(STRICT, 12, now=NOON).users == 1
    assert LedgerEntry.objects.count() == before
    assert not LadderPolicy.objects.exists()
    wrong = client.post(reverse("desk-ladder-simulate"), figures(threshold_warn=0))
    assert wrong.status_code == 422


def test_administrator_and_legal_switch_a_ladder_on_together(stage: Stage, cast: Cast) -> None:
    row = propose_policy(STRICT, 12, "Too mild.", user=cast.ada, now=NOON)
    with pytest.raises(Conflict, match="waits already"):
        propose_policy(STRICT, 12, "Again.", user=cast.lea, now=NOON)
    with pytest.raises(Forbidden):
        switch_on(row.id, user=cast.ada, now=NOON)
    with pytest.raises(Forbidden):
        switch_on(row.id, user=cast.dan, now=NOON)
    assert policy_in_force() == (0, BUILT_IN)
    switch_on(row.id, user=cast.lea, now=NOON)
    assert policy_in_force() == (1, STRICT)
    milder = propose_policy(BUILT_IN, 1, "Too hard.", user=cast.lea, now=NOON)
    switch_on(milder.id, user=cast.ada, now=NOON)
    assert policy_in_force() == (2, BUILT_IN)
    assert [one.state for one in LadderPolicy.objects.order_by("version")] == ["ended", "in_force"]
    told = list(entries(CHAIN))
    assert [one.event for one in told].count("ladder.switched_on") == 2
    assert told[0].facts["figures"]["thresholds"] == STRICT.thresholds


def test_a_ladder_that_is_refused_never_was(stage: Stage, cast: Cast) -> None:
    row = propose_policy(STRICT, 12, "Too mild.", user=cast.ada, now=NOON)
    refuse_policy(row.id, user=cast.ada, now=NOON)
    assert policy_in_force()[0] == 0
    with pytest.raises(Conflict):
        switch_on(row.id, user=cast.lea, now=NOON)
    bad = replace(STRICT, thresholds={**STRICT.thresholds, "warn": 9})
    with pytest.raises(RedressError, match="no ladder"):
        propose_policy(bad, 12, "Odd.", user=cast.lea, now=NOON)


def test_the_database_lets_nobody_switch_on_their_own(stage: Stage, cast: Cast) -> None:
    row = propose_policy(STRICT, 12, "Too mild.", user=cast.ada, now=NOON)
    own = {"state": "in_force", "decided_by": cast.ada, "decided_at": NOON}
    with pytest.raises(IntegrityError, match="nobody_switches"), transaction.atomic():
        LadderPolicy.objects.filter(id=row.id).update(**own)


def test_entries_keep_what_they_weigh_when_the_ladder_changes(stage: Stage, cast: Cast) -> None:
    stage.upheld(stage.artefact("one"))
    heavy = replace(BUILT_IN, weights={**BUILT_IN.weights, "output": 5})
    row = propose_policy(heavy, 12, "Heavier.", user=cast.ada, now=NOON)
    switch_on(row.id, user=cast.lea, now=NOON)
    stage.upheld(stage.artefact("two"))
    assert list(StandingEntry.objects.values_list("weight", "policy_version")) in (
        [(1, 0), (5, 1)],
        [(5, 1), (1, 0)],
    )


def test_the_page_puts_a_ladder_forward_and_the_other_agrees(
    stage: Stage, cast: Cast, client: Client
) -> None:
    client.force_login(cast.ada)
    assert client.get(reverse("desk-ladder")).status_code == 200
    send = reverse("desk-ladder-propose")
    assert client.post(send, figures()).status_code == 422
    assert client.post(send, figures(reasons="Too mild.", threshold_warn=2)).status_code == 302
    row = LadderPolicy.objects.get()
    assert row.figures["thresholds"]["warn"] == 2
    own = client.get(reverse("desk-ladder")).content.decode()
    assert "Agree and switch it on" not in own
    client.force_login(cast.lea)
    assert "Agree and switch it on" in client.get(reverse("desk-ladder")).content.decode()
    client.post(reverse("desk-ladder-agree", args=[row.id]))
    assert policy_in_force()[0] == 1
    client.force_login(cast.dan)
    read = client.get(reverse("desk-ladder")).content.decode()
    assert "In force: version 1" in read
    assert "Put it forward" not in read
