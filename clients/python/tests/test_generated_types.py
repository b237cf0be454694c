"""The types are those of the contract, and what is told of a decision is what the contract promises."""

import runpy
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from redress_client import Confirmation, Decision, Match, Rule, wire

GENERATOR: dict[str, Any] = runpy.run_path(str(Path(__file__).parent.parent / "generate.py"))


def test_the_types_are_as_the_contract_says_today() -> None:
    contract = yaml.safe_load(GENERATOR["CONTRACT"].read_text("utf-8"))
    assert GENERATOR["TARGET"].read_text("utf-8") == GENERATOR["written"](contract)


def test_every_field_of_an_answer_is_told() -> None:
    for ours, theirs in (
        (Decision, wire.PromptDecision),
        (Rule, wire.Rule),
        (Match, wire.Match),
        (Confirmation, wire.Confirmation),
    ):
        assert set(theirs.__annotations__) <= {field.name for field in fields(ours)}
