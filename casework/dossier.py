"""The members of a case file's ZIP: report, data, exhibits, letters, and the packs of law it ran under."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import get_version
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from casework.case_file import CaseFile, Exhibit
from casework.course_data import row_of, told_course, told_kin
from casework.models import Export
from casework.traces import told_output, told_paper
from evidence.bundle import Member, Meta, exhibit
from evidence.chain import Fact, case_chain
from evidence.models import SealedFile
from notifications.models import Message
from regimes.loader import source_of
from users.tokens import without_tokens


def members(whole: CaseFile, pdfs: Mapping[str, SealedFile]) -> Iterator[Member]:
    """Every file of the ZIP but the ledger and the verifier, which the bundle adds itself."""
    for language, pdf in pdfs.items():
        yield Member(f"case-file.{language}.pdf", pdf, "application/pdf", "report")
    yield Member("case.json", _data(whole), "application/json", "data")
    for one in whole.exhibits:
        yield _exhibit(one)
    for number, message in enumerate(whole.messages, start=1):
        about = {"template": f"{message.template} {message.template_version}"}
        content = without_tokens(f"{message.subject}\n\n{message.text}").encode()
        yield Member(f"letters/{number:04d}.txt", content, "text/plain", "letter", about)
    for pack in whole.packs:
        name = f"packs/{pack.id}-{pack.version}.toml"
        yield Member(
            name, source_of(pack), "application/toml", "law", {"sha256_rules": pack.sha256}
        )


def meta(whole: CaseFile, export: Export) -> Meta:
    """What the manifest says of the whole: which case, when, made by what, for whom."""
    about: dict[str, Fact] = {
        "reference": whole.case.reference,
        "requested_at": export.requested_at.isoformat(),
        "requested_by": str(export.requested_by_id),
        "made_with": f"Redress, Django {get_version()}",
        "packs": [f"{pack.id} {pack.version}" for pack in whole.packs],
    }
    return Meta(case_chain(whole.case.id), about)


def _exhibit(one: Exhibit) -> Member:
    return exhibit(
        "exhibits",
        one.number,
        one.file,
        exhibit=one.label,
        what=one.role,
        source=one.source,
        received_at=one.received_at.isoformat(),
    )


def _data(whole: CaseFile) -> bytes:
    told: dict[str, Any] = {
        "case": row_of(whole.case),
        "regimes": [row_of(regime) for regime in whole.regimes],
        "notice": row_of(whole.notice),
        "items": [row_of(item) | _artefact(item.artefact) for item in whole.items],
        "kin": [told_kin(one) for one in whole.kin],
        "traces": [told_paper(one) for one in whole.traces.papers],
        "output_labels": [told_output(one) for one in whole.traces.outputs],
        "points": [row_of(point) for point in whole.points],
        "completeness": [_completeness(pack, found) for pack, found in whole.completeness],
        "requests": [row_of(one) for one in whole.requests],
        "decision": row_of(whole.decision) if whole.decision else None,
        "measures": [row_of(measure) for measure in whole.measures],
        "measure_tests": [row_of(one) for one in whole.tests],
        "passed_on_upstream": [row_of(one) for one in whole.upstream],
        "counter_notices": [row_of(one) for one in whole.counter_notices],
        "proofs_of_suit": [row_of(one) for one in whole.proofs],
        **told_course(whole.course),
        "deadlines": [row_of(one) for one in whole.deadlines],
        "messages": [_letter(one) for one in whole.messages],
    }
    text = json.dumps(told, cls=_Encoder, ensure_ascii=False, indent=1)
    return text.encode()


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        """Times to the microsecond, in UTC."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _letter(message: Message) -> dict[str, Any]:
    """A letter as it was frozen, but for the tokens: a case file opens nobody's page."""
    told = {name: without_tokens(getattr(message, name)) for name in ("text", "html")}
    return row_of(message) | told


def _artefact(artefact: Model | None) -> dict[str, Any]:
    return {"artefact": row_of(artefact) if artefact else None}


def _completeness(pack: Any, found: Any) -> dict[str, Any]:
    elements = [
        {"key": one.element.key, "finding": str(one.finding), "required": one.required}
        for one in found.examined
    ]
    return {"pack": f"{pack.id} {pack.version}", "status": str(found.status), "elements": elements}
