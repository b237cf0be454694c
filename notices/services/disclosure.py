"""What one side may see of the other, as each pack of the case has it."""

from collections.abc import Sequence

from notices.models import Notice
from notices.services.regimes import packs_of
from regimes.questions import Side, shows


def filer_as_seen(notice: Notice, happened: Sequence[str] = ()) -> str:
    """The filer's name as the affected user sees it: in full only if every pack of the case shows it."""
    packs = packs_of(notice.case)
    if all(shows(pack, Side.RESPONDENT, "filer_name", happened) for pack in packs):
        return notice.filer_name
    return masked(notice.filer_name)


def masked(name: str) -> str:
    """A name that tells people apart and says no more: 林＊＊, J＊＊＊."""
    name = name.strip()
    return name[:1] + "＊" * min(max(len(name) - 1, 1), 3)
