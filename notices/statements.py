"""The statements a filer signs, in full. A changed text gets a new version; old versions stay readable."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regimes.pack import Answer, Need, Pack


@dataclass(frozen=True)
class Statement:
    """A text to be signed. `key` is the pack element that it answers."""

    key: str
    version: str
    text: str | Promise


TEXTS: Final[dict[str, Statement]] = {
    one.key: one
    for one in (
        Statement(
            "truth_statement",
            "1",
            _(
                "What this notice says is true and its proof is genuine. I answer for it: if the "
                "notice is wrong and harms the user or the service, I bear the liability for it."
            ),
        ),
        Statement(
            "good_faith_statement",
            "1",
            _(
                "I believe in good faith that the use complained of is not authorised by the "
                "owner of the rights, its agent, or the law."
            ),
        ),
        Statement(
            "accuracy_and_authority_statement",
            "1",
            _(
                "The information in this notice is accurate and, under penalty of perjury, I own "
                "the right that is said to be infringed or am authorised to act for its owner."
            ),
        ),
        Statement(
            "bona_fide_statement",
            "1",
            _(
                "I believe in good faith that the information and allegations in this notice are "
                "accurate and complete."
            ),
        ),
    )
}


def wanted(packs: list[Pack], language: str) -> list[Statement]:
    """The statements that these packs ask for, each once, in the order of the packs.

    A statement that has no text of ours is signed in the pack's own words.
    """
    found: dict[str, Statement] = {}
    for pack in packs:
        for element in pack.notice_elements:
            if element.answer is Answer.STATEMENT and (
                element.key in TEXTS or element.need is not Need.OPTIONAL
            ):
                own = Statement(
                    element.key, pack.version, element.description.in_language(language)
                )
                found.setdefault(element.key, TEXTS.get(element.key, own))
    return list(found.values())
