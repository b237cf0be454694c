"""What the right holder sees of a counter-notice: its content, and of its author what the pack shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from counternotices.models import CounterNotice, CounterNoticeFile
from counternotices.rules import ONCE_FORWARDED
from notices.services.disclosure import name_as
from notices.services.regimes import pack_of
from regimes.pack import Pack
from regimes.questions import Side, how_shown, shows
from regimes.vocabulary import Show

NAME: Final = "respondent_name"
CONTACT: Final = "respondent_contact"
IDENTITY: Final = "identity_documents"
CONTENT: Final = "counter_notice_content"
# Which of a pack's disclosure rules an element falls under; any other element is content.
RULE_OF: Final = {
    "user_name": NAME,
    "signature": NAME,
    "user_contact": CONTACT,
    "user_address": CONTACT,
    "name_address_phone": CONTACT,
    "complainant_contact": CONTACT,
    "user_identity_proof": IDENTITY,
}


@dataclass(frozen=True)
class Shown:
    """One element as the right holder sees it; `text` is empty when it stays with us."""

    key: str
    label: str
    text: str


def as_filer_sees(
    pack: Pack,
    answers: Mapping[str, str],
    language: str,
    happened: Sequence[str] = ONCE_FORWARDED,
) -> list[Shown]:
    """Each element that was answered, in the pack's order and words, with what is shown of it."""
    return [
        Shown(e.key, e.label.in_language(language), seen(pack, e.key, answers[e.key], happened))
        for e in pack.counter_elements
        if answers.get(e.key)
    ]


def seen(pack: Pack, key: str, text: str, happened: Sequence[str] = ONCE_FORWARDED) -> str:
    """One answer as the right holder sees it: whole, a masked name, or nothing."""
    rule = RULE_OF.get(key, CONTENT)
    if rule == CONTENT:
        return text
    show = how_shown(pack, Side.FILER, rule, happened)
    return text if show is Show.SHOWN else name_as(show, text) if rule == NAME else ""


def files_for_filer(counter_notice: CounterNotice) -> list[CounterNoticeFile]:
    """The papers that are forwarded: what supports the statement, never proof of identity."""
    return forwardable(pack_of(counter_notice.case_regime), counter_notice.files.all())


def forwardable(pack: Pack, files: Iterable[CounterNoticeFile]) -> list[CounterNoticeFile]:
    """Of these papers, those that the pack lets the right holder see."""
    return [one for one in files if is_forwarded(pack, one.element)]


def is_forwarded(pack: Pack, element: str) -> bool:
    """Whether the papers that answer this element go to the right holder."""
    rule = RULE_OF.get(element, CONTENT)
    return rule == CONTENT or shows(pack, Side.FILER, rule, ONCE_FORWARDED)
