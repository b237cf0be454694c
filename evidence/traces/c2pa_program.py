"""Run by `manifest.look` in a process of its own: the file on standard input, one JSON object on standard output."""

import json
import resource
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

import c2pa

_MEMORY: Final = 2 << 30
_CPU_SECONDS: Final = 20
# No address that the file names is asked for anything: not for its manifest, not for the state of its certificate.
_SETTINGS: Final = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}


def main() -> None:
    """Answer with what the active manifest says, or with the library's error."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told: dict[str, Any] = {"reader": f"c2pa-python {version('c2pa-python')}"}
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(_SETTINGS))
        with open(0, "rb") as stream, c2pa.Reader(stream, context=context) as reader:
            told |= _active(json.loads(reader.json()))
    except c2pa.C2paError as error:
        told["error"] = str(error)
    json.dump(told, sys.stdout)


def _active(store: dict[str, Any]) -> dict[str, Any]:
    manifest = store["manifests"][store["active_manifest"]]
    signed = manifest.get("signature_info") or {}
    made = [one.get("name", "") for one in manifest.get("claim_generator_info") or ()]
    results = (store.get("validation_results") or {}).get("activeManifest") or {}
    failures = [one["code"] for one in results.get("failure") or ()]
    return {
        "generator": ", ".join(made) or manifest.get("claim_generator", ""),
        "signer": signed.get("common_name") or signed.get("issuer") or "",
        "signed_at": signed.get("time") or "",
        "sources": sorted(set(_sources(manifest))),
        # Whom to trust is not decided here: we keep no list of signers.
        "failures": [code for code in failures if code != "signingCredential.untrusted"],
    }


def _sources(manifest: dict[str, Any]) -> Iterator[str]:
    for assertion in manifest.get("assertions") or ():
        data = assertion.get("data")
        for action in data.get("actions", ()) if isinstance(data, dict) else ():
            if source := action.get("digitalSourceType"):
                yield str(source).rpartition("/")[2]


if __name__ == "__main__":
    main()
