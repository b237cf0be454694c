"""The shape of notices in the API. Shape only: what is missing in law is examined, not refused."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from evidence.tracing import traces_of
from notices.filing import Filing, ItemClaim, PaperClaim, PointClaim
from notices.models import Channel, ClaimedItem, FileRole, FilerRole, Upload
from notices.vocabulary import RequestedMeasure, SampleOrigin, WorkKind

MOST_ITEMS = 5000
MOST_POINTS = 100
MOST_STATEMENTS = 50
LONGEST_KEY = 60
# As long as the column that keeps it.
LONGEST_EMAIL = 254
LANGUAGES = ["en", "zh-Hans"]
ITEM_KINDS = ClaimedItem._meta.get_field("kind").choices or []


class ItemIn(serializers.Serializer[Any]):
    """One thing complained of: an id, a link, or the words of a prompt."""

    kind = serializers.ChoiceField(choices=ITEM_KINDS)
    locator = serializers.CharField(max_length=4000)


class PointIn(serializers.Serializer[Any]):
    """One point of similarity."""

    text = serializers.CharField(max_length=500)


class PaperIn(serializers.Serializer[Any]):
    """A file sent before to /api/v1/files/, and what it is."""

    file = serializers.UUIDField()
    role = serializers.ChoiceField(
        choices=[
            role for role in FileRole.choices if role[0] not in {"frozen", "receipt", "answer"}
        ]
    )


class NoticeIn(serializers.Serializer[Any]):
    """A notice to be filed."""

    language = serializers.ChoiceField(choices=LANGUAGES)
    filer_role = serializers.ChoiceField(choices=FilerRole.choices)
    filer_name = serializers.CharField(max_length=200)
    filer_email = serializers.EmailField(
        max_length=LONGEST_EMAIL, required=False, allow_blank=True, default=""
    )
    filer_phone = serializers.CharField(max_length=50, required=False, default="")
    filer_address = serializers.CharField(max_length=2000, required=False, default="")
    filer_identity = serializers.CharField(max_length=200, required=False, default="")
    principal = serializers.CharField(max_length=200, required=False, default="")
    work_title = serializers.CharField(max_length=300)
    work_kind = serializers.ChoiceField(choices=WorkKind.choices, required=False, default="")
    work_published_at = serializers.CharField(max_length=500, required=False, default="")
    work_description = serializers.CharField(max_length=100_000, required=False, default="")
    explanation = serializers.CharField(max_length=500_000, required=False, default="")
    sample_origin = serializers.ChoiceField(
        choices=SampleOrigin.choices, required=False, default=""
    )
    requested_measures = serializers.ListField(
        child=serializers.ChoiceField(choices=RequestedMeasure.choices),
        required=False,
        default=list,
    )
    statements = serializers.DictField(
        child=serializers.CharField(max_length=20), required=False, default=dict
    )
    signature = serializers.CharField(max_length=200, required=False, default="")
    items = serializers.ListField(child=ItemIn(), allow_empty=False, max_length=MOST_ITEMS)
    points = serializers.ListField(
        child=PointIn(), required=False, default=list, max_length=MOST_POINTS
    )
    files = PaperIn(many=True, required=False, default=list)

    def validate_statements(self, made: dict[str, str]) -> dict[str, str]:
        """Each statement by its key in a pack; there are never many."""
        if len(made) > MOST_STATEMENTS or any(len(key) > LONGEST_KEY for key in made):
            raise serializers.ValidationError(
                _("Name each statement by its key in the pack, at most %(most)d of them.")
                % {"most": MOST_STATEMENTS}
            )
        return made

    def filing(self, channel: Channel, **more: Any) -> Filing:
        """The validated notice as a filing."""
        data = dict(self.validated_data)
        return Filing(
            channel=channel.value,
            items=tuple(ItemClaim(**item) for item in data.pop("items")),
            points=tuple(PointClaim(point["text"]) for point in data.pop("points")),
            files=tuple(more.pop("files", ())),
            requested_measures=tuple(data.pop("requested_measures")),
            **{key: value for key, value in data.items() if key != "files"},
            **more,
        )

    def papers(self) -> list[PaperClaim]:
        """The files named, by the id of their upload."""
        return [PaperClaim(one["file"], one["role"]) for one in self.validated_data["files"]]


class LabelOut(serializers.Serializer[Any]):
    """A label of GB 45438 as it stands in a file: what somebody wrote there, and no proof."""

    fields_found = serializers.DictField(child=serializers.CharField(), source="fields")
    places = serializers.ListField(child=serializers.CharField())
    odd = serializers.ListField(child=serializers.CharField())


class RunOut(serializers.Serializer[Any]):
    """The run of a picture generator as the file tells it."""

    tool = serializers.CharField()
    prompt = serializers.CharField(allow_blank=True)
    negative_prompt = serializers.CharField(allow_blank=True)
    seed = serializers.CharField(allow_blank=True)
    model = serializers.CharField(allow_blank=True)
    loras = serializers.ListField(child=serializers.CharField())


class TracesOut(serializers.Serializer[Any]):
    """What a file says about its making. `manifest`: there is the sign of a C2PA manifest."""

    detector = serializers.CharField()
    labels = LabelOut(many=True)
    runs = RunOut(many=True)
    manifest = serializers.BooleanField()
    notes = serializers.ListField(child=serializers.CharField())


class UploadOut(serializers.Serializer[Any]):
    """A file that was taken and sealed, and what was found in it."""

    id = serializers.UUIDField()
    sha256 = serializers.CharField(source="file.sha256")
    size = serializers.IntegerField(source="file.size")
    media_type = serializers.CharField(source="file.media_type")
    traces = serializers.SerializerMethodField()

    @extend_schema_field(TracesOut)
    def get_traces(self, upload: Upload) -> dict[str, Any]:
        """What the upload's own reading found."""
        return dict(TracesOut(traces_of([upload.file_id])[upload.file_id].report).data)


class UploadIn(serializers.Serializer[Any]):
    """One file."""

    file = serializers.FileField()


class ItemOut(serializers.Serializer[Any]):
    """One claimed item and its outcome."""

    number = serializers.IntegerField()
    kind = serializers.CharField()
    locator = serializers.CharField()
    outcome = serializers.CharField()
    reason = serializers.CharField(source="outcome_reason")


class RegimeOut(serializers.Serializer[Any]):
    """Where the case stands under one pack."""

    pack = serializers.CharField(source="pack_id")
    version = serializers.CharField(source="pack_version")
    state = serializers.CharField()


class CaseOut(serializers.Serializer[Any]):
    """A case as its filer and the desk may read it."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    filed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    regimes = RegimeOut(many=True)
    items = ItemOut(many=True, source="notice.items")
