"""What a generated file says about itself: the hidden label of GB 45438-2025 and the generation record."""

import struct
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from flask import json
from PIL import Image

PRODUCER = "001191110000MA0ACMEAI00001"
EXIF_IFD, USER_COMMENT = 0x8769, 0x9286
NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"


@dataclass(frozen=True)
class Origin:
    """Where a file comes from: the artefact's id and its ProduceID."""

    artefact_id: str
    produce_id: str


@dataclass(frozen=True)
class Told:
    """What is written into a picture file, place by place. A PNG has all of them, a JPEG no texts."""

    texts: dict[str, str]
    """Text chunks of a PNG: the label, and the parameters in the customary wording."""
    exif: bytes
    """EXIF with the label in UserComment."""
    xmp: bytes
    """An XMP packet with the label."""


def label(origin: Origin) -> dict[str, str]:
    """The seven fields of annex E; the platform produces and propagates."""
    return {
        "Label": "1",
        "ContentProducer": PRODUCER,
        "ProduceID": origin.produce_id,
        "ReservedCode1": "",
        "ContentPropagator": PRODUCER,
        "PropagateID": origin.artefact_id,
        "ReservedCode2": "",
    }


def told(origin: Origin, generation: dict[str, Any]) -> Told:
    """Everything a file of this origin says about itself."""
    aigc = label(origin)
    return Told(_texts(aigc, generation), _exif(aigc), _xmp(aigc))


def _texts(aigc: dict[str, str], generation: dict[str, Any]) -> dict[str, str]:
    parameters = (
        f"{generation['prompt']}\nNegative prompt: {generation['negative_prompt']}\n"
        f"Seed: {generation['seed']}, Model: {generation['model']}, Lora: {', '.join(generation['loras']) or 'none'}"
    )
    return {"AIGC": json.dumps(aigc), "parameters": parameters, "Software": "Acme AI sandbox"}


def _exif(aigc: dict[str, str]) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[USER_COMMENT] = (
        b"ASCII\x00\x00\x00" + json.dumps({"AIGC": aigc}).encode()
    )
    return exif.tobytes()


def _xmp(aigc: dict[str, str]) -> bytes:
    inner = escape(json.dumps({"AIGC": aigc}))
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:TC260="{NAMESPACE}"><TC260:AIGC>{inner}</TC260:AIGC></rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def lora_file(model_version: str, trained_on: list[str], coarse: bool = False) -> bytes:
    """A tiny valid safetensors file: a header with metadata and one small weight tensor.

    `coarse`: quantised, one byte for each weight instead of four.
    """
    size = 16 if coarse else 64
    weights = bytes((index * 37 + len(model_version)) % 256 for index in range(size))
    header = json.dumps(
        {
            "__metadata__": {
                "ss_output_name": model_version,
                "ss_training_pictures": ",".join(trained_on),
            },
            "lora_unet.weight": {
                "dtype": "I8" if coarse else "F32",
                "shape": [4, 4],
                "data_offsets": [0, size],
            },
        }
    ).encode()
    header += b" " * (-len(header) % 8)
    return struct.pack("<Q", len(header)) + header + weights
