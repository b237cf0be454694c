"""Reports and manifests as plain data and back: what is stored, told by the API and laid into a case file."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from evidence.traces.labels import Label
from evidence.traces.manifest import Answer, Manifest
from evidence.traces.parameters import Parameters, Tool
from evidence.traces.pieces import Carrier
from evidence.traces.reading import Note, Report
from evidence.traces.standard import Odd


def report_data(report: Report) -> dict[str, Any]:
    """The report as JSON knows it; `of_report_data` reads it back."""
    return {
        "detector": report.detector,
        "labels": [
            {
                **asdict(label),
                "odd": [str(one) for one in label.odd],
                "places": [str(one) for one in places],
            }
            for label, places in zip(report.labels, report.places, strict=True)
        ],
        "runs": [asdict(run) for run in report.runs],
        "manifest": report.manifest,
        "notes": [str(note) for note in report.notes],
    }


def of_report_data(data: Mapping[str, Any]) -> Report:
    """The report that was stored."""
    labels = data["labels"]
    return Report(
        detector=data["detector"],
        labels=tuple(_label(one) for one in labels),
        places=tuple(tuple(Carrier(place) for place in one["places"]) for one in labels),
        runs=tuple(_run(one) for one in data["runs"]),
        manifest=data["manifest"],
        notes=tuple(Note(one) for one in data["notes"]),
    )


def manifest_data(manifest: Manifest) -> dict[str, Any]:
    """The manifest as JSON knows it; `of_manifest_data` reads it back."""
    return asdict(manifest)


def of_manifest_data(data: Mapping[str, Any]) -> Manifest:
    """The manifest that was stored."""
    lists = {name: tuple(data[name]) for name in ("sources", "failures")}
    return Manifest(**{**data, **lists, "answer": Answer(data["answer"])})


def _label(data: Mapping[str, Any]) -> Label:
    odd = tuple(Odd(one) for one in data["odd"])
    return Label(Carrier(data["carrier"]), data["fields"], odd, data["raw"])


def _run(data: Mapping[str, Any]) -> Parameters:
    named = {"tool": Tool(data["tool"]), "carrier": Carrier(data["carrier"])}
    return Parameters(**{**data, **named, "loras": tuple(data["loras"])})
