"""What generators write about their runs is read in the words of each."""

import json
from typing import Any

import pytest

from evidence.traces.parameters import LONGEST_WORDS, Parameters, Tool
from evidence.traces.reading import read
from tests.evidence.traces import files

SETTINGS = "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1234567, Size: 512x512, Model hash: abc123, Model: foxdream_v2, Version: v1.9"
WRITTEN = (
    f"a fox, red coat <lora:foxspirit:0.8>\nat night\nNegative prompt: blurry, text\n{SETTINGS}"
)
GRAPH: dict[str, Any] = {
    "3": {"class_type": "KSampler", "inputs": {"seed": 42, "model": ["4", 0]}},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl.safetensors"}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox in a lantern"}},
    "9": {"class_type": "LoraLoader", "inputs": {"lora_name": "fox.safetensors"}},
}


def run(content: bytes) -> Parameters:
    [found] = read(content).runs
    return found


@pytest.mark.parametrize(
    "content",
    [
        files.png({"parameters": WRITTEN}),
        files.png({"parameters": WRITTEN}, way="iTXt"),
        files.jpeg(WRITTEN, "UNICODE"),
        files.saved("WEBP", exif=files.exif(files.comment(WRITTEN))),
    ],
)
def test_automatic1111(content: bytes) -> None:
    found = run(content)
    assert found.tool == Tool.AUTOMATIC1111
    assert found.prompt == "a fox, red coat <lora:foxspirit:0.8>\nat night"
    assert (found.negative_prompt, found.seed, found.model) == (
        "blurry, text",
        "1234567",
        "foxdream_v2",
    )
    assert found.loras == ("foxspirit",)
    assert not found.broken


def test_the_sandbox_s_own_wording_is_read() -> None:
    words = "fox\nNegative prompt: \nSeed: 7, Model: acme-ink-1, Lora: foxspirit-v3@1"
    found = run(files.png({"parameters": words}))
    assert (found.prompt, found.seed, found.model, found.loras) == (
        "fox",
        "7",
        "acme-ink-1",
        ("foxspirit-v3@1",),
    )


def test_comfyui() -> None:
    found = run(files.png({"prompt": json.dumps(GRAPH), "workflow": '{"nodes": []}'}))
    assert found.tool == Tool.COMFYUI
    assert (found.prompt, found.seed, found.model) == (
        "a fox in a lantern",
        "42",
        "sdxl.safetensors",
    )
    assert found.loras == ("fox.safetensors",)


def test_comfyui_with_its_workflow_alone() -> None:
    assert run(files.png({"workflow": '{"nodes": [{"type": "KSampler"}]}'})).tool == Tool.COMFYUI


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (
            "invokeai_metadata",
            {
                "positive_prompt": "fox",
                "negative_prompt": "dog",
                "seed": 5,
                "model": {"name": "juggernaut"},
                "loras": [{"model": {"name": "foxlora"}, "weight": 1}],
            },
        ),
        (
            "invokeai_metadata",
            {
                "positive_prompt": "fox",
                "negative_prompt": "dog",
                "seed": 5,
                "model": {"model_name": "juggernaut"},
                "loras": [{"lora": {"model_name": "foxlora"}, "weight": 1}],
            },
        ),
    ],
)
def test_invokeai(key: str, told: dict[str, Any]) -> None:
    found = run(files.png({key: json.dumps(told)}))
    assert found.tool == Tool.INVOKEAI
    assert (found.prompt, found.negative_prompt, found.seed) == ("fox", "dog", "5")
    assert (found.model, found.loras) == ("juggernaut", ("foxlora",))


def test_invokeai_of_old() -> None:
    told = {
        "model_weights": "sd-1.5",
        "image": {"prompt": [{"prompt": "fox", "weight": 1}], "seed": 9},
    }
    found = run(files.png({"sd-metadata": json.dumps(told)}))
    assert (found.prompt, found.seed, found.model) == ("fox", "9", "sd-1.5")


def test_novelai() -> None:
    texts = {
        "Software": "NovelAI",
        "Source": "Stable Diffusion XL 7BCCAA2C",
        "Description": "fox, lantern",
        "Comment": json.dumps({"seed": 77, "uc": "lowres", "steps": 28}),
    }
    found = run(files.png(texts))
    assert found.tool == Tool.NOVELAI
    assert (found.prompt, found.seed, found.negative_prompt) == ("fox, lantern", "77", "lowres")
    assert found.model == "Stable Diffusion XL 7BCCAA2C"


@pytest.mark.parametrize("key", ["parameters", "prompt", "workflow", "invokeai_metadata"])
def test_what_bears_the_name_and_cannot_be_read_is_said_to_be_broken(key: str) -> None:
    assert run(files.png({key: "{" * 50_000})).broken


def test_words_are_kept_within_bounds() -> None:
    found = run(files.png({"parameters": "f" * 900_000 + "\nSeed: 1"}))
    assert len(found.prompt) == LONGEST_WORDS
