"""Whether a match is surely the upheld file, and nobody found otherwise: all else is put before a person."""

from collections.abc import Sequence

from django.db.models import Q

from measures.models import Match, MeasureGround
from measures.states import GIVEN_BACK_TO_USER, MatchState
from notices.models import ClaimedItem, FileRole, NoticeFile
from notices.states import ItemOutcome
from screening.models import Fingerprint, PrintKind
from screening.prints import files


def copied_item(match: Match, grounds: Sequence[MeasureGround]) -> ClaimedItem | None:
    """The item of these grounds whose own file was found; None where it is another one's, or known no more."""
    found = match.first.fingerprint
    living = Fingerprint.objects.filter(
        upheld=True, kind=found.kind, bits=bytes(found.bits), work__ended_at=None
    )
    items = set(living.values_list("work__item_id", flat=True))
    return next((one.item for one in grounds if one.item and one.item.id in items), None)


def in_doubt(match: Match) -> bool:
    """Whether a person must look before anything is done about the output, or about the user who made it."""
    if _judged_otherwise(match):
        return True
    if match.artefact is None:
        return False  # the guard refused the very bytes, and there is no copy to take down
    return _is_somebody_elses(match) or _was_given_back(match) or not _is_the_file(match)


def _is_somebody_elses(match: Match) -> bool:
    """The platform says that the output belongs to another user than the guard was told."""
    owner = match.artefact.owner if match.artefact else None
    return owner is None or owner.external_id != match.user_external_id


def _is_the_file(match: Match) -> bool:
    """What lies under that name is the upheld file: its bytes, or for a model its weights."""
    found, file = match.first.fingerprint, match.file
    if file is None:
        return False
    if found.kind == PrintKind.TENSORS:
        with file.open() as content:
            return files.take(content).tensors == bytes(found.bits)
    return file.sha256 == match.output_sha256 == bytes(found.bits).hex()


def _judged_otherwise(match: Match) -> bool:
    """In this case a person declined this very thing, or this file, or dismissed a match of either."""
    name, thing = match.output_external_id, match.artefact
    same_bytes = NoticeFile.objects.filter(
        role=FileRole.FROZEN, notice__case=match.case_id, file__sha256=match.output_sha256
    )
    declined, dismissed = Q(id__in=same_bytes.values("item")), Q(output_sha256=match.output_sha256)
    if name:
        declined, dismissed = declined | Q(locator=name), dismissed | Q(output_external_id=name)
    if thing is not None:
        declined, dismissed = declined | Q(artefact=thing), dismissed | Q(artefact=thing)
    items = ClaimedItem.objects.filter(declined, notice__case=match.case_id)
    matches = Match.objects.filter(dismissed, case=match.case_id, state=MatchState.DISMISSED)
    return items.exclude(outcome=ItemOutcome.UPHELD).exists() or matches.exists()


def _was_given_back(match: Match) -> bool:
    """Some case has given this very thing back to its user."""
    grounds = MeasureGround.objects.filter(measure__artefact=match.artefact)
    return grounds.filter(ended_reason__in=GIVEN_BACK_TO_USER).exists()
