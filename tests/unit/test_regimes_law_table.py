"""Every row of the law's tables (elements, deadlines, who is told) is in the pack it belongs to, and says the same.

The table is written here a second time on purpose: a pack that loses a row or changes a figure contradicts it.
"""

from dataclasses import dataclass

import pytest

from regimes.loader import load
from regimes.pack import Clock, Pack
from regimes.questions import clock
from regimes.vocabulary import Bound, ClockKind, Need, Unit

CC, REG, ECL = "cn-civil-code", "cn-reg-2013", "cn-ecommerce"
US, HOST, PLATFORM, GPAI = "us-dmca-512", "eu-dsa-hosting", "eu-dsa-platform", "eu-gpai-complaint"
PRC, DSA = (CC, REG, ECL), (HOST, PLATFORM)
SOFT, NUMBER, HOUSE = ClockKind.SOFT_STANDARD, ClockKind.STATUTORY_NUMBER, ClockKind.HOUSE_SLA
RELATIVE, RULE = ClockKind.STATUTORY_RELATIVE, ClockKind.STANDING_RULE
NONE = (0, Unit.NONE)


@dataclass(frozen=True)
class Row:
    """One line of the table of deadlines."""

    key: str
    packs: tuple[str, ...]
    owes: str
    kind: ClockKind
    figure: tuple[int, Unit]
    sources: frozenset[str]
    bound: Bound = Bound.NO_LATER_THAN


def row(
    key: str,
    packs: tuple[str, ...],
    owes: str,
    kind: ClockKind,
    sources: str,
    figure: tuple[int, Unit] = NONE,
    bound: Bound = Bound.NO_LATER_THAN,
) -> Row:
    return Row(key, packs, owes, kind, figure, frozenset(sources.split()), bound)


MONTHS_6, MONTHS_36 = (6, Unit.MONTHS), (36, Unit.MONTHS)
AT_LEAST = Bound.AT_LEAST
ROWS = (
    # PRC (1.7)
    row("cn.forward_notice", (CC,), "provider", SOFT, "cc-1195-2 fashi-2020-9-2 spc-net-14"),
    row("cn.forward_notice", (REG,), "provider", SOFT, "reg-2013-15"),
    row("cn.forward_notice", (ECL,), "provider", SOFT, "ecl-42-2"),
    row("cn.take_measures", (CC,), "provider", SOFT, "cc-1195-2 spc-net-13 spc-net-14"),
    row("cn.take_measures", (ECL,), "provider", SOFT, "ecl-42-2 spc-net-13 spc-net-14"),
    row("cn.take_measures.reg2013", (REG,), "provider", SOFT, "reg-2013-15"),
    row("cn.public_post_if_unreachable", (REG,), "provider", SOFT, "reg-2013-15"),
    row("cn.forward_statement", (CC,), "provider", SOFT, "cc-1196-2"),
    row("cn.forward_statement", (REG,), "provider", SOFT, "reg-2013-17"),
    row("cn.forward_statement", (ECL,), "provider", SOFT, "ecl-43-2"),
    row(
        "cn.await_action.general",
        (CC,),
        "filer",
        HOUSE,
        "cc-1196-2 fashi-2020-9-3",
        figure=(15, Unit.CALENDAR_DAYS),
    ),
    row(
        "cn.await_action.ecommerce",
        (ECL,),
        "filer",
        NUMBER,
        "ecl-43-2",
        figure=(15, Unit.CALENDAR_DAYS),
    ),
    row("cn.end_measures", (CC,), "provider", SOFT, "cc-1196-2 fashi-2020-9-3"),
    row("cn.end_measures", (ECL,), "provider", SOFT, "ecl-43-2"),
    row("cn.restore.reg2013", (REG,), "provider", SOFT, "reg-2013-17"),
    row("cn.renotice_bar", (REG,), "filer", RULE, "reg-2013-17"),
    row(
        "cn.court_hold",
        PRC,
        "provider",
        ClockKind.COURT_DRIVEN,
        "fashi-2020-9-1 cpl-103-104",
    ),
    row("cn.court_urgent_ruling", PRC, "court", NUMBER, "cpl-103-104", figure=(48, Unit.HOURS)),
    row(
        "cn.sue_after_presuit",
        PRC,
        "filer",
        NUMBER,
        "cpl-103-104 preservation-16",
        figure=(30, Unit.CALENDAR_DAYS),
    ),
    row("cn.complaint_feedback", PRC, "provider", SOFT, "interim-15 algorithm-22"),
    row("cn.report_authority", PRC, "provider", SOFT, "interim-14 csl-49"),
    row(
        "cn.log_retention.network",
        PRC,
        "provider",
        NUMBER,
        "csl-23-3",
        figure=MONTHS_6,
        bound=AT_LEAST,
    ),
    row(
        "cn.log_retention.unlabelled_delivery",
        PRC,
        "provider",
        NUMBER,
        "labelling-9",
        figure=MONTHS_6,
        bound=AT_LEAST,
    ),
    row(
        "cn.retention.ecommerce",
        (ECL,),
        "provider",
        NUMBER,
        "ecl-31",
        figure=MONTHS_36,
        bound=AT_LEAST,
    ),
    row("cn.damages_limitation", PRC, "filer", NUMBER, "cc-188", figure=MONTHS_36),
    # US (2.4)
    row("us.remove", (US,), "provider", SOFT, "512-c-1-c"),
    row("us.cure_contact", (US,), "provider", SOFT, "512-c-3-b-ii"),
    row("us.notify_subscriber", (US,), "provider", SOFT, "512-g-2-a"),
    row("us.forward_counter", (US,), "provider", SOFT, "512-g-2-b"),
    row(
        "us.putback_not_before",
        (US,),
        "provider",
        NUMBER,
        "512-g-2-c",
        figure=(10, Unit.WORKING_DAYS),
        bound=Bound.NOT_BEFORE,
    ),
    row(
        "us.putback_not_after",
        (US,),
        "provider",
        NUMBER,
        "512-g-2-c",
        figure=(14, Unit.WORKING_DAYS),
    ),
    row("us.action_notice", (US,), "filer", RELATIVE, "512-g-2-c 1507-d"),
    row("us.agent_renewal", (US,), "provider", NUMBER, "37-cfr-201-38", figure=MONTHS_36),
    # EU (3.5)
    row("eu.ack", DSA, "provider", SOFT, "dsa-16-4"),
    row("eu.decide", DSA, "provider", SOFT, "dsa-16-6 dsa-6"),
    row("eu.notify_notifier", DSA, "provider", SOFT, "dsa-16-5"),
    row("eu.sor", DSA, "provider", RELATIVE, "dsa-17-2"),
    row("eu.sor_database", (PLATFORM,), "provider", SOFT, "dsa-24-5"),
    row(
        "eu.complaint_window",
        (PLATFORM,),
        "provider",
        NUMBER,
        "dsa-20-1 dsa-20-2",
        figure=MONTHS_6,
        bound=AT_LEAST,
    ),
    row("eu.complaint_answer", (PLATFORM,), "provider", SOFT, "dsa-20-4-5"),
    row("eu.reverse", (PLATFORM,), "provider", SOFT, "dsa-20-4-5"),
    row(
        "eu.ods_decision",
        (PLATFORM,),
        "ods_body",
        NUMBER,
        "dsa-21-4",
        figure=(90, Unit.CALENDAR_DAYS),
    ),
    row("eu.trusted_flagger", (PLATFORM,), "provider", SOFT, "dsa-22-1"),
    row("eu.misuse_warning", (PLATFORM,), "provider", SOFT, "dsa-23-1 dsa-23-2"),
    row(
        "eu.transparency_report",
        DSA,
        "provider",
        NUMBER,
        "dsa-15 reg-2024-2835",
        figure=(2, Unit.MONTHS),
    ),
    row(
        "eu.report_retention",
        DSA,
        "provider",
        NUMBER,
        "reg-2024-2835",
        figure=(60, Unit.MONTHS),
        bound=AT_LEAST,
    ),
    row("eu.mau_publication", (PLATFORM,), "provider", NUMBER, "dsa-24-2", figure=MONTHS_6),
    row("eu.dsm17_complaint", (PLATFORM,), "provider", SOFT, "dsm-17-7-9"),
    row("eu.gpai_complaint", (GPAI,), "provider", SOFT, "gpai-1-5"),
    row("eu.art50_legacy", DSA, "provider", ClockKind.STATUTORY_DATE, "reg-2026-1744"),
)
PAIRS = [(pack_id, one) for one in ROWS for pack_id in one.packs]
REQUIRED, OPTIONAL, IF = Need.REQUIRED, Need.OPTIONAL, Need.REQUIRED_IF
PRC_NOTICE = {
    "rightholder_name": REQUIRED,
    "rightholder_contact": REQUIRED,
    "rightholder_address": REQUIRED,
    "rightholder_identity_proof": REQUIRED,
    "agent_authority": IF,
    "right_proof": REQUIRED,
    "work_title": REQUIRED,
    "target_location": REQUIRED,
    "requested_measures": REQUIRED,
    "prelim_evidence": REQUIRED,
    "truth_statement": REQUIRED,
    "effective_decision": OPTIONAL,
}
US_NOTICE = dict.fromkeys(
    [
        "signature",
        "work_identification",
        "material_identification_location",
        "contact",
        "good_faith_statement",
        "accuracy_and_authority_statement",
    ],
    REQUIRED,
)
EU_NOTICE = {
    **dict.fromkeys(
        ["explanation", "exact_location", "name_email", "bona_fide_statement"], REQUIRED
    ),
    "rights_basis": OPTIONAL,
}
PRC_COUNTER = set(
    [
        "user_name",
        "user_contact",
        "user_address",
        "user_identity_proof",
        "item_title",
        "item_location",
        "prelim_evidence_noninfringement",
        "truth_statement",
    ]
)
US_COUNTER = set(
    [
        "signature",
        "removed_material_and_prior_location",
        "perjury_mistake_statement",
        "name_address_phone",
        "jurisdiction_consent",
        "service_of_process_consent",
    ]
)
EU_COUNTER = {"decision_ref", "grounds", "complainant_contact", "complainant_role"}
TOLD = {
    CC: {"notice.accepted respondent", "counter_notice.accepted filer", "notice.declined filer"},
    REG: {
        "notice.accepted respondent",
        "forwarding.failed public",
        "counter_notice.accepted filer",
    },
    ECL: {"notice.accepted respondent", "counter_notice.accepted filer", "case.closed public"},
    US: {"measure.applied respondent", "counter_notice.accepted filer"},
    HOST: {"notice.filed filer", "measure.applied respondent", "notice.declined filer"},
    PLATFORM: {
        "notice.filed filer",
        "measure.applied respondent",
        "counter_notice.rejected respondent",
    },
    GPAI: {"notice.accepted filer", "notice.declined filer"},
}


def says(one: Clock) -> tuple[str, ClockKind, tuple[int, Unit], Bound]:
    return one.owes, one.kind, (one.length, one.unit), one.bound


@pytest.mark.parametrize(("pack_id", "wanted"), PAIRS, ids=lambda one: getattr(one, "key", one))
def test_a_row_of_the_table_of_deadlines_is_in_its_pack(pack_id: str, wanted: Row) -> None:
    one = clock(load(pack_id), wanted.key)
    assert says(one) == (wanted.owes, wanted.kind, wanted.figure, wanted.bound)
    assert wanted.sources <= {source.id for source in one.source}
    assert one.consequence.en
    assert one.kind not in {SOFT, RULE, RELATIVE, ClockKind.COURT_DRIVEN} or one.standard


def test_no_pack_has_a_rule_of_law_that_the_table_does_not_know() -> None:
    known = {(pack_id, one.key) for pack_id, one in PAIRS}
    ours = {
        (CC, "cn.reasonable_period"),
        (ECL, "cn.publish_results"),
        (HOST, "eu.complaint_answer"),
    }
    for pack_id in TOLD:
        laws = {(pack_id, one.key) for one in load(pack_id).clocks if ".house." not in one.key}
        assert laws - known <= ours


def test_the_caps_are_the_laws() -> None:
    caps = {one.key: one.cap for one in (*load(CC).clocks, *load(PLATFORM).clocks) if one.cap}
    assert {key: (cap.length, cap.unit) for key, cap in caps.items()} == {
        "cn.await_action.general": (20, Unit.WORKING_DAYS),
        "eu.ods_decision": (180, Unit.CALENDAR_DAYS),
    }
    assert clock(load(HOST), "eu.art50_legacy").on_date == "2026-12-02"


@pytest.mark.parametrize(
    ("pack_id", "notice", "counter"),
    [
        *[(one, PRC_NOTICE, PRC_COUNTER) for one in PRC],
        (US, US_NOTICE, US_COUNTER),
        *[(one, EU_NOTICE, EU_COUNTER) for one in DSA],
    ],
)
def test_the_elements_are_the_laws(
    pack_id: str, notice: dict[str, Need], counter: set[str]
) -> None:
    pack: Pack = load(pack_id)
    assert notice.items() <= {one.key: one.need for one in pack.notice_elements}.items()
    assert {one.key for one in pack.notice_elements if one.need is REQUIRED} == {
        key for key, need in notice.items() if need is REQUIRED
    }
    assert {one.key for one in pack.counter_elements if one.need is REQUIRED} == counter


@pytest.mark.parametrize("pack_id", TOLD)
def test_whoever_has_to_be_told_is_told(pack_id: str) -> None:
    told = {f"{rule.event} {rule.recipient}" for rule in load(pack_id).forward_rules}
    assert TOLD[pack_id] <= told
    if pack_id in PRC:
        assert {"sanction.applied authority", "notice.filed filer", "measure.applied filer"} <= told
