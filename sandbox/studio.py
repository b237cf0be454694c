"""The generate call, for programs (JSON) and for people (a form)."""

from flask import (
    Blueprint,
    Response,
    current_app,
    json,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from sandbox import clock, notes
from sandbox.engines import ENGINES
from sandbox.generation import Made, generate
from sandbox.problems import Problem
from sandbox.records import artefact_record, artefact_row
from sandbox.standing import served
from sandbox.store import store
from sandbox.wanted import Request, read_request
from sandbox.words import language, word

studio = Blueprint("studio", __name__)
REFUSALS = {
    "guard-unavailable": "guard_down", "model-disabled": "model_down", "user-barred": "barred",
    "user-restricted": "restricted", "malformed": "malformed", "prompt-blocked": "blocked",
    "confirmation-needed": "confirm", "output-guard-unavailable": "output_unchecked", "output-blocked": "output_blocked",
    "output-held": "output_held",
}  # fmt: skip
AFTER_DRAWING = ("output-guard-unavailable", "output-blocked", "output-held")


@studio.get("/generate")
def form() -> str:
    models = store().rows("SELECT * FROM artefacts WHERE kind = 'model_version' ORDER BY id")
    usable = [row for row in models if served(store(), row)]
    drawing = [store().row("SELECT * FROM artefacts WHERE id = ?", name) for name in ENGINES]
    return render_template(
        "generate.html",
        models=usable,
        engines=[row for row in drawing if row and served(store(), row)],
        users=store().rows("SELECT * FROM users ORDER BY id"),
        notes=notes.on_the_form(current_app.config["SETTINGS"]),
    )


@studio.post("/generate")
def run() -> AnyResponse:
    """JSON in, artefact out (201); a form in, its page out (303) or the refusal in plain words."""
    if request.mimetype == "application/x-www-form-urlencoded":
        return _for_people()
    wanted = read_request(request.get_json(silent=True, force=True))
    made = generate(store(), wanted, current_app.config["SETTINGS"], clock.now())
    record = artefact_record(store(), artefact_row(store(), made.row["id"]))
    told = {**record, "user_message": made.message, "notices": made.notices}
    return Response(json.dumps(told), 201, mimetype="application/json")


def _for_people() -> AnyResponse:
    """What the form showed counts as shown to the user who sent it; what the answer shows, too."""
    wanted: Request | None = None
    try:
        wanted = read_request({**request.form.to_dict(), "paid": "paid" in request.form})
        known = {text["id"] for text in notes.on_the_form(current_app.config["SETTINGS"])}
        _showed(wanted, [one for one in request.form.getlist("shown") if one in known])
        made = _tried(wanted)
    except Problem as problem:
        return _refused(problem, wanted)
    _showed(wanted, [text["id"] for text in made.notices], made)
    return redirect(url_for("pages.output", external_id=made.row["id"], lang=language()), 303)


def _tried(wanted: Request) -> Made:
    """The output; a refusal tells the user what belongs to it."""
    try:
        return generate(store(), wanted, current_app.config["SETTINGS"], clock.now())
    except Problem as problem:
        told: list[dict[str, str]] = problem.document.get("notices") or []
        _showed(wanted, [text["id"] for text in told])
        raise


def _showed(wanted: Request, ids: list[str], made: Made | None = None) -> None:
    settings = current_app.config["SETTINGS"]
    about = {"check": made.check, "output": made.row["id"]} if made else {}
    showing = notes.Showing(wanted.user, clock.now(), language(), **about)
    notes.showed(store(), ids, showing, settings)


def _refused(problem: Problem, wanted: Request | None) -> Response:
    """The refusal in the user's language; a warning with the same wish once more, to be sent with its token."""
    told = problem.document
    slug = str(told["type"]).rpartition("/")[2]
    said = told.get("user_message") or {}
    page = render_template(
        "confirm.html" if slug == "confirmation-needed" else "message.html",
        title=word(_title(slug)),
        sentence=said.get(language()) or word(REFUSALS.get(slug, "malformed")),
        back=url_for("studio.form", lang=language()),
        notes=told.get("notices") or [],
        appeal=told.get("appeal_url"),
        reference=told.get("reference"),
        confirmation=told.get("confirmation"),
        wanted=wanted,
    )
    return Response(page, problem.status)


def _title(slug: str) -> str:
    if slug == "confirmation-needed":
        return "confirm_title"
    return "withheld_title" if slug in AFTER_DRAWING else "refused_title"
