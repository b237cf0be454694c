"""What the house itself knows about each question, said in words with their source. A person decides; this only tells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from casework.assessment.facts import Facts, record_of
from casework.assessment.questions import Words
from casework.assessment.wording import (
    LABEL_STATES,
    MOST,
    SURFACES,
    coded,
    hours,
    listed,
    moment,
    spoken,
)
from measures.rules import Level
from measures.states import IN_EFFECT, MeasureState
from notices.models import Channel
from notices.vocabulary import SampleOrigin, WorkKind
from regimes.questions import standards

TAGS: Final = ("en", "zh-Hans")
_BEARS_ON_REACTION: Final = frozenset({"notice.filed", "notice.accepted"})

NOTICE: Final = _("the notice as filed")
PLATFORM: Final = _("told by the platform")
OURS: Final = _("our own records")
PACKS: Final = _("the law applied to the case")


@dataclass(frozen=True)
class Known:
    """One thing the house knows. `values` are codes, numbers and names; `words` what only readers see."""

    code: str
    sentence: Words
    source: Words
    values: Mapping[str, object] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)

    def in_language(self, tag: str) -> str:
        """The sentence in `en` or `zh-Hans`."""
        with translation.override(tag.lower()):
            return str(self.sentence) % {**self.values, **self.words}

    def data(self) -> dict[str, Any]:
        """As it is recorded: readable later whatever becomes of our words."""
        return {
            "code": self.code,
            "values": dict(self.values),
            "text": {tag: self.in_language(tag) for tag in TAGS},
            "origin": {tag: _said(tag, self.source) for tag in TAGS},
        }


def _said(tag: str, words: Words) -> str:
    with translation.override(tag.lower()):
        return str(words)


def known(facts: Facts) -> dict[str, list[Known]]:
    """What there is to each question, by its key; questions about which nothing is known are left out."""
    told = {key: list(tell(facts)) for key, tell in _TELLERS.items()}
    return {key: lines for key, lines in told.items() if lines}


def _similarity(facts: Facts) -> Iterator[Known]:
    for number, text in enumerate(facts.points[:MOST], start=1):
        values = {"number": number, "text": text}
        yield Known("point", _("Point %(number)s of the filer: %(text)s"), NOTICE, values)
    if facts.matches:
        sentence = _("The output check recognised the work in %(n)s outputs: a hint, no answer.")
        yield Known("matches", sentence, OURS, {"n": facts.matches})


def _access(facts: Facts) -> Iterator[Known]:
    yield from _published(facts)
    if facts.training:
        sentence = _("Pictures uploaded for training that the items reach: %(n)s")
        yield Known("training_pictures", sentence, PLATFORM, {"n": facts.training})


def _fame(facts: Facts) -> Iterator[Known]:
    yield from _published(facts)
    filed, upheld = facts.same_work
    values = {"filed": filed, "upheld": upheld}
    sentence = _("Other notices about a work of this title: %(filed)s, upheld: %(upheld)s")
    yield Known("same_work", sentence, OURS, values)


def _published(facts: Facts) -> Iterator[Known]:
    if where := facts.notice.work_published_at:
        yield Known("published", _("Published: %(where)s"), NOTICE, {"where": where})


def _service(facts: Facts) -> Iterator[Known]:
    named = {str(record_of(item).get("surface") or "") for item in facts.items}
    for kind in sorted(named & set(SURFACES)):
        words = {"kind": SURFACES[kind]}
        yield Known("surface", _("Kind of service: %(kind)s"), PLATFORM, {"surface": kind}, words)


def _work(facts: Facts) -> Iterator[Known]:
    if kind := facts.notice.work_kind:
        words = {"kind": coded(WorkKind, kind)}
        yield Known("work_kind", _("Kind of work: %(kind)s"), NOTICE, {"work_kind": kind}, words)
    yield from _published(facts)


def _selection(facts: Facts) -> Iterator[Known]:
    promoted = [item.number for item in facts.items if item.promoted]
    if promoted:
        places = ", ".join(facts.placements[:MOST]) or "–"
        values = {"items": listed(promoted), "places": places}
        sentence = _("The service itself shows item %(items)s, or what it reaches: %(places)s")
        yield Known("promoted", sentence, PLATFORM, values)
    elif any(item.kin_read_at for item in facts.items):
        yield Known("not_promoted", _("The service named no placement of its own."), PLATFORM)


def _prevention(facts: Facts) -> Iterator[Known]:
    living = sum(1 for rule in facts.rules if rule.ended_at is None)
    values = {"n": living, "ended": len(facts.rules) - living}
    sentence = _("Prompt rules of this case in force: %(n)s, ended: %(ended)s")
    yield Known("rules", sentence, OURS, values)
    # The case is of one work, known by its own files and by those of each upheld item.
    held = int(any(work.ended_at is None for work in facts.works))
    sentence = _("Works of this case that outputs are checked against: %(n)s")
    yield Known("works", sentence, OURS, {"n": held})


def _reaction(facts: Facts) -> Iterator[Known]:
    filed = facts.case.filed_at
    if decision := facts.decision:
        values = {"at": moment(decision.decided_at), "hours": hours(filed, decision.decided_at)}
        sentence = _("Decided %(at)s, %(hours)s hours after filing")
        yield Known("decided", sentence, OURS, values)
    yield from _limits(facts)
    taken = [one for one in facts.measures if one.in_force_at]
    if facts.measures:
        counted = {"n": len(taken), "all": len(facts.measures)}
        yield Known("measures", _("Measures that took effect: %(n)s of %(all)s"), OURS, counted)
    if taken:
        last = max(one.in_force_at for one in taken if one.in_force_at)
        values = {"at": moment(last), "hours": hours(filed, last)}
        sentence = _("The last of them took effect %(at)s, %(hours)s hours after filing")
        yield Known("measures_last", sentence, OURS, values)
    yield from _standards(facts)


def _limits(facts: Facts) -> Iterator[Known]:
    """The clocks of the decision, kept or not; an open one is told by its end alone."""
    for row in facts.limits:
        values = {"pack": f"{row.pack_id} {row.pack_version}", "due": moment(row.due_at)}
        sentence, code = _("Time limit for the decision under %(pack)s: %(due)s"), "limit"
        if facts.decision and facts.decision.decided_at < row.due_at:
            sentence, code = _("Kept the time limit %(due)s under %(pack)s"), "limit_kept"
        elif facts.decision:
            sentence, code = _("Missed the time limit %(due)s under %(pack)s"), "limit_missed"
        yield Known(code, sentence, PACKS, values)


def _standards(facts: Facts) -> Iterator[Known]:
    for pack in facts.packs:
        for clock in standards(pack):
            if clock.trigger in _BEARS_ON_REACTION and clock.standard:
                name = f"{pack.id} {pack.version}"
                values = {"pack": name, "clock": clock.key}
                words = {"label": spoken(clock.label), "standard": spoken(clock.standard)}
                sentence = _("Standard of %(pack)s: %(label)s: %(standard)s")
                yield Known("standard", sentence, PACKS, values, words)


def _repetition(facts: Facts) -> Iterator[Known]:
    for user in facts.owners[:MOST]:
        values = {"user": user, "n": facts.earlier.get(user, 0)}
        sentence = _("Items upheld earlier against user %(user)s: %(n)s")
        yield Known("earlier_items", sentence, OURS, values)
    for user, level, state in facts.sanctions[:MOST]:
        words = {"what": coded(Level, level), "stands": coded(MeasureState, state)}
        values = {"user": user, "level": level, "state": state}
        yield Known("sanction", _("User %(user)s: %(what)s, %(stands)s"), OURS, values, words)


def _benefit(facts: Facts) -> Iterator[Known]:
    if told := facts.generations:
        paid = [item.number for item, record in told if record.get("paid")]
        values = {"n": len(paid), "all": len(told), "items": listed(paid)}
        sentence = _("Made with a paid feature: %(n)s of %(all)s (item %(items)s)")
        yield Known("paid", sentence, PLATFORM, values)
    if generated := facts.reached.generated:
        counted = {"n": facts.reached.paid, "all": generated}
        sentence = _("Of what the items reach, made with a paid feature: %(n)s of %(all)s")
        yield Known("reached_paid", sentence, PLATFORM, counted)


def _channel(facts: Facts) -> Iterator[Known]:
    values = {"address": settings.PUBLIC_URL + reverse("notice-new")}
    sentence = _("This portal takes notices at any hour, without an account: %(address)s")
    yield Known("portal", sentence, OURS, values)
    values = {"address": settings.PUBLIC_URL + reverse("limits")}
    yield Known("limits_page", _("Time limits are published: %(address)s"), OURS, values)
    channel = facts.notice.channel
    words = {"channel": coded(Channel, channel)}
    sentence = _("This notice came by: %(channel)s")
    yield Known("came_by", sentence, OURS, {"channel": channel}, words)


def _mark(facts: Facts) -> Iterator[Known]:
    by_label: dict[str, list[int]] = {}
    for item in facts.items:
        label = str(record_of(item).get("label") or "")
        if label in LABEL_STATES:
            by_label.setdefault(label, []).append(item.number)
    for label, numbers in sorted(by_label.items()):
        words = {"mark": LABEL_STATES[label]}
        values = {"label": label, "items": listed(numbers)}
        yield Known("mark", _("Item %(items)s: %(mark)s"), PLATFORM, values, words)
    for label, number in sorted(facts.reached.labels.items()):
        words = {"mark": LABEL_STATES.get(label, label)}
        counted = {"label": label, "n": number}
        sentence = _("Of what the items reach, %(mark)s: %(n)s")
        yield Known("reached_mark", sentence, PLATFORM, counted, words)


def _maker(facts: Facts) -> Iterator[Known]:
    if told := facts.generations:
        values = {"n": len(told), "items": listed(item.number for item, _record in told)}
        sentence = _("Generated on the service, at a user's prompt: %(n)s (item %(items)s)")
        yield Known("generated", sentence, PLATFORM, values)
    if number := facts.reached.generated:
        sentence = _("Of what the items reach, generated on the service: %(n)s")
        yield Known("reached_generated", sentence, PLATFORM, {"n": number})


def _upstream(facts: Facts) -> Iterator[Known]:
    providers: dict[str, list[int]] = {}
    for item, record in facts.generations:
        providers.setdefault(str(record.get("upstream") or ""), []).append(item.number)
    for name, numbers in sorted(providers.items()):
        values = {"provider": name, "items": listed(numbers)}
        if name:
            sentence, code = _("Item %(items)s: drawn by %(provider)s through its API"), "upstream"
        else:
            sentence, code = _("Item %(items)s: drawn by the platform itself"), "own_model"
        yield Known(code, sentence, PLATFORM, values)
    for name, number in sorted(facts.reached.upstream.items()):
        counted = {"provider": name, "n": number}
        sentence = _("Of what the items reach, drawn by %(provider)s through its API: %(n)s")
        yield Known("reached_upstream", sentence, PLATFORM, counted)


def _control(facts: Facts) -> Iterator[Known]:
    models = sorted({str(record.get("model") or "") for _item, record in facts.generations} - {""})
    if models:
        values = {"models": ", ".join(models[:MOST])}
        yield Known("models", _("Models named: %(models)s"), PLATFORM, values)
    if effective := [one for one in facts.measures if one.state in IN_EFFECT]:
        sentence = _("Measures of this case that the service carried out: %(n)s")
        yield Known("carried_out", sentence, OURS, {"n": len(effective)})


def _intent(facts: Facts) -> Iterator[Known]:
    if origin := facts.notice.sample_origin:
        words = {"origin": coded(SampleOrigin, origin)}
        sentence = _("Where the sample came from, in the filer's words: %(origin)s")
        yield Known("sample_origin", sentence, NOTICE, {"sample_origin": origin}, words)


_TELLERS: Final[Mapping[str, Callable[[Facts], Iterator[Known]]]] = {
    "similarity": _similarity,
    "access": _access,
    "fame": _fame,
    "service_nature": _service,
    "work_type": _work,
    "selection": _selection,
    "prevention": _prevention,
    "reaction": _reaction,
    "repetition": _repetition,
    "direct_benefit": _benefit,
    "complaint_channel": _channel,
    "ai_mark": _mark,
    "prevention_before": _prevention,
    "maker": _maker,
    "upstream_model": _upstream,
    "control": _control,
    "victim_intent": _intent,
}
