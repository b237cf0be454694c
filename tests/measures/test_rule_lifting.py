"""Whatever happens to the cases behind a block: its rule lives exactly as long as one of them stands behind it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from common.actors import SETUP
from common.errors import RedressError
from measures.models import Measure, MeasureGround
from measures.services import approve, end_grounds
from measures.services.orders import Order
from measures.services.sweep import sweep
from notices.models import Case
from notices.services.lifecycle import Step
from screening.models import PromptRule
from screening.selectors import live_rules
from tests.measures.conftest import NOW, Stage
from tests.properties import tried

NAMES = {"narrow": "Fox Spirit", "wide": "light"}
PACKS = ("cn-civil-code", "eu-dsa-platform")
TERM = timedelta(days=5)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "restored", "withdrawn", "court", "approve", "sweep", "later"]),
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
    """One block of one name, with as many cases and regimes behind it as come."""

    def __init__(self, stage: Stage, name: str, expires_at: datetime | None) -> None:
        self.stage, self.at = stage, NOW
        terms = {"terms": [{"text": name, "language": "en"}]}
        self.order = Order("prompt_block", parameters=terms, expires_at=expires_at)

    def take(self, name: str, which: int) -> None:
        """One thing that may happen."""
        if name == "join":
            self.join()
        elif name == "later":
            self.at += timedelta(days=which)
        elif name == "sweep":
            sweep(self.at)
        elif name == "approve":
            self.approve()
        else:
            self.release(name, which)

    def join(self) -> None:
        case = self.stage.case(*PACKS)
        self.impose(case)

    def impose(self, case: Case) -> None:
        if self.order.expires_at is None or self.order.expires_at > self.at:
            self.stage.impose(case, self.order)

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
            standing = measure.grounds.filter(ended_at=None).exists()
            waiting = measure.state == "proposed"
            assert (rule.ended_at is None) == standing
            assert standing == (measure.state in {"in_force", "proposed"})
            assert (rule.mode == "shadow") == (
                waiting or (measure.approved_at is None and measure.approval_required)
            )
        alive = PromptRule.objects.filter(ended_at=None).count()
        assert alive <= 1
        over = self.order.expires_at is not None and self.order.expires_at <= self.at
        assert live_rules(self.at).count() == (0 if over else alive)
