"""Whatever happens to the cases behind a block: its rule lives exactly as long as it does, and says what it says."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from common.actors import SETUP
from common.errors import RedressError
from measures.models import Measure, MeasureFreeze, MeasureGround
from measures.services import approve, end_grounds, impose
from measures.services.freezing import freeze, thaw
from measures.services.lifecycle import is_frozen
from measures.services.orders import Order
from measures.services.sweep import sweep
from notices.services.lifecycle import Step
from screening.models import PromptRule
from screening.selectors import live_rules
from tests.measures.conftest import NOW, Stage
from tests.properties import tried

NAMES = {"narrow": "Fox Spirit", "wide": "light"}
PACKS = ("cn-civil-code", "eu-dsa-platform")
TERM = timedelta(days=5)
REASONS = ("restored", "withdrawn", "court")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["join", "longer", "freeze", "thaw", "approve", "sweep", "later", *REASONS]
        ),
        st.integers(0, 7),
    ),
    min_size=3,
    max_size=12,
)


@tried(10)
@given(kind=st.sampled_from(sorted(NAMES)), expires=st.booleans(), steps=STEPS)
def test_a_rule_lives_while_and_only_while_something_stands_behind_it(
    stage: Stage, kind: str, expires: bool, steps: list[tuple[str, int]]
) -> None:
    point = transaction.savepoint()
    try:
        walk = Walk(stage, NAMES[kind], NOW + TERM if expires else None)
        walk.join()
        for name, which in steps:
            walk.take(name, which)
            walk.check()
    finally:
        transaction.savepoint_rollback(point)


class Walk:
    """One block of one name, with as many cases, regimes and courts behind it as come."""

    def __init__(self, stage: Stage, name: str, expires_at: datetime | None) -> None:
        self.stage, self.at = stage, NOW
        terms = {"terms": [{"text": name, "language": "en"}]}
        self.order = Order("prompt_block", parameters=terms, expires_at=expires_at)

    def take(self, name: str, which: int) -> None:
        """One thing that may happen."""
        if name in {"join", "longer", "freeze", "thaw"}:
            getattr(self, name)(*([which] if name != "join" else []))
        elif name == "later":
            self.at += timedelta(days=which)
        elif name == "sweep":
            sweep(self.at)
        elif name == "approve":
            self.approve()
        else:
            self.release(name, which)

    def join(self) -> None:
        self.impose(self.order)

    def longer(self, which: int) -> None:
        """The same block for another term; with 0, for good."""
        until = self.at + which * TERM if which else None
        self.impose(replace(self.order, expires_at=until))

    @transaction.atomic
    def impose(self, order: Order) -> None:
        if order.expires_at is None or order.expires_at > self.at:
            case = self.stage.case(*PACKS)
            impose(case, list(case.regimes.all()), [order], user=self.stage.tara, now=self.at)

    def freeze(self, which: int) -> None:
        """A court forbids to lift what there is; what only waits cannot be held."""
        for ground in MeasureGround.objects.filter(measure__state="in_force")[:1]:
            freeze(ground.case_id, [ground.measure_id], uuid.uuid4(), Step(SETUP, self.at))

    def thaw(self, which: int) -> None:
        held: Sequence[MeasureFreeze] = list(MeasureFreeze.objects.filter(ended_at=None))
        if held:
            one = held[which % len(held)]
            thaw(one.case_id, one.cause, Step(SETUP, self.at))

    def approve(self) -> None:
        for measure in Measure.objects.filter(state="proposed"):
            try:
                with transaction.atomic():
                    approve(measure.id, user=self.stage.dan, now=self.at)
            except RedressError:
                assert measure.expires_at is not None, "only a term that is over may refuse"
                assert measure.expires_at <= self.at

    def release(self, reason: str, which: int) -> None:
        grounds: Sequence[MeasureGround] = list(MeasureGround.objects.filter(ended_at=None))
        if grounds:
            ground = grounds[which % len(grounds)]
            end_grounds(ground.case_regime, reason, Step(SETUP, self.at))

    def check(self) -> None:
        """Rule, measure and grounds tell the same story."""
        for measure in Measure.objects.all():
            rule = PromptRule.objects.get(id=measure.rule_id)
            frozen = is_frozen(measure)
            standing = measure.grounds.filter(ended_at=None).exists() or frozen
            waiting = measure.state == "proposed"
            assert (rule.ended_at is None) == standing
            assert standing == (measure.state in {"in_force", "proposed"})
            assert (rule.mode == "shadow") == (
                waiting or (measure.approved_at is None and measure.approval_required)
            )
            if standing:
                self.check_end(measure, rule, frozen)
                self.check_case(measure, rule)
        assert PromptRule.objects.filter(ended_at=None).count() <= 1

    def check_end(self, measure: Measure, rule: PromptRule, frozen: bool) -> None:
        """The rule ends with the measure: at no moment sooner, and later only until the sweep has passed."""
        over = measure.expires_at is not None and measure.expires_at <= self.at
        if frozen or not over:
            assert rule.expires_at == (None if frozen else measure.expires_at)
            assert live_rules(self.at).get() == rule
        else:
            assert rule.expires_at in {measure.expires_at, None}

    def check_case(self, measure: Measure, rule: PromptRule) -> None:
        """The rule names a case that stands behind it, unless a court alone keeps it."""
        behind = set(measure.grounds.filter(ended_at=None).values_list("case_id", flat=True))
        over = measure.expires_at is not None and measure.expires_at <= self.at
        if behind and (not over or is_frozen(measure)):
            assert rule.case_id in behind
