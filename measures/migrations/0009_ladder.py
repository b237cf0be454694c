"""What stands against users, the versions of the ladder, and appeals against sanctions."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("ladder_policy", "", "proposed"),
    ("ladder_policy", "in_force", "ended"),
    ("ladder_policy", "proposed", "in_force"),
    ("ladder_policy", "proposed", "refused"),
    ("sanction_appeal", "", "filed"),
    ("sanction_appeal", "filed", "moot"),
    ("sanction_appeal", "filed", "rejected"),
    ("sanction_appeal", "filed", "upheld"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
GUARD = """
CREATE TRIGGER ladder_policy_state BEFORE INSERT OR UPDATE OF state ON measures_ladderpolicy
    FOR EACH ROW EXECUTE FUNCTION redress_guard_state('ladder_policy');
CREATE TRIGGER sanction_appeal_state BEFORE INSERT OR UPDATE OF state ON measures_sanctionappeal
    FOR EACH ROW EXECUTE FUNCTION redress_guard_state('sanction_appeal');
"""
UNGUARD = """
DROP TRIGGER sanction_appeal_state ON measures_sanctionappeal;
DROP TRIGGER ladder_policy_state ON measures_ladderpolicy;
"""
# An entry is voided once, and nothing else of it ever changes; none is deleted. A ground ends once.
KEEP = """
CREATE FUNCTION redress_voided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL
        OR (to_jsonb(NEW) - 'voided_at' - 'voided_reason')
            IS DISTINCT FROM (to_jsonb(OLD) - 'voided_at' - 'voided_reason') THEN
        RAISE EXCEPTION 'entry % may be voided once, and nothing else', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER standing_entry_voided_once BEFORE UPDATE OR DELETE ON measures_standingentry
    FOR EACH ROW EXECUTE FUNCTION redress_voided_once();
CREATE FUNCTION redress_ground_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
        OR (to_jsonb(NEW) - 'ended_at') IS DISTINCT FROM (to_jsonb(OLD) - 'ended_at') THEN
        RAISE EXCEPTION 'a ground of entry % may end once, and nothing else', OLD.entry_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_ground_ends_once BEFORE UPDATE OR DELETE ON measures_entryground
    FOR EACH ROW EXECUTE FUNCTION redress_ground_ends_once();
"""
FORGET = """
DROP TRIGGER entry_ground_ends_once ON measures_entryground;
DROP FUNCTION redress_ground_ends_once();
DROP TRIGGER standing_entry_voided_once ON measures_standingentry;
DROP FUNCTION redress_voided_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0008_wide_blocks"),
        ("notices", "0008_items_know_their_kin"),
        ("platforms", "0003_kin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UserVolume",
            fields=[
                (
                    "platform_user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="platforms.platformuser",
                    ),
                ),
                ("items", models.PositiveIntegerField()),
                ("told_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StandingEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("intent", models.CharField(blank=True, max_length=12)),
                ("weight", models.PositiveSmallIntegerField()),
                ("policy_version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "voided_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("restored", "Restored after a counter-notice"),
                            ("withdrawn", "Notice withdrawn"),
                            ("refused", "Not approved"),
                            ("expired", "Term ended"),
                            ("corrected", "Corrected by staff"),
                            ("court", "Ended by order of a court"),
                            ("conflict", "Conflict of two laws decided"),
                        ],
                        max_length=20,
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.claimeditem",
                    ),
                ),
                (
                    "platform_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.platformuser",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "indexes": [models.Index(fields=["platform_user", "at"], name="standing_by_user")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "item"), name="one_entry_per_item"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("intent__in", ("", "good_faith", "inducement", "wilful"))
                        ),
                        name="entry_intent_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("at"))),
                        name="entry_expires_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("voided_at__isnull", False),
                                models.Q(("voided_reason", ""), _negated=True),
                            ),
                            models.Q(("voided_at", None), ("voided_reason", "")),
                            _connector="OR",
                        ),
                        name="voided_entry_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryGround",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case_regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.caseregime",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="measures.standingentry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "case_regime"), name="entry_ground_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderPolicy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True)),
                ("figures", models.JSONField()),
                ("simulated", models.JSONField()),
                ("reasons", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("in_force", "In force"),
                            ("ended", "Replaced"),
                            ("refused", "Not agreed to"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-version",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "in_force", "ended", "refused"])
                        ),
                        name="ladder_policy_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "in_force"])),
                        fields=("state",),
                        name="one_ladder_policy_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "proposed"),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ladder_policy_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_force", "ended"]), _negated=True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_switches_on_their_own",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SanctionAppeal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "Filed"),
                            ("upheld", "Justified"),
                            ("rejected", "Not justified"),
                            ("moot", "Nothing left to answer"),
                        ],
                        default="filed",
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("grounds", models.TextField()),
                ("filed_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("reasons", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.case",
                    ),
                ),
                (
                    "case_regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.caseregime",
                    ),
                ),
                (
                    "decision_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                (
                    "platform_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.platformuser",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("filed_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filed", "upheld", "rejected", "moot"])),
                        name="appeal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("decision_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="appeal_reviewed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["filed", "moot"]),
                            models.Q(
                                ("reviewed_at__isnull", False), ("reviewed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="appeal_answered_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("measure",),
                        name="one_open_appeal",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine IN ('ladder_policy', 'sanction_appeal')",
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(KEEP, FORGET),
    ]
