"""The shape of measures in the API: what engineers need, and nothing about people."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from measures.models import Measure
from measures.rules import Family
from measures.services.lifecycle import target_of
from measures.services.shown import Shown, verification
from measures.states import MeasureState


class MeasureOut(serializers.Serializer[Any]):
    """One measure."""

    id = serializers.UUIDField()
    family = serializers.ChoiceField(choices=Family.choices)
    level = serializers.CharField()
    target = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=MeasureState.choices)
    parameters = serializers.JSONField()
    ordered_at = serializers.DateTimeField()
    in_force_at = serializers.DateTimeField(allow_null=True)
    lifted_at = serializers.DateTimeField(allow_null=True)
    attempts = serializers.IntegerField()
    last_error = serializers.CharField()
    alarmed_at = serializers.DateTimeField(allow_null=True)
    acknowledgement = serializers.JSONField(allow_null=True)
    lift_acknowledgement = serializers.JSONField(allow_null=True)
    verification = serializers.SerializerMethodField()
    verified_at = serializers.DateTimeField(allow_null=True)
    found_broken_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(choices=[one.value for one in Shown]))
    def get_verification(self, measure: Measure) -> str:
        """What tests have shown: an acknowledgement alone verifies nothing."""
        return verification(measure).shown.value

    def get_target(self, measure: Measure) -> str:
        """The platform's own name for what is acted on."""
        return target_of(measure)


class MeasuresOut(serializers.Serializer[Any]):
    """One page of measures."""

    page = serializers.IntegerField()
    more = serializers.BooleanField()
    measures = MeasureOut(many=True)


class AcknowledgementIn(serializers.Serializer[Any]):
    """The platform's word on a measure (docs/platform-contract.yaml)."""

    acknowledgement_id = serializers.CharField(max_length=200)
    state = serializers.ChoiceField(choices=["applied", "accepted", "lifted"])
    applied_at = serializers.DateTimeField(required=False)
