"""A notice that is being written: kept at every step, found again by its link, sent once."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import NotFound, RedressError
from evidence.files import seal
from evidence.tracing import trace
from notices.filing import Filing
from notices.models import TRACED, Case, Draft, DraftFile
from notices.services.submit import submit
from users.models import User
from users.tokens import digest, new_token

MOST_FILES = 60
Answers = dict[str, list[str]]


class TooManyFiles(RedressError):
    """A draft holds at most MOST_FILES files."""

    code = "too-many-files"


class AlreadySent(RedressError):
    """The draft became a notice: it can no longer be changed."""

    code = "already-sent"
    status = 409


def start(*, language: str, account: User | None, now: datetime) -> tuple[Draft, str]:
    """An empty draft and the token of its link. The token is shown now and kept as a hash only."""
    token = new_token()
    draft = Draft.objects.create(
        token_hash=digest(token),
        language=language,
        account=account,
        created_at=now,
        updated_at=now,
    )
    return draft, token


def open_draft(token: str) -> Draft:
    """The draft behind a link. Raises NotFound."""
    draft = Draft.objects.filter(token_hash=digest(token)).first()
    if draft is None:
        raise NotFound(_("There is no notice behind this link. Check that it was copied whole."))
    return draft


@transaction.atomic
def keep_answers(draft_id: UUID, step: str, answers: Answers, *, now: datetime) -> Draft:
    """Keep what was typed at one step, as typed: complete or not, right or wrong. Raises AlreadySent."""
    draft = _open_for_change(draft_id)
    draft.answers = {**draft.answers, step: answers}
    draft.updated_at = now
    draft.save(update_fields=["answers", "updated_at"])
    return draft


@transaction.atomic
def add_file(
    draft_id: UUID, role: str, content: BinaryIO, *, name: str, now: datetime
) -> DraftFile:
    """Seal one file and lay it to the draft. Raises the evidence room's error for a bad file."""
    draft = _open_for_change(draft_id)
    if draft.files.count() >= MOST_FILES:
        raise TooManyFiles(
            _("A notice takes at most %(most)d files. Remove one, or pack several into a PDF.")
            % {"most": MOST_FILES}
        )
    sealed = seal(content, name=name, at=now)
    if role in TRACED:
        trace(sealed, now=now)
    return DraftFile.objects.create(draft=draft, file=sealed, role=role, added_at=now)


@transaction.atomic
def remove_file(draft_id: UUID, file_id: UUID) -> None:
    """Take a file out of the draft; one that is not there is as good as removed."""
    draft = _open_for_change(draft_id)
    draft.files.filter(id=file_id).delete()


@transaction.atomic
def send(draft_id: UUID, filing: Filing, *, now: datetime) -> Case:
    """File the notice, once: a second press gets the same case. The draft keeps no answers."""
    draft = Draft.objects.select_for_update().get(id=draft_id)
    if draft.case_id is not None:
        return Case.objects.get(id=draft.case_id)
    case = submit(filing, now=now)
    Draft.objects.filter(id=draft_id).update(case=case, answers={}, updated_at=now)
    return case


def _open_for_change(draft_id: UUID) -> Draft:
    draft = Draft.objects.select_for_update(of=("self",)).get(id=draft_id)
    if draft.case_id is not None:
        raise AlreadySent(_("This notice has been sent. What is missing can be added by answer."))
    return draft
