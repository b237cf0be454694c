"""What a notice says, in the words of the packs, and what each pack finds missing."""

from collections.abc import Iterable, Mapping

from notices.models import Case, FileRole, FilerRole, InformationRequest, Notice, NoticeFile
from notices.services.regimes import packs_of
from regimes.completeness import Completeness, examine, may_refuse
from regimes.pack import Pack


def examined(
    case: Case, notice: Notice, papers: Iterable[NoticeFile]
) -> list[tuple[Pack, Completeness]]:
    """Each pack of the case with its finding, element by element. The machine proposes, a person decides."""
    stated = facts(notice, list(papers), _answers(case))
    return [(pack, examine(pack, stated)) for pack in packs_of(case)]


def may_be_refused_for_a_gap(case: Case) -> bool:
    """Whether every law of the case lets a missing element end the notice; the European one never does."""
    return all(may_refuse(pack) for pack in packs_of(case))


def facts(
    notice: Notice, papers: list[NoticeFile], answers: Mapping[str, str]
) -> dict[str, object]:
    """The notice as facts, by the keys that the packs use; a later answer counts where nothing was said."""
    count = {role: sum(p.role == role for p in papers) for role in FileRole.values}
    items = list(notice.items.values_list("locator", flat=True))
    contact = [text for text in (notice.filer_email, notice.filer_phone) if text]
    stated: dict[str, object] = {
        # PRC: Civil Code 1195(1); Regulation 2013 art. 14
        "rightholder_name": notice.principal or notice.filer_name,
        "rightholder_contact": ", ".join(contact),
        "rightholder_address": notice.filer_address,
        "rightholder_identity_proof": count[FileRole.IDENTITY] or notice.filer_identity,
        "filed_by_agent": notice.filer_role == FilerRole.AGENT,
        "agent_authority": count[FileRole.AUTHORITY],
        "right_proof": count[FileRole.RIGHT_PROOF],
        "work_title": notice.work_title,
        "target_location": items,
        "requested_measures": list(notice.requested_measures),
        "prelim_evidence": count[FileRole.OUTPUT_COPY] + count[FileRole.FROZEN]
        or notice.explanation,
        "sample_origin": notice.sample_origin,
        "similarity_points": list(notice.points.values_list("text", flat=True)),
        "written_form": True,
        # US: 17 USC 512(c)(3)(A)
        "signature": notice.signature,
        "work_identification": notice.work_title,
        "material_identification_location": items,
        "contact": ", ".join([*contact, *filter(None, [notice.filer_address])]),
        # EU: DSA 16(2)
        "explanation": notice.explanation,
        "exact_location": items,
        "name_email": f"{notice.filer_name} {notice.filer_email}" if notice.filer_email else "",
        "rights_basis": count[FileRole.RIGHT_PROOF],
    }
    stated |= dict.fromkeys(notice.statements, True)
    stated |= notice.particulars
    return stated | {key: text for key, text in answers.items() if not stated.get(key)}


def _answers(case: Case) -> dict[str, str]:
    answered = InformationRequest.objects.filter(case=case).order_by("asked_at")
    return {key: text for one in answered for key, text in one.answers.items() if text}
