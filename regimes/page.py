"""A pack as a page that a lawyer can read: who, what, when, source, confidence, house figures, open questions."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from regimes import page_words as words
from regimes.pack import Clock, Duty, Element, Pack, Policy
from regimes.words import Sources, Text

LANGUAGES: Final = ("en", "zh-Hans")


def page(pack: Pack, language: str) -> str:
    """The whole page as Markdown, in `en` or `zh-Hans`. The same pack always gives the same page."""
    return "\n".join([*_Page(pack, language).lines()]).rstrip() + "\n"


def file_name(pack_id: str, language: str) -> str:
    """What the page of a pack is called in docs/regimes."""
    return f"{pack_id}.md" if language == LANGUAGES[0] else f"{pack_id}.{language}.md"


def length_of(clock: Clock, language: str) -> str:
    """How long a clock runs, in words: a figure with its unit and cap, or the law's own standard."""
    return _Words(language).length(clock)


class _Words:
    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, text: Text) -> str:
        return text.in_language(self.language).replace("|", "\\|")

    def head(self, key: str) -> str:
        return self.say(words.HEADS[key])

    def put(self, pattern: str, *parts: str) -> str:
        """Parts joined as the language writes them: its own colon, full stop, brackets."""
        return self.head(pattern).format(*parts)

    def joined(self, parts: Iterable[str]) -> str:
        return ("；" if self.language.startswith("zh") else "; ").join(parts)

    def sources(self, sources: Sources) -> str:
        """The norms, each that was not read saying so."""
        return self.joined(
            self.say(one.norm)
            if one.confidence == "read"
            else self.put("unread", self.say(one.norm), self.say(words.CONFIDENCE[one.confidence]))
            for one in sources
        )

    def event(self, name: str) -> str:
        """What happened, in words; an operator's own event by its name."""
        return self.say(words.EVENTS[name]) if name in words.EVENTS else name

    def span(self, length: int, unit: str, calendar: str) -> str:
        space = "" if self.language.startswith("zh") else " "
        figure = f"{length}{space}{self.say((words.ONE if length == 1 else words.UNITS)[unit])}"
        return (
            figure
            if unit == "hours"
            else self.put("brackets", figure, self.say(words.CALENDARS[calendar]))
        )

    def length(self, clock: Clock) -> str:
        if not clock.has_figure:
            standard = self.say(clock.standard) if clock.standard else ""
            return clock.on_date or (f"“{standard}”" if standard else "")
        figure = self.span(clock.length, clock.unit, clock.calendar)
        said = [self.say(words.BOUNDS[clock.bound]).format(figure)]
        if clock.extendable:
            said.append(self.head("extendable"))
        if clock.cap:
            cap = self.span(clock.cap.length, clock.cap.unit, clock.cap.calendar)
            said.append(self.put("cap", cap))
        return self.joined(said)


class _Page(_Words):
    def __init__(self, pack: Pack, language: str) -> None:
        super().__init__(language)
        self.pack = pack

    def lines(self) -> Iterator[str]:
        pack = self.pack
        yield from (f"# {self.say(pack.title)}", "", self.head("generated"), "")
        yield from (self.say(pack.summary), "", *self._facts())
        yield from self._clocks()
        yield from self._elements("notice", pack.notice_elements)
        yield from (f"**{self.head('gaps')}**", "", self._rule(), "")
        yield from self._elements("counter", pack.counter_elements)
        yield from self._way_back()
        yield from self._told()
        yield from self._sees()
        human = [
            (self.say(one.text), self.sources(one.source)) for one in pack.human_review_required
        ]
        yield from self._listed("human", human)
        yield from self._sanctions()
        yield from self._duties("exempt", pack.exemption_conditions)
        yield from self._duties("refuse", pack.refusal_grounds)
        yield from self._duties("duties", [*pack.retention, *pack.publication, *pack.reports])
        yield from self._transition()
        yield from self._listed("questions", [(self.say(q.text), "") for q in pack.open_questions])
        yield from self._sources()

    def _facts(self) -> Iterator[str]:
        pack = self.pack
        to = f" {self.head('until')} {pack.effective_to}" if pack.effective_to else ""
        surfaces = [self.say(words.SURFACES[one]) for one in pack.applies_to.surfaces]
        facts = [
            ("id", f"`{pack.id}` {pack.version}"),
            ("hash", f"`{pack.file_sha256}`"),
            ("case_kind", self.say(words.CASE_KINDS[pack.case_kind])),
            ("surfaces", " / ".join(surfaces)),
            ("territories", " / ".join(pack.applies_to.territories)),
            ("in_force", f"{pack.effective_from}{to}"),
            ("zone", f"{pack.zone} {pack.cutoff}"),
        ]
        if pack.overrides:
            facts += [("overrides", f"`{pack.overrides}`"), ("rules_hash", f"`{pack.sha256}`")]
        yield from self._table(("fact", "value"), [(self.head(key), value) for key, value in facts])
        yield from (self.say(pack.applies_to.text), "")

    def _clocks(self) -> Iterator[str]:
        law = [one for one in self.pack.clocks if not one.is_house_choice]
        house = [one for one in self.pack.clocks if one.is_house_choice]
        heads = ("what", "after", "owes", "length", "kind", "source", "missed")
        yield from self._titled("law")
        yield from self._table(heads, [(*self._row(one), self.say(one.consequence)) for one in law])
        yield from (*self._titled("house"), self.head("house_intro"), "")
        rows = [(*self._row(one), self._standard(one)) for one in house]
        yield from self._table((*heads[:-1], "stands_for"), rows)

    def _row(self, one: Clock) -> tuple[str, ...]:
        return (
            f"{self.say(one.label)} `{one.key}`",
            self.event(one.trigger),
            self.say(words.PARTIES[one.owes]),
            self.length(one),
            self.say(words.KINDS[one.kind]),
            self.sources(one.source),
        )

    def _standard(self, house: Clock) -> str:
        named = {one.key: one for one in self.pack.clocks}
        return f"{self.say(named[house.standard_of].label)} {self.length(named[house.standard_of])}"

    def _elements(self, head: str, elements: Sequence[Element]) -> Iterator[str]:
        if elements:
            yield from self._titled(head)
            rows = [
                (self.say(e.label), self._need(e), self.say(e.description), self.sources(e.source))
                for e in elements
            ]
            yield from self._table(("element", "need", "means", "source"), rows)

    def _need(self, element: Element) -> str:
        said = self.say(words.NEEDS[element.need])
        return (
            self.put("colon", said, self.say(element.condition.label))
            if element.condition
            else said
        )

    def _rule(self) -> str:
        rule = self.pack.completeness
        said = self.put("stop", self.say(words.RULES[rule.rule]), self.say(rule.text))
        return self.put("brackets", said, self.sources(rule.source))

    def _way_back(self) -> Iterator[str]:
        pack = self.pack
        yield from self._titled("way_back")
        yield from (f"{self.say(words.MODES[pack.put_back_mode])}", "")
        yield from (
            self.put("colon", self.head("rests_on"), self.sources(pack.put_back_source)),
            "",
        )
        if pack.wait and pack.wait.settings:
            settings = [
                (self.say(one.label), self.sources(one.source)) for one in pack.wait.settings
            ]
            yield from self._listed("settings", settings)
        holds = [
            (self.put("colon", self.say(one.label), self.say(one.effect)), self.sources(one.source))
            for one in pack.hold_events
        ]
        yield from self._listed("holds", holds)
        right = [(self.say(pack.right_to_sue_text), self.sources(pack.right_to_sue_source))]
        yield from self._listed("told_right", right)

    def _told(self) -> Iterator[str]:
        yield from self._titled("told")
        rows = [
            (
                self.event(one.event),
                self.say(words.PARTIES[one.recipient]),
                self.say(one.content),
                self.say(one.timing),
                self.sources(one.source),
            )
            for one in self.pack.forward_rules
        ]
        yield from self._table(("event", "recipient", "content", "timing", "source"), rows)

    def _sees(self) -> Iterator[str]:
        yield from self._titled("sees")
        rows = [
            (
                self.say(words.PARTIES[one.side]),
                self.say(one.label),
                self._shown(one.show, one.until),
                self.say(one.reason),
                self.sources(one.source),
            )
            for one in self.pack.disclosures
        ]
        yield from self._table(("side", "item", "shown", "why", "source"), rows)

    def _shown(self, show: str, until: str) -> str:
        said = self.say(words.SHOWS[show])
        return self.joined([said, self.put("once", self.event(until))] if until else [said])

    def _sanctions(self) -> Iterator[str]:
        policies: list[Policy] = [self.pack.repeat_policy, *self.pack.abuse_policy]
        said = []
        for one in policies:
            ladder = " → ".join(self.say(words.STEPS[step]) for step in one.ladder)
            parts = [self.say(one.text), ladder, " / ".join(map(self.say, one.factors))]
            said.append((" — ".join(part for part in parts if part), self.sources(one.source)))
        yield from self._listed("sanctions", said)

    def _duties(self, head: str, duties: Iterable[Duty]) -> Iterator[str]:
        yield from self._listed(head, [(self.say(d.text), self.sources(d.source)) for d in duties])

    def _transition(self) -> Iterator[str]:
        change = self.pack.transition
        said = self.put("stop", self.say(words.TRANSITIONS[change.rule]), self.say(change.text))
        yield from self._listed("transition", [(said, self.sources(change.source))])

    def _sources(self) -> Iterator[str]:
        yield from self._titled("sources")
        rows = [
            (self.say(one.norm), self.say(words.CONFIDENCE[one.confidence]), f"<{one.url}>")
            for one in self.pack.sources
        ]
        yield from self._table(("norm", "confidence", "source"), rows)

    def _titled(self, head: str) -> Iterator[str]:
        yield from (f"## {self.head(head)}", "")

    def _listed(self, head: str, entries: Sequence[tuple[str, str]]) -> Iterator[str]:
        if entries:
            yield from self._titled(head)
            for text, source in entries:
                yield f"- {text}" + (f" *{source}*" if source else "")
            yield ""

    def _table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        yield "| " + " | ".join(self.head(key) for key in heads) + " |"
        yield "|" + "---|" * len(heads)
        yield from ("| " + " | ".join(row) + " |" for row in rows)
        yield ""
