"""The receipt: rendered once, sealed, written down, sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from common.actors import WORKER
from common.transactions import lock_case
from evidence.files import seal_own
from evidence.ledger import append, case_chain
from evidence.pdf import render
from notices.models import Case, FileRole, Notice, NoticeFile
from notices.services.clocks import meet_acknowledgement
from notices.services.letters import to_filer
from notices.services.regimes import packs_of
from notices.statements import wanted

TEMPLATE = "evidence/receipt.html"


@transaction.atomic
def issue_receipt(case_id: UUID, *, now: datetime) -> bool:
    """Issue the receipt of a case unless it has one; whether this call did it.

    The PDF holds the hash of everything received, is the same for the same notice, and is served
    from the store ever after. The letter carries it and a link to the filer's page.
    """
    lock_case(case_id)
    case = Case.objects.get(id=case_id)
    notice = Notice.objects.get(case=case)
    if notice.files.filter(role=FileRole.RECEIPT).exists():
        return False
    context = receipt_context(case, notice, now)
    pdf = render(TEMPLATE, context, language=notice.language)
    sealed = seal_own(pdf, name=f"{case.reference}-receipt.pdf", kind="application/pdf", at=now)
    NoticeFile.objects.create(notice=notice, file=sealed, role=FileRole.RECEIPT, added_at=now)
    facts = {"file": str(sealed.id), "sha256": sealed.sha256}
    append(case_chain(case_id), "receipt.issued", actor=WORKER, at=now, facts=facts)
    meet_acknowledgement(case, now=now, actor=WORKER)
    to_filer("receipt", case, {}, now=now, actor=WORKER, attachments=(sealed.id,))
    return True


def receipt_context(case: Case, notice: Notice, now: datetime) -> dict[str, Any]:
    """What the receipt states, in the language of the notice and briefly in the other."""
    packs = packs_of(case)
    chinese = notice.language == "zh-Hans"
    with override("zh-hans" if chinese else "en"):
        title = gettext("Receipt for a notice")
    return {
        "case": case,
        "notice": notice,
        "items": list(notice.items.all()),
        "points": list(notice.points.all()),
        "files": list(notice.files.select_related("file").exclude(role=FileRole.RECEIPT)),
        "statements": [
            one for one in wanted(packs, notice.language) if one.key in notice.statements
        ],
        "title": title,
        "reference": case.reference,
        "issued_at": now,
        "other": "en" if chinese else "zh-hans",
        "other_tag": "en" if chinese else "zh-Hans",
    }
