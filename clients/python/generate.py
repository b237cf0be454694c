"""`python clients/python/generate.py`: writes redress_client/wire.py, the documents of docs/guard.yaml as types."""

from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent
CONTRACT: Final = HERE.parent.parent / "docs" / "guard.yaml"
TARGET: Final = HERE / "redress_client" / "wire.py"
WANTED: Final = ("PromptCheck", "PromptDecision", "Problem")
HEAD: Final = '''"""What travels between the guard and its callers. Written by generate.py from docs/guard.yaml."""

from typing import Literal, NotRequired, TypedDict
'''
PLAIN: Final = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
}
Schema = dict[str, Any]


def written(contract: Schema) -> str:
    """The whole module."""
    schemas: dict[str, Schema] = contract["components"]["schemas"]
    return HEAD + "".join(_class(name, schemas[name]) for name in _needed(schemas))


def _needed(schemas: dict[str, Schema]) -> list[str]:
    """What is wanted and what that refers to, each after what it refers to."""
    found: list[str] = []

    def visit(name: str) -> None:
        for other in _references(schemas[name]):
            visit(other)
        if name not in found:
            found.append(name)

    for name in WANTED:
        visit(name)
    return found


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [_name(node["$ref"])] if "$ref" in node else []
        return own + [name for value in node.values() for name in _references(value)]
    return [name for value in node for name in _references(value)] if isinstance(node, list) else []


def _class(name: str, schema: Schema) -> str:
    required = schema.get("required", ())
    lines = [f"\n\nclass {name}(TypedDict):\n"]
    for field, inner in schema["properties"].items():
        kind = _type(inner)
        lines.append(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}\n")
    return "".join(lines)


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "oneOf" in schema:
        return " | ".join(map(_type, schema["oneOf"]))
    if "enum" in schema:
        values = ", ".join(f'"{value}"' for value in schema["enum"])
        return f"Literal[{values}]"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " | ".join(_plain(kind, schema) for kind in kinds)


def _plain(kind: str, schema: Schema) -> str:
    if kind == "array":
        return f"list[{_type(schema['items'])}]"
    if kind == "object":
        return f"dict[str, {_type(schema['additionalProperties'])}]"
    return PLAIN[kind]


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[1]


if __name__ == "__main__":
    TARGET.write_text(written(yaml.safe_load(CONTRACT.read_text("utf-8"))), encoding="utf-8")
