"""Matches of the output check, what became of each, and every time one was seen."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("match", "", "found"),
    ("match", "found", "ended"),
    ("match", "found", "imposed"),
    ("match", "found", "review"),
    ("match", "found", "withheld"),
    ("match", "review", "dismissed"),
    ("match", "review", "ended"),
    ("match", "review", "upheld"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
# What was found stays as it was found; of a match that is closed nothing changes but that a letter is added.
KEEP = """
CREATE FUNCTION redress_match_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fixed text[] := '{id,first_id,work_id,case_id,kind,output_sha256,user_external_id,output_external_id,found_at}';
BEGIN
    IF (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(OLD)) WHERE key = ANY(fixed))
       <> (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(NEW)) WHERE key = ANY(fixed))
    THEN
        RAISE EXCEPTION 'Redress: what was found of a match cannot be changed.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.closed_at IS NOT NULL AND (
        OLD.letter_id IS NOT NULL OR to_jsonb(NEW) - 'letter_id' <> to_jsonb(OLD) - 'letter_id'
    ) THEN
        RAISE EXCEPTION 'Redress: a match that is closed cannot be changed.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER match_kept BEFORE UPDATE ON measures_match
    FOR EACH ROW EXECUTE FUNCTION redress_match_kept();
CREATE TRIGGER match_row_stays BEFORE DELETE ON measures_match
    FOR EACH ROW EXECUTE FUNCTION redress_refuse_change();
CREATE TRIGGER match_rows_stay BEFORE TRUNCATE ON measures_match
    FOR EACH STATEMENT EXECUTE FUNCTION redress_refuse_change();
CREATE TRIGGER sighting_row_stays BEFORE UPDATE OR DELETE ON measures_matchsighting
    FOR EACH ROW EXECUTE FUNCTION redress_refuse_change();
CREATE TRIGGER sighting_rows_stay BEFORE TRUNCATE ON measures_matchsighting
    FOR EACH STATEMENT EXECUTE FUNCTION redress_refuse_change();
REVOKE ALL ON measures_match, measures_matchsighting FROM PUBLIC, redress_app;
GRANT SELECT, INSERT, UPDATE ON measures_match TO redress_app;
GRANT SELECT, INSERT ON measures_matchsighting TO redress_app;
"""
FORGET = """
DROP TRIGGER match_kept ON measures_match;
DROP TRIGGER match_row_stays ON measures_match;
DROP TRIGGER match_rows_stay ON measures_match;
DROP TRIGGER sighting_row_stays ON measures_matchsighting;
DROP TRIGGER sighting_rows_stay ON measures_matchsighting;
DROP FUNCTION redress_match_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0003_endpoint_chains"),
        ("measures", "0011_ticket_guards"),
        ("notices", "0008_items_know_their_kin"),
        ("notifications", "0005_webhook_guards"),
        ("platforms", "0003_kin"),
        ("screening", "0006_output_match_by_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "The same file"),
                            ("tensors", "The same model under another name"),
                            ("picture", "A picture that shows the work"),
                            ("text", "A text with passages of the work"),
                        ],
                        max_length=10,
                    ),
                ),
                ("output_sha256", models.CharField(max_length=64)),
                ("user_external_id", models.CharField(blank=True, max_length=200)),
                ("output_external_id", models.CharField(blank=True, max_length=200)),
                ("found_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "Found"),
                            ("review", "Waits for a person"),
                            ("imposed", "Measure imposed by itself"),
                            ("withheld", "Delivery refused"),
                            ("upheld", "Upheld by a person"),
                            ("dismissed", "Dismissed"),
                            ("ended", "Ended with its case"),
                        ],
                        default="found",
                        max_length=12,
                    ),
                ),
                ("looked_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("try_after", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
                ("taken_over", models.TextField(blank=True)),
                ("reasons", models.JSONField(default=dict)),
                ("closed_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=40)),
                (
                    "artefact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.artefact",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.sealedfile",
                    ),
                ),
                (
                    "first",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.outputmatch",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.claimeditem",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.message",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                (
                    "platform_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.platformuser",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.work",
                    ),
                ),
            ],
            options={
                "ordering": ("found_at", "id"),
                "indexes": [
                    models.Index(fields=["state", "found_at"], name="match_by_state"),
                    models.Index(fields=["work", "state"], name="match_by_work"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("work", "output_sha256", "user_external_id", "output_external_id"),
                        name="match_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "found",
                                    "review",
                                    "imposed",
                                    "withheld",
                                    "upheld",
                                    "dismissed",
                                    "ended",
                                ],
                            )
                        ),
                        name="match_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["dismissed", "upheld"]), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("reasons", {}), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="match_decided_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "upheld"), _negated=True),
                            models.Q(
                                models.Q(("taken_over", ""), _negated=True), ("item__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="upheld_for_what_was_taken_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "imposed"), _negated=True),
                            models.Q(("item__isnull", False), ("measure__isnull", False)),
                            _connector="OR",
                        ),
                        name="imposed_on_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["imposed", "withheld"]), _negated=True),
                            models.Q(("decided_by", None), ("kind__in", ["file", "tensors"])),
                            _connector="OR",
                        ),
                        name="only_the_same_file_by_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("ended_reason", ""),
                                ("state__in", ["found", "review"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["found", "review"]), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="match_closed_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchSighting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="measures.match",
                    ),
                ),
                (
                    "output_match",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.outputmatch",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'match'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER match_state BEFORE INSERT OR UPDATE OF state ON measures_match "
            "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('match')",
            "DROP TRIGGER match_state ON measures_match",
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
