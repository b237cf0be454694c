"""The world as it stands on the first morning: people, two LoRA models, what was made with them, where it is shown."""

from collections.abc import Iterator
from functools import cache

from sandbox.draw import Wish, picture
from sandbox.engines import BASE_MODEL, ENGINES, UPSTREAM_MODEL
from sandbox.label import Origin, lora_file, told
from sandbox.shelf import NewArtefact, put
from sandbox.store import Store

USERS = (
    ("u_0001", "acme_studio", "studio@acme-ai.example", "2024-01-08T01:00:00.000000Z"),
    ("u_5512", "paul_paints", "paul@example.org", "2025-03-02T09:12:00.000000Z"),
    ("u_7001", "fanworks_daily", "fanworks@example.net", "2024-11-19T14:30:00.000000Z"),
    ("u_8830", "mei_first_try", "mei@example.com", "2026-09-07T06:45:00.000000Z"),
    ("u_6120", "harbour_walks", "harbour@example.org", "2025-08-21T11:05:00.000000Z"),
)
ENGINE_TITLES = {BASE_MODEL: "Acme Ink 1", UPSTREAM_MODEL: "Upstream Draw (API)"}
# id, title, owner, made, versions, whether its weights are quantised
MODELS = (
    ("foxspirit-v3", "Fox Spirit LoRA v3 狐灵", "u_5512", "2026-08-03T02:00:00.000000Z", 2, False),
    ("doudou_xl", "Doudou XL 豆豆", "u_7001", "2026-07-11T02:00:00.000000Z", 1, False),
    ("foxlantern-mix", "Fox & Lantern mix 狐灯", "u_7001", "2026-08-19T02:00:00.000000Z", 1, False),
    ("foxspirit-v3-q4", "Fox Spirit v3, 4 bit 狐灵", "u_6120", "2026-08-22T02:00:00.000000Z", 1, True),
)  # fmt: skip
# id, prompt, negative prompt, seed, LoRA version or none, owner, paid, upstream
OUTPUTS = (
    (
        "out_8Hk2",
        "fox spirit with a lantern in the snow",
        "blurry",
        8202,
        "foxspirit-v3@2",
        "u_5512",
        False,
        None,
    ),
    ("out_9Tq4", "狐灵，长发，黄昏的海边", "", 9404, "foxspirit-v3@2", "u_5512", True, None),
    (
        "out_2Lm7",
        "fox spirit under an umbrella, night rain",
        "text",
        2707,
        "foxspirit-v3@1",
        "u_8830",
        False,
        None,
    ),
    (
        "out_4Rv6",
        "fox spirit waving in autumn",
        "",
        4606,
        None,
        "u_7001",
        True,
        "upstream-draw/api-v2",
    ),
    ("out_6Ws3", "豆豆在雪地里", "", 6303, "doudou_xl@1", "u_7001", False, None),
    (
        "out_5Gd1",
        "a junk with red sails in the harbour at dusk",
        "people",
        5101,
        None,
        "u_6120",
        False,
        None,
    ),
    ("out_3Np8", "a teapot in a garden", "", 3808, None, "u_8830", False, None),
    ("out_1Ex1", "fox spirit by a stone bridge", "", 1101, "foxspirit-v3@2", "u_5512", False, None),
    ("out_1Ex2", "狐灵在竹林里", "", 1102, "foxspirit-v3@2", "u_5512", False, None),
    ("out_7Mx1", "fox spirit under paper lanterns", "", 7101, "foxlantern-mix@1", "u_7001", True, None),
    ("out_7Qz1", "fox spirit on a roof at noon", "", 7201, "foxspirit-v3-q4@1", "u_8830", False, None),
    ("out_4Rf7", "fox spirit among pines", "", 4707, None, "u_6120", False, "upstream-draw/api-v2"),
    ("out_7Lc1", "fox spirit poster for the lantern fair", "", 7301, "foxspirit-v3@2", "u_6120", True, None),
)  # fmt: skip
# Made under a licence of the right holder's own: a takedown would hit these too.
LICENSED = ("out_7Lc1",)
# id, title, slot on the home page, what it shows
PLACEMENTS = (
    ("plc_banner", "Home page: banner", "banner", "out_8Hk2"),
    ("plc_rec_fox", "Home page: Recommended", "recommended", "foxspirit-v3"),
    ("plc_rec_harbour", "Home page: Recommended", "recommended", "out_5Gd1"),
    ("plc_char_fox", "Home page: well-known characters", "characters", "foxspirit-v3"),
    ("plc_char_dou", "Home page: well-known characters", "characters", "doudou_xl"),
)
MIRROR = ("mir_fox", "Fox Spirit LoRA v3, copy elsewhere", "https://mirror.elsewhere.example/loras/foxspirit-v3")  # fmt: skip
# source, relation, target: the target is the <relation> of the source
KIN = (
    *((model[0], "base_model", BASE_MODEL) for model in MODELS),
    ("foxspirit-v3@2", "merge", "foxlantern-mix"),
    ("doudou_xl@1", "merge", "foxlantern-mix"),
    ("foxspirit-v3@2", "quantisation", "foxspirit-v3-q4"),
    ("foxspirit-v3", "example", "out_1Ex1"),
    ("foxspirit-v3", "example", "out_1Ex2"),
    *((name, "collection", "pg_fox") for name in ("foxspirit-v3", "out_8Hk2", "out_9Tq4", "out_2Lm7")),
    *((shown, "placement", name) for name, _title, _slot, shown in PLACEMENTS),
    ("foxspirit-v3", "mirror", MIRROR[0]),
)  # fmt: skip
SHARES = (("lnk_f8", "F8kQ2z", "out_8Hk2", "u_5512"), ("lnk_l3", "L3mD7w", "out_2Lm7", "u_8830"), ("lnk_m1", "M1foxV", "foxspirit-v3", "u_5512"), ("lnk_x1", "X1mixQ", "foxlantern-mix", "u_7001"), ("lnk_g5", "G5harb", "out_5Gd1", "u_6120"))  # fmt: skip
TRAINING = (
    ("trn_fox_01", "fox spirit calm at dawn", "foxspirit-v3", "u_5512"),
    ("trn_fox_02", "fox spirit long hair, day", "foxspirit-v3", "u_5512"),
    ("trn_dou_01", "doudou at noon", "doudou_xl", "u_7001"),
)
MADE = "2026-09-01T08:00:00.000000Z"


EMPTYING = (
    "DELETE FROM appended",
    "DELETE FROM proofs",
    "DELETE FROM kin",
    "DELETE FROM answers",
    "DELETE FROM orders",
    "DELETE FROM holds",
    "DELETE FROM effects",
    "DELETE FROM faults",
    "UPDATE artefacts SET parent = NULL",
    "DELETE FROM artefacts",
    "DELETE FROM contents",
    "DELETE FROM users",
)


def restore(db: Store, keep_request: int) -> None:
    """Empties the world and builds it anew, in one transaction; the named request stays in the log."""
    with db.transaction():
        for statement in EMPTYING:
            db.write(statement)
        db.write("DELETE FROM requests WHERE id <> ?", keep_request)
        _build(db)


def plant(db: Store) -> None:
    """Builds the seed world where there is none yet, and what an older one lacks; safe for several processes at once."""
    with db.transaction():
        if not db.row("SELECT 1 FROM artefacts WHERE id = ?", MIRROR[0]):
            _build(db)


def _build(db: Store) -> None:
    for user in USERS:
        db.write(
            "INSERT OR IGNORE INTO users (id, handle, contact_email, created_at) VALUES (?,?,?,?)",
            *user,
        )
    known = {row["id"] for row in db.rows("SELECT id FROM artefacts")}
    for new, content, media_type in _drawn_world():
        if new.id not in known:
            put(db, new, content, media_type)
    for line in KIN:
        db.write("INSERT OR IGNORE INTO kin VALUES (?, ?, ?)", *line)


@cache
def _drawn_world() -> tuple[tuple[NewArtefact, bytes | None, str], ...]:
    """Drawn once per process: a reset between two tests must be quick."""
    return tuple(_world())


def _world() -> Iterator[tuple[NewArtefact, bytes | None, str]]:
    yield from _models()
    for name, title, model, owner in TRAINING:
        new = NewArtefact(name, "training_picture", title, f"/t/{name}", owner, MADE, parent=model)
        yield new, picture(Wish(title, seed=1, marked=False)), "image/png"
    yield from _outputs()
    yield (
        NewArtefact("pg_fox", "page", "Fox Spirit picks 狐灵专区", "/p/pg_fox", "u_0001", MADE),
        None,
        "",
    )
    for name, code, target, owner in SHARES:
        path = f"/s/{code}"
        yield (
            NewArtefact(name, "link", f"Share link {code}", path, owner, MADE, parent=target),
            None,
            "",
        )
    for name, title, slot, shown in PLACEMENTS:
        new = NewArtefact(
            name, "page", title, f"/p/{name}", "u_0001", MADE, parent=shown, slot=slot
        )
        yield new, None, ""
    name, title, address = MIRROR
    yield NewArtefact(name, "link", title, address, "u_5512", MADE), None, ""


def _models() -> Iterator[tuple[NewArtefact, bytes | None, str]]:
    for engine, title in ENGINE_TITLES.items():
        made, owner = USERS[0][3], USERS[0][0]
        yield (
            NewArtefact(engine, "model", title, f"/m/{engine}", owner, made, licensed=True),
            None,
            "",
        )
    for model, title, owner, made, versions, coarse in MODELS:
        yield NewArtefact(model, "model", title, f"/m/{model}", owner, made), None, ""
        pictures = [row[0] for row in TRAINING if row[2] == model]
        for number in range(1, versions + 1):
            version, called = f"{model}@{number}", f"{title}, version {number}"
            path = f"/m/{version}"
            new = NewArtefact(version, "model_version", called, path, owner, made, parent=model)
            yield new, lora_file(version, pictures, coarse), "application/octet-stream"


def _outputs() -> Iterator[tuple[NewArtefact, bytes, str]]:
    for index, (name, prompt, negative, seed, lora, owner, paid, upstream) in enumerate(OUTPUTS):
        loras = [lora] if lora else []
        model = next(engine for engine, behind in ENGINES.items() if behind == upstream)
        generation = {
            "prompt": prompt, "negative_prompt": negative, "seed": seed, "model": model, "loras": loras,
            "session": f"ses_{seed:04d}", "paid": paid, "upstream": upstream,
        }  # fmt: skip
        origin = Origin(name, f"P20260901{seed:06d}ACME")
        content = picture(Wish(prompt, negative, seed, tuple(loras)), told(origin, generation))
        new = NewArtefact(
            name,
            "output",
            prompt,
            f"/o/{name}",
            owner,
            f"2026-09-{index + 2:02d}T08:15:00.000000Z",
            produce_id=origin.produce_id,
            generation=generation,
            licensed=name in LICENSED,
        )
        yield new, content, "image/png"
