"""What a generated file says about itself: the hidden label of GB 45438-2025 and the generation record."""

import struct
from dataclasses import dataclass
from typing import Any

from flask import json

PRODUCER = "001191110000MA0ACMEAI00001"


@dataclass(frozen=True)
class Origin:
    """Where a file comes from: the artefact's id and its ProduceID."""

    artefact_id: str
    produce_id: str


def picture_texts(origin: Origin, generation: dict[str, Any]) -> dict[str, str]:
    """Text chunks of a PNG: the AIGC label as JSON and the parameters in the customary wording."""
    aigc = {
        "Label": "1",
        "ContentProducer": PRODUCER,
        "ProduceID": origin.produce_id,
        "ReservedCode1": "",
        "ContentPropagator": PRODUCER,
        "PropagateID": origin.artefact_id,
        "ReservedCode2": "",
    }
    parameters = (
        f"{generation['prompt']}\nNegative prompt: {generation['negative_prompt']}\n"
        f"Seed: {generation['seed']}, Model: {generation['model']}, Lora: {', '.join(generation['loras']) or 'none'}"
    )
    return {"AIGC": json.dumps(aigc), "parameters": parameters, "Software": "Acme AI sandbox"}


def lora_file(model_version: str, trained_on: list[str]) -> bytes:
    """A tiny valid safetensors file: a header with metadata and one small weight tensor."""
    weights = bytes((index * 37 + len(model_version)) % 256 for index in range(64))
    header = json.dumps(
        {
            "__metadata__": {
                "ss_output_name": model_version,
                "ss_training_pictures": ",".join(trained_on),
            },
            "lora_unet.weight": {"dtype": "F32", "shape": [4, 4], "data_offsets": [0, 64]},
        }
    ).encode()
    header += b" " * (-len(header) % 8)
    return struct.pack("<Q", len(header)) + header + weights
