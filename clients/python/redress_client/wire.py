"""What travels between the guard and its callers. Written by generate.py from docs/guard.yaml."""

from typing import Literal, NotRequired, TypedDict


class PromptCheck(TypedDict):
    prompt: str
    negative_prompt: NotRequired[str]
    user: NotRequired[str]
    surface: NotRequired[str]
    language: NotRequired[Literal["en", "zh-Hans"]]
    territory: NotRequired[str]
    confirmation: NotRequired[str]


class Rule(TypedDict):
    id: str
    reason: str
    case: str
    expires: str | None
    mode: str


class Match(TypedDict):
    field: str
    start: int
    end: int
    text: str
    normalized: str
    how: list[str]


class Confirmation(TypedDict):
    token: str
    expires: str
    refused: str | None


class PromptDecision(TypedDict):
    id: str
    decision: Literal["allow", "warn", "block"]
    rule: Rule | None
    matches: list[Match]
    user_message: dict[str, str] | None
    appeal_url: str | None
    rule_set_version: int
    mode: str
    confirmation: Confirmation | None


class FieldProblem(TypedDict):
    pointer: str
    detail: str


class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldProblem]]
