"""How a match of the output check is told at the desk, in plain words."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures.match_selectors import dismissed_before, pictures_of_work
from measures.models import Match
from measures.states import MatchState
from notices.models import NoticeFile
from screening.models import OutputMatch, PrintKind
from screening.prints.pdq import SAME

TINTS: Final = {
    MatchState.REVIEW: "waiting",
    MatchState.FOUND: "info",
    MatchState.IMPOSED: "success",
    MatchState.WITHHELD: "success",
    MatchState.UPHELD: "success",
}
EARLIER: Final = 10
_WITHOUT_A_PERSON: Final = {
    MatchState.ENDED: gettext_lazy(
        "The case no longer stands, or the work left the output check, before anybody had to decide."
    ),
    MatchState.FOUND: gettext_lazy(
        "The same file by the same user, on whom the case stands: it is being acted on by itself."
    ),
    MatchState.WITHHELD: gettext_lazy(
        "The same file by the same user, on whom the case stands. "
        "The check refused its delivery, and the service has no copy."
    ),
    MatchState.IMPOSED: gettext_lazy(
        "The same file by the same user, on whom the case stands: "
        "the measure followed by itself, on the ground of the item named here."
    ),
}


@dataclass(frozen=True)
class Line:
    """One match in a list."""

    match: Match
    how: str
    tint: str


@dataclass(frozen=True)
class MatchPage:
    """One match: the work, the output, how it was found, and what others dismissed before."""

    line: Line
    works: list[NoticeFile]
    copy: str
    earlier: list[Match]

    @property
    def shows_output(self) -> bool:
        """Whether the service's bytes are a picture that can be shown."""
        file = self.line.match.file
        return file is not None and file.media_type.startswith("image/")

    @property
    def waits(self) -> bool:
        """Whether a person is to decide."""
        return self.line.match.state == MatchState.REVIEW

    @property
    def without_a_person(self) -> str | Promise:
        """What became of it where nobody had to decide; '' where somebody has, or is to."""
        return _WITHOUT_A_PERSON.get(MatchState(self.line.match.state), "")


def line(match: Match) -> Line:
    """The match with its words."""
    return Line(match, how_found(match), TINTS.get(MatchState(match.state), ""))


def page(match: Match) -> MatchPage:
    """Everything that the page of one match shows."""
    earlier = list(dismissed_before(match)[:EARLIER])
    return MatchPage(line(match), list(pictures_of_work(match)[:6]), copy_words(match), earlier)


def how_found(match: Match) -> str:
    """By what the output was recognised. A likeness is a hint, and is told as one."""
    row = match.first
    if row.kind == PrintKind.FILE and not row.refused:
        return _("The same file, to the last bit, as one that was handed in as the work.")
    if row.kind == PrintKind.FILE:
        return _("The same file, to the last bit.")
    if row.kind == PrintKind.TENSORS:
        return _("A model with the same weights under another name.")
    if row.kind == PrintKind.TEXT:
        return _texts(row)
    words = _("A picture that seems to show the work: %(share)d %% of the structure agrees.")
    if match.work.item_id:
        words = _(
            "A picture that seems to be an upheld output made again: %(share)d %% of the structure agrees."
        )
    return " ".join([words % {"share": round(row.score * 100)}, _distance(row.distance)]).strip()


def copy_words(match: Match) -> str:
    """What the service has of the output, and whether it is what was checked."""
    if match.looked_at is None:
        return _("The service has not told yet what it has of this output.")
    if match.artefact is None:
        return _("The service has no copy: it was not delivered, or is gone.")
    if match.file is None:
        return _("The service gave no bytes of it.")
    if match.file.sha256 == match.output_sha256:
        return _("These are the very bytes that were checked.")
    return _("The service's copy is not the bytes that were checked: look closely.")


def _texts(row: OutputMatch) -> str:
    words = ngettext(
        "%(count)d passage of the work, %(share)d %% of the text.",
        "%(count)d passages of the work, %(share)d %% of the text.",
        len(row.spans),
    )
    return words % {"count": len(row.spans), "share": round(row.score * 100)}


def _distance(distance: int | None) -> str:
    if distance is None:
        return ""
    words = _("PDQ distance %(distance)d of 256 bits; the field takes up to %(same)d for the same.")
    return words % {"distance": distance, "same": SAME}
