"""Pages for people: what is removed answers 410 with one plain sentence."""

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from sandbox.problems import for_machines, http_problem
from sandbox.records import artefact_record
from sandbox.standing import AVAILABLE, artefact_state, user_standing
from sandbox.store import Row, store
from sandbox.words import language, word

pages = Blueprint("pages", __name__)


@pages.app_context_processor
def words() -> dict[str, object]:
    lang = language() if request else "en"
    other = "en" if lang == "zh-Hans" else "zh-Hans"
    return {"w": word, "lang": lang, "other": other}


@pages.get("/")
def gallery() -> str:
    everything = store().rows("SELECT * FROM artefacts ORDER BY created_at DESC, id")
    shown = [row for row in everything if artefact_state(store(), row) == AVAILABLE]
    of_kind = {
        kind: [row for row in shown if row["kind"] == kind] for kind in ("output", "model", "page")
    }
    return render_template(
        "gallery.html", outputs=of_kind["output"], models=of_kind["model"], pages=of_kind["page"]
    )


@pages.get("/o/<external_id>")
def output(external_id: str) -> str:
    row = _available(f"/o/{external_id}")
    return render_template(
        "output.html", row=row, record=artefact_record(store(), row), link=_share_link(row["id"])
    )


@pages.get("/m/<external_id>")
def model(external_id: str) -> str:
    row = _available(f"/m/{external_id}")
    family = store().rows("SELECT * FROM artefacts WHERE parent = ? ORDER BY id", row["id"])
    shown = [member for member in family if artefact_state(store(), member) == AVAILABLE]
    made = [out for out in _outputs() if _used(out, row["id"])]
    return render_template(
        "model.html", row=row, family=shown, made=made, link=_share_link(row["id"])
    )


@pages.get("/p/<external_id>")
def page(external_id: str) -> str:
    row = _available(f"/p/{external_id}")
    made = [out for out in _outputs() if _used(out, "foxspirit-v3")]
    return render_template("model.html", row=row, family=[], made=made, link=None)


@pages.get("/t/<external_id>")
def training_picture(external_id: str) -> str:
    row = _available(f"/t/{external_id}")
    return render_template("output.html", row=row, record=artefact_record(store(), row), link=None)


@pages.get("/s/<code>")
def share(code: str) -> AnyResponse:
    row = _available(f"/s/{code}")
    target = store().row("SELECT * FROM artefacts WHERE id = ?", row["parent"])
    return redirect(target["path"] if target else "/", 302)


@pages.get("/u/<user_id>")
def person(user_id: str) -> str:
    row = store().row("SELECT * FROM users WHERE id = ?", user_id) or abort(404)
    state, since = user_standing(store(), row)
    made = [out for out in _outputs() if out["owner"] == user_id]
    standing = word("restricted_state" if state == "restricted" else state)
    return render_template("user.html", row=row, standing=standing, since=since, made=made)


@pages.get("/content/<external_id>.png")
def picture(external_id: str) -> Response:
    """The picture itself, for pages; answers 410 like its page."""
    row = store().row("SELECT * FROM artefacts WHERE id = ?", external_id) or abort(404)
    if artefact_state(store(), row) != AVAILABLE:
        abort(410)
    content = store().row(
        "SELECT * FROM contents WHERE sha256 = ? AND media_type = 'image/png'", row["content"]
    ) or abort(404)
    return Response(content["bytes"], mimetype="image/png", headers={"Cache-Control": "no-store"})


@pages.get("/healthz")
def healthz() -> dict[str, str]:
    store().row("SELECT 1")
    return {"state": "ok"}


@pages.app_errorhandler(404)
def unknown(error: HTTPException) -> AnyResponse | tuple[str, int]:
    if for_machines():
        return http_problem(error)
    return render_template(
        "message.html", title=word("unknown_title"), sentence=word("unknown"), back=None
    ), 404


@pages.app_errorhandler(410)
def gone(error: HTTPException) -> AnyResponse | tuple[str, int]:
    if for_machines():
        return http_problem(error)
    return render_template(
        "message.html", title=word("gone_title"), sentence=word("gone"), back=None
    ), 410


def _available(path: str) -> Row:
    row = store().row("SELECT * FROM artefacts WHERE path = ?", path) or abort(404)
    if artefact_state(store(), row) != AVAILABLE:
        abort(410)
    return row


def _outputs() -> list[Row]:
    found = store().rows("SELECT * FROM artefacts WHERE kind = 'output' ORDER BY created_at DESC")
    return [row for row in found if artefact_state(store(), row) == AVAILABLE]


def _used(output_row: Row, model_id: str) -> bool:
    loras = artefact_record(store(), output_row)["generation"]["loras"]
    return any(model_id in (lora, lora.split("@")[0]) for lora in loras)


def _share_link(artefact_id: str) -> Row | None:
    link = store().row("SELECT * FROM artefacts WHERE kind = 'link' AND parent = ?", artefact_id)
    return link if link and artefact_state(store(), link) == AVAILABLE else None
