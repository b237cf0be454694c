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

from sandbox import clock
from sandbox.engines import ENGINES
from sandbox.generation import generate, read_request
from sandbox.problems import Problem
from sandbox.records import artefact_record, artefact_row
from sandbox.standing import served
from sandbox.store import store
from sandbox.words import language, word

studio = Blueprint("studio", __name__)
REFUSALS = {
    "guard-unavailable": "guard_down", "model-disabled": "model_down", "user-barred": "barred",
    "user-restricted": "restricted", "malformed": "malformed", "prompt-blocked": "blocked",
}  # fmt: skip


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
    )


@studio.post("/generate")
def run() -> AnyResponse:
    """JSON in, artefact out (201); a form in, its page out (303) or the refusal in plain words."""
    if request.mimetype == "application/x-www-form-urlencoded":
        return _for_people()
    wanted = read_request(request.get_json(silent=True, force=True))
    row, message = generate(store(), wanted, current_app.config["SETTINGS"], clock.now())
    record = artefact_record(store(), artefact_row(store(), row["id"]))
    return Response(
        json.dumps({**record, "user_message": message}), 201, mimetype="application/json"
    )


def _for_people() -> AnyResponse:
    try:
        row, _ = generate(
            store(),
            read_request({**request.form.to_dict(), "paid": "paid" in request.form}),
            current_app.config["SETTINGS"],
            clock.now(),
        )
    except Problem as problem:
        slug = str(problem.document["type"]).rpartition("/")[2]
        said = problem.document.get("user_message") or {}
        sentence = said.get(language()) or word(REFUSALS.get(slug, "malformed"))
        page = render_template(
            "message.html",
            title=word("refused_title"),
            sentence=sentence,
            back=url_for("studio.form", lang=language()),
        )
        return Response(page, problem.status)
    return redirect(url_for("pages.output", external_id=row["id"], lang=language()), 303)
