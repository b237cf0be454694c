"""What picture generators write about their own runs: AUTOMATIC1111, ComfyUI, InvokeAI, NovelAI."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from evidence.traces.pieces import Carrier, Text

LONGEST_WORDS: Final = 4000
LONGEST_NAME: Final = 300
_LONGEST_JSON: Final = 512 << 10
_MOST_NODES: Final = 2000
_MOST_LORAS: Final = 20
_NEGATIVE: Final = "\nNegative prompt:"
_SETTINGS: Final = re.compile(r"^(?:Steps|Seed): ", re.M)
_SETTING: Final = re.compile(r"\b(Seed|Model hash|Model|Version|Lora): ([^,\n]{1,300})")
_LORA: Final = re.compile(r"<lora:([^:<>]{1,200})")


class Tool(StrEnum):
    """Which program wrote it, by its way of writing."""

    AUTOMATIC1111 = "automatic1111"
    COMFYUI = "comfyui"
    INVOKEAI = "invokeai"
    NOVELAI = "novelai"


@dataclass(frozen=True)
class Parameters:
    """A run as the file tells it. Everything is text; empty where it says nothing."""

    tool: Tool
    carrier: Carrier
    prompt: str = ""
    negative_prompt: str = ""
    seed: str = ""
    model: str = ""
    loras: tuple[str, ...] = ()
    broken: bool = field(default=False)
    """It bears the tool's name and cannot be read as that tool writes it."""


def parameters_in(text: Text, others: Mapping[str, str]) -> Iterator[Parameters]:
    """What one text tells; `others` are all short texts of the file by their names in lower case."""
    key = text.key.strip().lower()
    if key == "parameters" or (key in {"usercomment", "com"} and _looks_like_1111(text.value)):
        yield _automatic1111(text)
    elif (key == "prompt" and text.value.lstrip()[:1] == "{") or (
        key == "workflow" and "prompt" not in others
    ):
        yield _comfyui(text)
    elif key in {"invokeai_metadata", "sd-metadata"}:
        yield _invokeai(text)
    elif key == "comment" and "novelai" in others.get("software", "").lower():
        yield _novelai(text, others)


def _looks_like_1111(value: str) -> bool:
    return "Steps: " in value and "Sampler: " in value


def _automatic1111(text: Text) -> Parameters:
    value = text.value[:_LONGEST_JSON].replace("\r\n", "\n")
    settings = _SETTINGS.search(value)
    words = value[: settings.start()] if settings else value
    prompt, _, negative = words.partition(_NEGATIVE)
    told = {
        name: said.strip()
        for name, said in _SETTING.findall(value[settings.start() :] if settings else "")
    }
    loras = [
        *_LORA.findall(prompt),
        *([told["Lora"]] if told.get("Lora", "none") != "none" else []),
    ]
    return Parameters(
        Tool.AUTOMATIC1111,
        text.carrier,
        prompt=_words(prompt),
        negative_prompt=_words(negative),
        seed=_name(told.get("Seed", "")),
        model=_name(told.get("Model") or told.get("Model hash") or ""),
        loras=_names(loras),
        broken=settings is None,
    )


def _comfyui(text: Text) -> Parameters:
    graph = _json(text.value)
    nodes = graph.get("nodes") if isinstance(graph.get("nodes"), list) else list(graph.values())
    told: dict[str, list[str]] = {"prompt": [], "seed": [], "model": [], "lora": []}
    for node in nodes[:_MOST_NODES] if isinstance(nodes, list) else ():
        inputs = node.get("inputs") if isinstance(node, dict) else None
        for name, value in inputs.items() if isinstance(inputs, dict) else ():
            if isinstance(value, str | int) and (kind := _kind_of_input(name)):
                told[kind].append(str(value))
    words = [one for one in told["prompt"] if one.strip()]
    return Parameters(
        Tool.COMFYUI,
        text.carrier,
        prompt=_words("\n".join(words[:10])),
        seed=_name(told["seed"][0] if told["seed"] else ""),
        model=_name(told["model"][0] if told["model"] else ""),
        loras=_names(told["lora"]),
        broken=not graph,
    )


def _kind_of_input(name: str) -> str:
    """What an input of a node holds, by its name: nodes have a thousand kinds, inputs few names."""
    named = {"text": "prompt", "seed": "seed", "noise_seed": "seed", "ckpt_name": "model"}
    return {**named, "unet_name": "model", "lora_name": "lora"}.get(name, "")


def _invokeai(text: Text) -> Parameters:
    told = _json(text.value)
    inner = told.get("image")
    image = inner if isinstance(inner, dict) else told
    model = told.get("model")
    if isinstance(model, dict):
        model = model.get("name") or model.get("model_name") or model.get("key")
    loras = [
        str(one.get("name") or one.get("model_name") or "")
        for one in _dicts([_inner(lora) for lora in _dicts(told.get("loras"))])
    ]
    prompts = _dicts(image.get("prompt"))
    prompt = told.get("positive_prompt") or (
        prompts[0].get("prompt") if prompts else image.get("prompt")
    )
    return Parameters(
        Tool.INVOKEAI,
        text.carrier,
        prompt=_words(_said(prompt)),
        negative_prompt=_words(_said(told.get("negative_prompt"))),
        seed=_name(_said(told.get("seed", image.get("seed")))),
        model=_name(_said(model or told.get("model_weights"))),
        loras=_names(loras),
        broken=not told,
    )


def _inner(lora: dict[str, Any]) -> Any:
    return next(
        (lora[name] for name in ("model", "lora") if isinstance(lora.get(name), dict)), lora
    )


def _novelai(text: Text, others: Mapping[str, str]) -> Parameters:
    told = _json(text.value)
    return Parameters(
        Tool.NOVELAI,
        text.carrier,
        prompt=_words(_said(told.get("prompt")) or others.get("description", "")),
        negative_prompt=_words(_said(told.get("uc"))),
        seed=_name(_said(told.get("seed"))),
        model=_name(others.get("source", "") or others.get("software", "")),
        broken=not told,
    )


def _json(value: str) -> dict[str, Any]:
    """The object, or an empty one for what is none, is too deep or too long."""
    if len(value) > _LONGEST_JSON:
        return {}
    try:
        found = json.loads(value.strip("\x00 \r\n\t"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return (
        [one for one in value[:_MOST_LORAS] if isinstance(one, dict)]
        if isinstance(value, list)
        else []
    )


def _said(value: Any) -> str:
    return (
        str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    )


def _words(value: str) -> str:
    tidy = "".join(
        sign if sign.isprintable() or sign == "\n" else " " for sign in value[: 2 * LONGEST_WORDS]
    )
    return tidy.strip()[:LONGEST_WORDS]


def _name(value: str) -> str:
    return " ".join(_words(value[:LONGEST_NAME]).split())


def _names(values: list[str]) -> tuple[str, ...]:
    named = (_name(one) for one in values)
    return tuple(dict.fromkeys(one for one in named if one))[:_MOST_LORAS]
