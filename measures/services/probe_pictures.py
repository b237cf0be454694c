"""The picture behind a probe's result, for a person to look at: fetched anew, and only if it is still the same."""

from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _

from common.errors import Conflict, NotFound
from measures.models import ProbeResult
from platforms.contract import PlatformError
from platforms.services import client


def picture_of(result_id: UUID) -> BytesIO:
    """The bytes that were compared. Asks the platform, so never inside a transaction.

    Raises NotFound for what was refused, and Conflict when the platform does not answer or serves other bytes.
    """
    result = ProbeResult.objects.filter(id=result_id).exclude(output="").first()
    if result is None or not result.media_type.startswith("image/"):
        raise NotFound(_("There is no such output."))
    try:
        content = client().content(result.output)
    except PlatformError as error:
        raise Conflict(_("The platform does not give the output at present.")) from error
    if content.sha256 != result.sha256:
        raise Conflict(_("The platform serves another file now than the one that was compared."))
    return BytesIO(content.body)
