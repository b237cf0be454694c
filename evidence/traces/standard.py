"""GB 45438-2025, annex E: the key, its seven fields, and what can be odd about a label."""

from enum import StrEnum
from typing import Final

FIELDS: Final = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
KEY: Final = "AIGC"


class Odd(StrEnum):
    """What is strange about a label. None of it makes the label worthless, and none of its absence makes it true."""

    LABEL_UNKNOWN = "label_unknown"
    LABEL_MISSING = "label_missing"
    NOT_TEXT = "not_text"
    PRODUCE_ID_MISSING = "produce_id_missing"
    PRODUCE_ID_ZEROS = "produce_id_zeros"
    PRODUCER_MISSING = "producer_missing"
    KEY_COLON = "key_colon"
    KEY_MISSING = "key_missing"
    NOT_JSON = "not_json"
    FIELDS_MISSING = "fields_missing"
    FIELDS_UNKNOWN = "fields_unknown"
    TOO_LONG = "too_long"
    CONTROL_SIGNS = "control_signs"
    UNREADABLE = "unreadable"
