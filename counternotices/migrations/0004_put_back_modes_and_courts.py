"""The put-back modes to their end: windows, bars, courts, the end of proceedings, the notifier's complaint."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# (machine, source, target). A test keeps the table equal to the declared transitions.
TRANSITIONS = [
    ("counter_notice", "forwarded", "prevailed"),
    ("counter_notice", "held", "confirmed"),
    ("counter_notice", "held", "prevailed"),
    ("counter_notice", "prevailed", "held"),
    ("court_order", "", "applied"),
    ("court_order", "", "in_force"),
    ("court_order", "applied", "in_force"),
    ("court_order", "applied", "refused"),
    ("court_order", "in_force", "lapsed"),
    ("court_order", "in_force", "lifted"),
    ("complaint", "", "filed"),
    ("complaint", "filed", "rejected"),
    ("complaint", "filed", "upheld"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
DELETE = "DELETE FROM evidence_transition WHERE machine = %s AND source = %s AND target = %s"
GUARD = (
    "CREATE TRIGGER {machine}_state BEFORE INSERT OR UPDATE OF state ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('{machine}')"
)
TABLES = {"court_order": "counternotices_courtorder", "complaint": "counternotices_complaint"}


class Migration(migrations.Migration):
    dependencies = [
        ("counternotices", "0003_element_of_a_file_and_merits"),
        ("evidence", "0001_initial"),
        ("measures", "0004_court_ends_grounds"),
        ("notices", "0003_put_back_and_reversal"),
        ("notifications", "0002_guard"),
        ("platforms", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RenoticeBar",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("pack_id", models.CharField(max_length=50)),
                ("right_holder", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("since", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "artefact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.artefact",
                    ),
                ),
                (
                    "counter_notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="counternotices.counternotice",
                    ),
                ),
            ],
            options={
                "ordering": ("since",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("counter_notice", "artefact"), name="bar_once_per_artefact"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BarredItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("marked_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.claimeditem",
                    ),
                ),
                (
                    "bar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="counternotices.renoticebar",
                    ),
                ),
            ],
            options={
                "ordering": ("item__number",),
                "constraints": [
                    models.UniqueConstraint(fields=("item", "bar"), name="barred_item_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
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
                            ("filed", "Received"),
                            ("upheld", "Justified"),
                            ("rejected", "Not justified"),
                        ],
                        default="filed",
                        max_length=50,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("grounds", models.TextField()),
                ("filed_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("reasons", models.JSONField(default=dict)),
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
                "ordering": ("filed_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filed", "upheld", "rejected"])),
                        name="complaint_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("decision_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="complaint_reviewed_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("case_regime",),
                        name="one_open_complaint",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtOrder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("keep", "The measures stay until the court lifts the order"),
                            ("restore", "The measures end at once (reverse preservation)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before_suit", models.BooleanField()),
                ("urgent", models.BooleanField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "Before the court"),
                            ("in_force", "Court order in force"),
                            ("refused", "Refused by the court"),
                            ("lifted", "Lifted by the court"),
                            ("lapsed", "Fallen away"),
                        ],
                        max_length=50,
                    ),
                ),
                ("court", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, max_length=100)),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case_regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.caseregime",
                    ),
                ),
                ("measures", models.ManyToManyField(related_name="+", to="measures.measure")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.platformuser",
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["applied", "in_force", "refused", "lifted", "lapsed"])
                        ),
                        name="court_order_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtPaper",
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
                            ("application", "Application accepted by the court"),
                            ("order", "Order of the court"),
                            ("refusal", "Refusal by the court"),
                            ("suit", "Proof that the applicant sued"),
                            ("lifting", "Lifting of the order"),
                        ],
                        max_length=12,
                    ),
                ),
                ("effective_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.sealedfile",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="counternotices.courtorder",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at",),
            },
        ),
        migrations.CreateModel(
            name="ProceedingsEnd",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("dismissed", "Claim dismissed"),
                            ("withdrawn", "Claim or complaint withdrawn"),
                            ("for_right_holder", "Judgment or decision for the right holder"),
                            ("settled_ends", "Settlement: the measures end"),
                            ("settled_stays", "Settlement: the measures stay"),
                        ],
                        max_length=20,
                    ),
                ),
                ("body", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, max_length=100)),
                ("effective_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "counter_notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ends",
                        to="counternotices.counternotice",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.sealedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="counternotice",
            name="counter_notice_state",
        ),
        migrations.AddField(
            model_name="counternotice",
            name="received_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="counternotice",
            name="state",
            field=models.CharField(
                choices=[
                    ("filed", "Received"),
                    ("incomplete", "Something is missing"),
                    ("forwarded", "Forwarded"),
                    ("waiting", "Litigation window"),
                    ("held", "Proceedings"),
                    ("prevailed", "Restored"),
                    ("confirmed", "Measures confirmed"),
                    ("rejected", "Not accepted"),
                    ("withdrawn", "Withdrawn"),
                    ("ended", "Nothing left to contest"),
                ],
                default="filed",
                max_length=50,
            ),
        ),
        migrations.AlterField(
            model_name="suitproof",
            name="kind",
            field=models.CharField(
                choices=[
                    ("suit", "Suit in court"),
                    ("complaint", "Complaint to the authority"),
                    ("ccb", "Claim before the Copyright Claims Board"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="counternotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "filed",
                            "incomplete",
                            "forwarded",
                            "waiting",
                            "held",
                            "prevailed",
                            "confirmed",
                            "rejected",
                            "withdrawn",
                            "ended",
                        ],
                    )
                ),
                name="counter_notice_state",
            ),
        ),
        migrations.RunSQL(
            "UPDATE counternotices_counternotice SET received_at = filed_at",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("counternotice", "received_at", models.DateTimeField()),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS], [(DELETE, row) for row in TRANSITIONS]
        ),
        *(
            migrations.RunSQL(
                GUARD.format(machine=machine, table=table),
                f"DROP TRIGGER {machine}_state ON {table}",
            )
            for machine, table in TABLES.items()
        ),
    ]
