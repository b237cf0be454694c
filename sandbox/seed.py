"""The world as it stands on the first morning: people, two LoRA models, what was made with them, where it is shown."""

from collections.abc import Iterator
from functools import cache

from sandbox.draw import Wish, picture
from sandbox.generation import BASE_MODEL
from sandbox.label import Origin, lora_file, picture_texts
from sandbox.shelf import NewArtefact, put
from sandbox.store import Store

USERS = (
    ("u_0001", "acme_studio", "studio@acme-ai.example", "2024-01-08T01:00:00.000000Z"),
    ("u_5512", "paul_paints", "paul@example.org", "2025-03-02T09:12:00.000000Z"),
    ("u_7001", "fanworks_daily", "fanworks@example.net", "2024-11-19T14:30:00.000000Z"),
    ("u_8830", "mei_first_try", "mei@example.com", "2026-09-07T06:45:00.000000Z"),
    ("u_6120", "harbour_walks", "harbour@example.org", "2025-08-21T11:05:00.000000Z"),
)
MODELS = (
    ("foxspirit-v3", "Fox Spirit LoRA v3 狐灵", "u_5512", "2026-08-03T02:00:00.000000Z", 2),
    ("doudou_xl", "Doudou XL 豆豆", "u_7001", "2026-07-11T02:00:00.000000Z", 1),
)
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
)
SHARES = (("lnk_f8", "F8kQ2z", "out_8Hk2", "u_5512"), ("lnk_l3", "L3mD7w", "out_2Lm7", "u_8830"), ("lnk_m1", "M1foxV", "foxspirit-v3", "u_5512"), ("lnk_g5", "G5harb", "out_5Gd1", "u_6120"))  # fmt: skip
TRAINING = (
    ("trn_fox_01", "fox spirit calm at dawn", "foxspirit-v3", "u_5512"),
    ("trn_fox_02", "fox spirit long hair, day", "foxspirit-v3", "u_5512"),
    ("trn_dou_01", "doudou at noon", "doudou_xl", "u_7001"),
)
MADE = "2026-09-01T08:00:00.000000Z"


EMPTYING = (
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
    """Builds the seed world where there is none yet; safe for several processes at once."""
    with db.transaction():
        if not db.rows("SELECT 1 FROM users LIMIT 1"):
            _build(db)


def _build(db: Store) -> None:
    for user in USERS:
        db.write(
            "INSERT INTO users (id, handle, contact_email, created_at) VALUES (?,?,?,?)", *user
        )
    for new, content, media_type in _drawn_world():
        put(db, new, content, media_type)


@cache
def _drawn_world() -> tuple[tuple[NewArtefact, bytes | None, str], ...]:
    """Drawn once per process: a reset between two tests must be quick."""
    return tuple(_world())


def _world() -> Iterator[tuple[NewArtefact, bytes | None, str]]:
    yield (
        NewArtefact(
            BASE_MODEL,
            "model",
            "Acme Ink 1",
            f"/m/{BASE_MODEL}",
            "u_0001",
            USERS[0][3],
            licensed=True,
        ),
        None,
        "",
    )
    for model, title, owner, made, versions in MODELS:
        yield NewArtefact(model, "model", title, f"/m/{model}", owner, made), None, ""
        pictures = [row[0] for row in TRAINING if row[2] == model]
        for number in range(1, versions + 1):
            version = f"{model}@{number}"
            new = NewArtefact(
                version,
                "model_version",
                f"{title}, version {number}",
                f"/m/{version}",
                owner,
                made,
                parent=model,
            )
            yield new, lora_file(version, pictures), "application/octet-stream"
    for name, title, model, owner in TRAINING:
        yield (
            NewArtefact(name, "training_picture", title, f"/t/{name}", owner, MADE, parent=model),
            picture(Wish(title, seed=1)),
            "image/png",
        )
    yield from _outputs()
    yield (
        NewArtefact("pg_fox", "page", "Fox Spirit picks 狐灵专区", "/p/pg_fox", "u_0001", MADE),
        None,
        "",
    )
    for name, code, target, owner in SHARES:
        yield (
            NewArtefact(
                name, "link", f"Share link {code}", f"/s/{code}", owner, MADE, parent=target
            ),
            None,
            "",
        )


def _outputs() -> Iterator[tuple[NewArtefact, bytes, str]]:
    for index, (name, prompt, negative, seed, lora, owner, paid, upstream) in enumerate(OUTPUTS):
        loras = [lora] if lora else []
        generation = {
            "prompt": prompt, "negative_prompt": negative, "seed": seed, "model": BASE_MODEL, "loras": loras,
            "session": f"ses_{seed:04d}", "paid": paid, "upstream": upstream,
        }  # fmt: skip
        origin = Origin(name, f"P20260901{seed:06d}ACME")
        content = picture(
            Wish(prompt, negative, seed, tuple(loras)), picture_texts(origin, generation)
        )
        made = f"2026-09-{index + 2:02d}T08:15:00.000000Z"
        yield (
            NewArtefact(
                name,
                "output",
                prompt,
                f"/o/{name}",
                owner,
                made,
                None,
                origin.produce_id,
                generation,
            ),
            content,
            "image/png",
        )
