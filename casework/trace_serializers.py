"""The shape of a case's traces in the API."""

from typing import Any

from rest_framework import serializers

from notices.serializers import TracesOut


class CredentialOut(serializers.Serializer[Any]):
    """The C2PA manifest of a file, as its library read it."""

    answer = serializers.CharField()
    reader = serializers.CharField(allow_blank=True)
    generator = serializers.CharField(allow_blank=True)
    signer = serializers.CharField(allow_blank=True)
    signed_at = serializers.CharField(allow_blank=True)
    sources = serializers.ListField(child=serializers.CharField())
    failures = serializers.ListField(child=serializers.CharField())


class SessionOut(serializers.Serializer[Any]):
    """One number of a label and the generation behind it. `distance` is PDQ's, in bits of 256."""

    number = serializers.CharField()
    answer = serializers.CharField()
    asked_at = serializers.DateTimeField()
    same_bytes = serializers.BooleanField(allow_null=True)
    looks_alike = serializers.BooleanField(allow_null=True)
    distance = serializers.IntegerField(allow_null=True)
    item = serializers.IntegerField(allow_null=True)
    found_item = serializers.BooleanField()
    artefact = serializers.CharField(allow_null=True)
    user = serializers.CharField(allow_null=True)
    generation = serializers.JSONField(allow_null=True)


class TracedFileOut(serializers.Serializer[Any]):
    """One file of the case."""

    file = serializers.UUIDField()
    sha256 = serializers.CharField()
    role = serializers.CharField()
    read_at = serializers.DateTimeField()
    report = TracesOut()
    manifest = CredentialOut(allow_null=True)
    invisible_mark = serializers.CharField()
    sessions = SessionOut(many=True)


class OutputLabelOut(serializers.Serializer[Any]):
    """How the service labelled one output, by its word and by its file."""

    item = serializers.IntegerField()
    artefact = serializers.CharField(allow_null=True)
    service_label = serializers.CharField(allow_null=True, source="label")
    hidden_label_in_file = serializers.BooleanField(allow_null=True)
    number_fits = serializers.BooleanField(allow_null=True)
    contradicts = serializers.BooleanField()
    log_until = serializers.DateField(allow_null=True)


class CaseTracesOut(serializers.Serializer[Any]):
    """All traces of a case. `waiting`: files that nobody has read yet."""

    reference = serializers.CharField()
    waiting = serializers.IntegerField()
    files = TracedFileOut(many=True)
    outputs = OutputLabelOut(many=True)
