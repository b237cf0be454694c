"""The shape of assessment sheets in the API."""

from typing import Any

from rest_framework import serializers

from casework.assessment.questions import Finding


class QuestionOut(serializers.Serializer[Any]):
    """One question and the findings it can have."""

    key = serializers.CharField()
    title = serializers.CharField()
    asks = serializers.CharField()
    norms = serializers.ListField(child=serializers.CharField())
    findings = serializers.DictField(child=serializers.CharField())
    needed = serializers.BooleanField(source="required")


class SectionOut(serializers.Serializer[Any]):
    """Questions that are looked at together."""

    key = serializers.CharField()
    title = serializers.CharField()
    questions = QuestionOut(many=True)


class AnswerOut(serializers.Serializer[Any]):
    """What a person found about one question."""

    finding = serializers.ChoiceField(choices=Finding.choices)
    note = serializers.CharField()


class HeldOut(serializers.Serializer[Any]):
    """What the house knew about one question: the sentence, and whence it has it, by language tag."""

    code = serializers.CharField()
    values = serializers.DictField()
    text = serializers.DictField(child=serializers.CharField())
    origin = serializers.DictField(child=serializers.CharField())


class AssessmentOut(serializers.Serializer[Any]):
    """One version; `answers` and `held` by the question's key."""

    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="by.name")
    edition = serializers.CharField()
    sha256 = serializers.CharField()
    answers = serializers.DictField(child=AnswerOut())
    held = serializers.DictField(child=serializers.ListField(child=HeldOut()))


class AssessmentsOut(serializers.Serializer[Any]):
    """Every version of a case's sheet."""

    reference = serializers.CharField()
    edition = serializers.CharField()
    sections = SectionOut(many=True)
    versions = AssessmentOut(many=True)
