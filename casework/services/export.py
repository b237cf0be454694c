"""Exporting a case file: asked for by a person, made by a worker, sealed, and told to the ledger."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO, Final, cast
from uuid import UUID

from django.db import transaction

from casework.case_file import CaseFile, case_file
from casework.dossier import members, meta
from casework.models import Export
from casework.report import report
from common.actors import WORKER, staff
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.bundle import write_bundle
from evidence.chain import Fact
from evidence.files import seal_own
from evidence.ledger import append, case_chain
from evidence.models import SealedFile
from notices.models import Case
from users.models import User

LANGUAGES: Final = ("en", "zh-Hans")
_SPOOL: Final = 16 * 1024 * 1024


@transaction.atomic
def request_export(case: Case, *, user: User, now: datetime) -> Export:
    """Ask for a case file; a worker makes it after commit."""
    export = Export.objects.create(case=case, requested_by=user, requested_at=now)
    enqueue("casework.export", export.id)
    return export


def make_export(export_id: UUID, *, now: datetime) -> Export:
    """Make report and ZIP from one reading of the case, seal both, and append `case_file.exported`.

    The case is locked while it is read and while the entry is written, and free while the pages are
    drawn. Making it a second time does nothing.
    """
    export = Export.objects.select_related("case", "requested_by").get(id=export_id)
    if export.finished_at is not None:
        return export
    whole = _read(export.case)
    pdfs = {language: _report(whole, language, export, now) for language in LANGUAGES}
    bundle, manifest = _bundle(whole, pdfs, export, now)
    return _finish(export_id, pdfs[whole.case.language], bundle, manifest, now)


@transaction.atomic
def _read(case: Case) -> CaseFile:
    lock_case(case.id)
    return case_file(case)


@transaction.atomic
def _finish(
    export_id: UUID, pdf: SealedFile, bundle: SealedFile, manifest: str, now: datetime
) -> Export:
    export = Export.objects.select_for_update().get(id=export_id)
    if export.finished_at is not None:
        return export
    export.pdf, export.bundle, export.finished_at, export.error = pdf, bundle, now, ""
    export.save(update_fields=["pdf", "bundle", "finished_at", "error"])
    facts: dict[str, Fact] = {
        "export": str(export.id),
        "for": staff(export.requested_by_id).key,
        "pdf": pdf.sha256,
        "bundle": bundle.sha256,
        "manifest": manifest,
    }
    append(case_chain(export.case_id), "case_file.exported", actor=WORKER, at=now, facts=facts)
    return export


def _report(whole: CaseFile, language: str, export: Export, now: datetime) -> SealedFile:
    content = report(whole, language, at=export.requested_at)
    name = f"{whole.case.reference}.{language}.pdf"
    return seal_own(content, name=name, kind="application/pdf", at=now)


def _bundle(
    whole: CaseFile, pdfs: Mapping[str, SealedFile], export: Export, now: datetime
) -> tuple[SealedFile, str]:
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as target:
        stream = cast(BinaryIO, target)
        manifest = write_bundle(stream, members(whole, pdfs), whole.chain, meta(whole, export))
        stream.seek(0)
        name = f"{export.case.reference}.zip"
        return seal_own(stream, name=name, kind="application/zip", at=now), manifest
