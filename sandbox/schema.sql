-- The sandbox's whole memory. States are never stored on a target: they follow from the holds that are open on it.
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, handle TEXT NOT NULL, contact_email TEXT NOT NULL, created_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS contents (sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS artefacts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('output', 'model', 'model_version', 'page', 'link', 'training_picture')),
    title TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    parent TEXT REFERENCES artefacts,
    licensed INTEGER NOT NULL DEFAULT 0,
    produce_id TEXT UNIQUE,
    generation TEXT,
    content TEXT REFERENCES contents,
    -- Where on the home page a placement stands: banner, recommended or characters.
    slot TEXT,
    -- Probes of Redress, and outputs held back after its output check: like any other, but shown to nobody.
    hidden INTEGER NOT NULL DEFAULT 0
);
-- Lines between artefacts that their own records do not tell: target is the <relation> of source.
CREATE TABLE IF NOT EXISTS kin (
    source TEXT NOT NULL REFERENCES artefacts, relation TEXT NOT NULL, target TEXT NOT NULL REFERENCES artefacts,
    PRIMARY KEY (source, relation, target)
);
-- One row per measure ordered by Redress.
CREATE TABLE IF NOT EXISTS orders (
    measure_id TEXT PRIMARY KEY, body TEXT NOT NULL, kind TEXT NOT NULL,
    target_type TEXT NOT NULL, target_id TEXT NOT NULL, parameters TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('applied', 'accepted', 'lifted')),
    acknowledgement_id TEXT NOT NULL, applied_at TEXT NOT NULL, lifted_at TEXT,
    before TEXT NOT NULL, after TEXT NOT NULL
);
-- What currently binds a target, and what once did.
CREATE TABLE IF NOT EXISTS holds (
    id INTEGER PRIMARY KEY, measure_id TEXT NOT NULL, target_type TEXT NOT NULL, target_id TEXT NOT NULL,
    state TEXT NOT NULL, since TEXT NOT NULL, ended_at TEXT,
    -- A lie: said to hold, and not done.
    pretended INTEGER NOT NULL DEFAULT 0,
    -- A lie: done, and undone again from this moment on without a word.
    relapses_at TEXT
);
CREATE INDEX IF NOT EXISTS open_holds ON holds (target_type, target_id) WHERE ended_at IS NULL;
-- One row each time the world really changed. No unique key on purpose: a double effect must be able to show.
CREATE TABLE IF NOT EXISTS effects (
    id INTEGER PRIMARY KEY, measure_id TEXT NOT NULL, action TEXT NOT NULL, target_type TEXT NOT NULL,
    target_id TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, at TEXT NOT NULL
);
-- Keys already answered. Written in the transaction of the effect.
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, request_sha256 TEXT NOT NULL, answer TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL,
    headers TEXT NOT NULL, body_sha256 TEXT, idempotency_key TEXT, status INTEGER
);
CREATE TABLE IF NOT EXISTS faults (name TEXT PRIMARY KEY, settings TEXT NOT NULL, remaining INTEGER NOT NULL);
-- Texts of Redress that belong to an output, and what was told of texts shown; answer is empty until it was sent.
CREATE TABLE IF NOT EXISTS appended (output TEXT PRIMARY KEY REFERENCES artefacts, texts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS proofs (id INTEGER PRIMARY KEY, body TEXT NOT NULL, answer TEXT);
-- Webhooks of Redress: the secrets we believe, and what came. A repeat of a verified event raises `times`.
CREATE TABLE IF NOT EXISTS hook_secrets (secret TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS hooks (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, webhook_id TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL,
    trouble TEXT NOT NULL, times INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS hooks_by_id ON hooks (webhook_id);
