"""The shape of the queue in the API."""

from typing import Any

from rest_framework import serializers


class ClockOut(serializers.Serializer[Any]):
    """The clock of a case that ends first."""

    kind = serializers.CharField()
    clock = serializers.CharField(source="clock_key")
    due_at = serializers.DateTimeField()
    provisional = serializers.BooleanField()
    state = serializers.CharField()


class RowOut(serializers.Serializer[Any]):
    """One line of the queue."""

    reference = serializers.CharField(source="case.reference")
    title = serializers.CharField(source="case.title")
    state = serializers.CharField(source="case.state")
    filed_at = serializers.DateTimeField(source="case.filed_at")
    items = serializers.IntegerField()
    kinds = serializers.ListField(child=serializers.CharField())
    clock = ClockOut(allow_null=True)


class QueueOut(serializers.Serializer[Any]):
    """One page of a view of the queue."""

    view = serializers.CharField(source="view.slug")
    page = serializers.IntegerField()
    more = serializers.BooleanField()
    cases = RowOut(many=True, source="rows")
