"""How much of a name the other side sees: decided here and nowhere else, as the packs of the case have it."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from notices.models import Notice
from notices.services.regimes import packs_of
from regimes.pack import Pack
from regimes.questions import Side, how_shown
from regimes.vocabulary import Show

FILER_NAME: Final = "filer_name"


def filer_as_seen(notice: Notice, happened: Sequence[str] = ()) -> str:
    """The filer as the affected user sees them, in the active language: the strictest pack decides."""
    show = strictest(packs_of(notice.case), FILER_NAME, happened)
    return name_as(show, notice.filer_name) or _("a filer whose name is not disclosed")


def strictest(packs: Sequence[Pack], item: str, happened: Sequence[str] = ()) -> Show:
    """How much of `item` the affected user sees where these packs apply together: the least counts."""
    shown = (how_shown(pack, Side.RESPONDENT, item, happened) for pack in packs)
    return min(shown, key=list(Show).index, default=Show.HIDDEN)


def name_as(show: Show, name: str) -> str:
    """A name whole, masked (林** for 林晓雨, J** for Jane Okafor: no length to guess by), or nothing."""
    name = name.strip()
    masked = f"{name[:1]}**" if name else ""
    return {Show.SHOWN: name, Show.MASKED: masked}.get(show, "")
