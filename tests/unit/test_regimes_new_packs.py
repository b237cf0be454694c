"""What the packs of the 2013 Regulation, the E-commerce Law and the GPAI Code say, where it differs from the others."""

import tomllib
from collections.abc import Callable

import pytest

from regimes.check import check
from regimes.completeness import Status, examine
from regimes.loader import load
from regimes.pack import ForwardRule, Pack
from regimes.questions import clock, hold, waiting_clock
from regimes.shelf import SHIPPED, pack_ids
from regimes.vocabulary import CaseKind, ClockKind, PutBackMode, Show, Surface, Unit

REG, ECL, GPAI = "cn-reg-2013", "cn-ecommerce", "eu-gpai-complaint"


def who_is_told(pack: Pack, event: str) -> list[ForwardRule]:
    return [rule for rule in pack.forward_rules if rule.event == event]


def test_the_2013_regulation_restores_at_once_and_bars_a_second_notice() -> None:
    pack = load(REG)
    assert pack.put_back_mode is PutBackMode.RESTORE_IMMEDIATELY_BAR_RENOTICE
    assert pack.renotice_bar
    assert waiting_clock(pack) is None
    assert hold(pack, "suit_proof.filed") is None
    assert clock(pack, "cn.renotice_bar").kind is ClockKind.STANDING_RULE
    assert clock(pack, "cn.restore.reg2013").source[0].id == "reg-2013-17"


def test_the_2013_regulation_posts_a_notice_that_cannot_be_forwarded() -> None:
    posted = who_is_told(load(REG), "forwarding.failed")
    assert [rule.recipient for rule in posted] == ["public"]
    assert "redacted" in posted[0].content.en


def test_the_five_conditions_of_the_storage_harbour_are_there_with_their_source() -> None:
    conditions = {one.key: one for one in load(REG).exemption_conditions}
    assert set(conditions) == {"transmission", "storage", "search_and_link"}
    assert "no direct economic benefit" in conditions["storage"].text.en
    assert conditions["storage"].source[0].id == "reg-2013-22"


def test_the_e_commerce_law_waits_fifteen_days_that_nobody_may_change() -> None:
    pack = load(ECL)
    wait = waiting_clock(pack)
    assert wait is not None
    assert (wait.length, wait.unit, wait.kind) == (
        15,
        Unit.CALENDAR_DAYS,
        ClockKind.STATUTORY_NUMBER,
    )
    assert pack.wait is not None
    assert pack.wait.settings == ()


def test_the_e_commerce_law_publishes_results_with_personal_data_redacted() -> None:
    pack = load(ECL)
    told = who_is_told(pack, "case.closed")
    assert [(rule.recipient, rule.letter) for rule in told] == [("public", "publication")]
    assert {one.id for one in told[0].source} == {"ecl-44", "pipl-13-25"}
    shown = {one.item: one.show for one in pack.disclosures if one.side == "public"}
    assert shown == {"case_result": Show.MASKED, "parties": Show.HIDDEN}
    assert clock(pack, "cn.retention.ecommerce").length == 36


def test_a_complaint_about_training_is_another_kind_of_case() -> None:
    pack = load(GPAI)
    assert pack.case_kind is CaseKind.TRAINING_COMPLAINT
    assert pack.put_back_mode is PutBackMode.NONE
    assert pack.counter_elements == ()
    assert {one.key for one in pack.refusal_grounds} == {
        "manifestly_unfounded",
        "identical_already_answered",
    }
    others = {load(one).case_kind for one in pack_ids() if one != GPAI}
    assert others == {CaseKind.OUTPUT_NOTICE}


def test_an_imprecise_complaint_about_training_is_asked_for_what_is_missing() -> None:
    found = examine(load(GPAI), {"rightholder_name": "Nora Lin", "filed_by_agent": False})
    assert found.status is Status.INCOMPLETE
    asked = {one.element.key for one in found.to_ask}
    assert {"commitment_concerned", "model_concerned", "explanation"} <= asked
    assert "agent_authority" not in asked


def test_every_surface_of_a_territory_has_one_pack_for_output_by_proposal() -> None:
    for territory in ("CN", "EU", "US"):
        meant = [
            surface
            for one in map(load, pack_ids())
            for surface in one.applies_to.surfaces
            if one.case_kind is CaseKind.OUTPUT_NOTICE and territory in one.applies_to.territories
        ]
        assert len(meant) == len(set(meant))
        assert {Surface.GENERATION, Surface.STORAGE, Surface.LINK} <= set(meant)


@pytest.mark.parametrize(
    ("pack_id", "change", "complaint"),
    [
        (GPAI, lambda data: data.update(put_back_mode="reverse_on_merits"), "counter_elements"),
        (REG, lambda data: data.update(counter_elements=[]), "counter_elements"),
        (REG, lambda data: data.update(renotice_bar=False), "renotice_bar"),
        (REG, lambda data: data.update(put_back_mode="wait_then_end"), "needs a waiting period"),
        (ECL, lambda data: data.update(put_back_mode="reverse_on_merits"), "has no waiting"),
    ],
)
def test_a_way_back_that_contradicts_itself_is_refused(
    pack_id: str, change: Callable[[dict[str, object]], None], complaint: str
) -> None:
    data = tomllib.loads((SHIPPED / pack_id / "2026.1.toml").read_text(encoding="utf-8"))
    change(data)
    assert any(complaint in problem for problem in check(data))
