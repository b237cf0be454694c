"""Why a case stands as it does under each of its regimes, in plain lines: which pack, which clocks, what is missing."""

from collections.abc import Iterator
from typing import Final

from deadlines.calendars.steps import Step
from deadlines.derivation import explain as sentences
from deadlines.models import Deadline
from deadlines.selectors import all_for_case
from deadlines.terms import thaw
from notices.models import Case, CaseRegime, Notice
from notices.services.completeness import examined
from notices.services.regimes import pack_of
from regimes.completeness import Completeness, Finding
from regimes.errors import RegimeError
from regimes.pack import Pack
from regimes.page import length_of
from regimes.page_words import KINDS, MODES, PARTIES
from regimes.words import Sources, Text

WORDS: Final = {
    "rules": Text("Rules at the start of the case", "受理时的规则"),
    "changed": Text(
        "The house's choices have changed since; clocks that run keep the terms they began under",
        "此后平台设置已有变更；正在进行的期间仍按开始时的条件计算",
    ),
    "gone": Text("The pack cannot be read", "无法读取规则包"),
    "way_back": Text("A counter-notice", "不侵权声明的效果"),
    "clocks": Text("Clocks", "期间"),
    "none": Text("none", "无"),
    "trigger": Text("Triggered", "触发"),
    "due": Text("Due", "届满"),
    "rests_on": Text("Rests on", "依据"),
    "missing": Text("Missing or unclear", "缺少或者不明确"),
    "complete": Text("Nothing that is required", "必备要素齐全"),
}
FINDINGS: Final = {
    Finding.MISSING: Text("missing", "缺少"),
    Finding.UNCLEAR: Text("unclear", "不明确"),
    Finding.PRESENT: Text("present", "具备"),
}


def explain_case(case: Case, language: str) -> list[str]:
    """One case, regime by regime, as lines of Markdown in `en` or `zh-Hans`."""
    found = _Explained(case, language)
    lines = [f"# {case.reference} · {case.state}"]
    for regime in case.regimes.all():
        lines += found.regime(regime)
    return lines


class _Explained:
    def __init__(self, case: Case, language: str) -> None:
        self.case, self.language = case, language
        self.clocks = list(all_for_case(case.id))

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def word(self, key: str) -> str:
        return self.say(WORDS[key])

    def regime(self, regime: CaseRegime) -> Iterator[str]:
        yield from ("", f"## {regime.pack_id} {regime.pack_version} · {regime.state}")
        yield f"{self.word('rules')}: {regime.pack_sha256}"
        try:
            pack = pack_of(regime)
        except RegimeError as error:
            yield f"{self.word('gone')}: {error}"
            return
        if pack.sha256 != regime.pack_sha256:
            yield f"{self.word('changed')}: {pack.sha256}"
        yield f"{self.word('way_back')}: {self.say(MODES[pack.put_back_mode])}"
        yield f"{self.word('rests_on')}: {self._norms(pack.put_back_source)}"
        yield from self._clocks(regime)
        yield from self._missing(regime)

    def _clocks(self, regime: CaseRegime) -> Iterator[str]:
        mine = [one for one in self.clocks if one.case_regime_id == regime.id]
        yield from ("", f"### {self.word('clocks')}")
        if not mine:
            yield f"- {self.word('none')}"
        for one in mine:
            yield from self._clock(one)

    def _clock(self, row: Deadline) -> Iterator[str]:
        terms = thaw(row.clock)
        yield (
            f"- {self.say(terms.label)} `{row.clock_key}` · {self.say(PARTIES[terms.owes])} · "
            f"{length_of(terms, self.language)} · {self.say(KINDS[terms.kind])} · {row.state}"
        )
        yield f"  - {self.word('trigger')}: {row.triggered_at.isoformat()}"
        yield f"  - {self.word('rests_on')}: {self._norms(terms.source)}"
        steps = (Step.from_json(step) for step in row.derivation)
        yield from (f"  - {line}" for line in sentences(steps, self.language))
        yield f"  - {self.word('due')}: {row.due_at.isoformat()}"

    def _missing(self, regime: CaseRegime) -> Iterator[str]:
        yield from ("", f"### {self.word('missing')}")
        for pack, found in self._examined():
            if pack.id == regime.pack_id:
                yield from self._wanting(found)

    def _examined(self) -> list[tuple[Pack, Completeness]]:
        notice = Notice.objects.get(case=self.case)
        return examined(self.case, notice, notice.files.all())

    def _wanting(self, found: Completeness) -> Iterator[str]:
        wanting = [one for one in found.examined if one.wanting]
        if not wanting:
            yield f"- {self.word('complete')}"
        for one in wanting:
            yield (
                f"- {self.say(one.element.label)} `{one.element.key}`: "
                f"{self.say(FINDINGS[one.finding])}. {self.say(one.reason)} "
                f"({self._norms(one.source)})"
            )
        if wanting:
            yield f"- {self.say(found.effect)} ({self._norms(found.source)})"

    def _norms(self, sources: Sources) -> str:
        return "; ".join(self.say(one.norm) for one in sources)
