"""What sealed files say about their making: read once for each, and kept."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from evidence.models import FileTrace, SealedFile
from evidence.traces import form, manifest
from evidence.traces.reading import read


def trace(file: SealedFile, *, now: datetime) -> FileTrace:
    """What the file says, read now unless it was before. Costs milliseconds: the manifest is left to `look_further`."""
    found = FileTrace.objects.filter(file=file).first()
    if found is not None:
        return found
    with file.open() as source:
        report = read(source)
    made, _created = FileTrace.objects.get_or_create(
        file=file,
        defaults={
            "detector": report.detector,
            "report": form.report_data(report),
            "read_at": now,
        },
    )
    return made


def look_further(found: FileTrace) -> FileTrace:
    """The same with its C2PA manifest, by a process that may take half a minute: for the worker, never in a request."""
    if found.manifest is None:
        with found.file.open() as source:
            looked = manifest.look(source, sign=found.told.manifest)
        found.manifest = form.manifest_data(looked)
        found.save(update_fields=["manifest"])
    return found


def traces_of(files: Iterable[UUID]) -> dict[UUID, FileTrace]:
    """What is known of these files, by the file's id; one query."""
    found = FileTrace.objects.filter(file__in=list(files))
    return {one.file_id: one for one in found}
