"""Pages for people: what is removed answers 410 with one plain sentence."""

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from sandbox.notes import appended
from sandbox.problems import for_machines, http_problem
from sandbox.records import artefact_record
from sandbox.standing import served, user_standing
from sandbox.store import Row, store
from sandbox.words import language, word

pages = Blueprint("pages", __name__)
KINDS = ("output", "model", "page")
SLOTS = ("banner", "recommended", "characters")
EXAMPLE = (
    "SELECT artefacts.* FROM kin JOIN artefacts ON artefacts.id = kin.target"
    " WHERE kin.source = ? AND kin.relation = 'example' ORDER BY target LIMIT 1"
)
PICTURES = {"png": "image/png", "jpg": "image/jpeg"}


@pages.app_context_processor
def words() -> dict[str, object]:
    lang = language() if request else "en"
    other = "en" if lang == "zh-Hans" else "zh-Hans"
    return {"w": word, "lang": lang, "other": other, "picture_of": picture_of}


def picture_of(row: Row) -> str:
    """The address of the picture of an output or an upload, of a model its first example; empty for what has none."""
    if row["kind"] == "model":
        example = store().row(EXAMPLE, row["id"])
        return picture_of(example) if example and served(store(), example) else ""
    content = store().row("SELECT media_type FROM contents WHERE sha256 = ?", row["content"])
    endings = {kind: ending for ending, kind in PICTURES.items()}
    ending = endings.get(content["media_type"]) if content else None
    return f"/content/{row['id']}.{ending}" if ending else ""


@pages.get("/")
def gallery() -> str:
    """The home page: what the house shows of its own accord, then everything."""
    everything = store().rows(
        "SELECT * FROM artefacts WHERE hidden = 0 ORDER BY created_at DESC, id"
    )
    shown = [row for row in everything if served(store(), row)]
    of_kind = {kind: [row for row in shown if row["kind"] == kind] for kind in KINDS}
    return render_template(
        "gallery.html",
        outputs=of_kind["output"],
        models=of_kind["model"],
        pages=[row for row in of_kind["page"] if row["slot"] is None],
        slots={slot: _placed(of_kind["page"], slot) for slot in SLOTS},
    )


@pages.get("/o/<external_id>")
def output(external_id: str) -> str:
    row = _available(f"/o/{external_id}")
    return render_template(
        "output.html",
        row=row,
        record=artefact_record(store(), row),
        link=_share_link(row["id"]),
        notes=appended(store(), row["id"]),
    )


@pages.get("/m/<external_id>")
def model(external_id: str) -> str:
    row = _available(f"/m/{external_id}")
    family = store().rows("SELECT * FROM artefacts WHERE parent = ? ORDER BY id", row["id"])
    shown = [member for member in family if served(store(), member)]
    made = [out for out in _outputs() if _used(out, row["id"])]
    return render_template(
        "model.html", row=row, family=shown, made=made, link=_share_link(row["id"])
    )


@pages.get("/p/<external_id>")
def page(external_id: str) -> str:
    """A collection, or one place on the home page with what stands there."""
    row = _available(f"/p/{external_id}")
    held = store().rows(
        "SELECT artefacts.* FROM kin JOIN artefacts ON artefacts.id = kin.source"
        " WHERE kin.target = ? AND kin.relation IN ('collection', 'placement') ORDER BY created_at DESC",
        row["id"],
    )
    shown = [member for member in held if served(store(), member)]
    return render_template("collection.html", row=row, members=shown)


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
    state, since = user_standing(store(), row, really=True)
    made = [out for out in _outputs() if out["owner"] == user_id]
    standing = word("restricted_state" if state == "restricted" else state)
    return render_template("user.html", row=row, standing=standing, since=since, made=made)


@pages.get("/content/<external_id>.<ending>")
def picture(external_id: str, ending: str) -> Response:
    """The picture itself, for pages; answers 410 like its page."""
    row = store().row("SELECT * FROM artefacts WHERE id = ? AND hidden = 0", external_id)
    if row is None or ending not in PICTURES:
        abort(404)
    if not served(store(), row):
        abort(410)
    content = store().row(
        "SELECT * FROM contents WHERE sha256 = ? AND media_type = ?",
        row["content"],
        PICTURES[ending],
    ) or abort(404)
    headers = {"Cache-Control": "no-store"}
    return Response(content["bytes"], mimetype=content["media_type"], headers=headers)


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
    row = store().row("SELECT * FROM artefacts WHERE path = ? AND hidden = 0", path) or abort(404)
    if not served(store(), row):
        abort(410)
    return row


def _placed(places: list[Row], slot: str) -> list[Row]:
    """What stands in a slot of the home page; a place goes with what it shows."""
    names = [row["parent"] for row in places if row["slot"] == slot]
    found = [store().row("SELECT * FROM artefacts WHERE id = ?", name) for name in names]
    return [row for row in found if row is not None]


def _outputs() -> list[Row]:
    found = store().rows(
        "SELECT * FROM artefacts WHERE kind = 'output' AND hidden = 0 ORDER BY created_at DESC"
    )
    return [row for row in found if served(store(), row)]


def _used(output_row: Row, model_id: str) -> bool:
    loras = artefact_record(store(), output_row)["generation"]["loras"]
    return any(model_id in (lora, lora.split("@")[0]) for lora in loras)


def _share_link(artefact_id: str) -> Row | None:
    link = store().row("SELECT * FROM artefacts WHERE kind = 'link' AND parent = ?", artefact_id)
    return link if link and served(store(), link) else None
