"""Notices over HTTP, beside the pages and through the same services."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.actors import Actor, staff
from common.clock import now
from common.errors import RedressError
from notices.access import case_for, require_role
from notices.filing import PaperClaim
from notices.models import Channel, FileRole, Upload
from notices.serializers import CaseOut, NoticeIn, UploadIn, UploadOut
from notices.services.submit import submit
from notices.services.uploads import take
from users.models import User
from users.roles import CASEWORKERS, Role


class FilesApi(APIView):
    """Hand in a file before the notice that names it."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=UploadIn, responses={201: UploadOut}, operation_id="files_create")
    def post(self, request: Request) -> Response:
        """Seal one file; its id is good for notices of the same account."""
        user = require_role(request.user, Role.FILER, *CASEWORKERS)
        shape = UploadIn(data=request.data)
        shape.is_valid(raise_exception=True)
        upload = take(shape.validated_data["file"], user=user, now=now())
        return Response(UploadOut(upload).data, status=status.HTTP_201_CREATED)


class NoticesApi(APIView):
    """File a notice."""

    @extend_schema(request=NoticeIn, responses={201: CaseOut}, operation_id="notices_create")
    def post(self, request: Request) -> Response:
        """A new case. A caseworker's key enters a notice that came by another way."""
        user = require_role(request.user, Role.FILER, *CASEWORKERS)
        shape = NoticeIn(data=request.data)
        shape.is_valid(raise_exception=True)
        case = submit(_filing(shape, user), now=now(), actor=_actor(user))
        headers = {"Location": f"/api/v1/notices/{case.reference}/"}
        return Response(CaseOut(case).data, status=status.HTTP_201_CREATED, headers=headers)


class NoticeApi(APIView):
    """Read one notice."""

    @extend_schema(responses=CaseOut, operation_id="notices_read")
    def get(self, request: Request, reference: str) -> Response:
        """Where the case stands, item by item."""
        return Response(CaseOut(case_for(request.user, reference)).data)


def _filing(shape: NoticeIn, user: User) -> Any:
    entered = user.is_caseworker
    uploads = _uploads(shape.papers(), user)
    originals = [upload for upload, role in uploads if role == FileRole.ORIGINAL]
    if len(originals) > 1:
        text = _(
            "A notice is received once: name one file as the original, the others by what they are."
        )
        raise RedressError(text, fields={"files": text})
    papers = [PaperClaim(up.file_id, role) for up, role in uploads if role != FileRole.ORIGINAL]
    more: dict[str, Any] = {"files": papers, "account_id": None if entered else user.id}
    if originals:
        file = originals[0].file
        more |= {
            "original": file.read(),
            "original_name": file.name,
            "original_kind": file.media_type,
        }
    return shape.filing(Channel.STAFF if entered else Channel.API, **more)


def _uploads(papers: list[PaperClaim], user: User) -> list[tuple[Upload, str]]:
    ids: list[UUID] = [paper.file_id for paper in papers]
    found = Upload.objects.select_related("file").filter(account=user).in_bulk(ids)
    missing = [str(id) for id in ids if id not in found]
    if missing:
        text = _("Send these files to /api/v1/files/ first, with the same key.")
        raise RedressError(text, fields={"files": ", ".join(missing)})
    return [(found[paper.file_id], paper.role) for paper in papers]


def _actor(user: User) -> Actor | None:
    return staff(user.id) if user.is_caseworker else None
