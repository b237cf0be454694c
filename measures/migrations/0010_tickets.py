"""Tickets of the model's engineers, their probe suites and runs, and what an issue tracker is told."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0009_ladder"),
        ("notices", "0008_items_know_their_kin"),
        ("platforms", "0003_kin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE measures_ticket_number", "DROP SEQUENCE measures_ticket_number"
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "measure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ticket",
                        serialize=False,
                        to="measures.measure",
                    ),
                ),
                (
                    "number",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("measures_ticket_number"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        ),
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("scoped", "Scoped"),
                            ("mitigating", "Mitigating"),
                            ("verifying", "Verifying"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                (
                    "mitigation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("data_removal", "Removal from the training data"),
                            ("fine_tune", "Fine-tuning"),
                            ("guidance", "Negative prompt or guidance"),
                            ("classifier", "Classifier on the output"),
                            ("unlearning", "Unlearning"),
                            ("retirement", "Retirement of the model"),
                        ],
                        max_length=16,
                    ),
                ),
                ("upstream", models.BooleanField(default=False)),
                (
                    "trained_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("service", "This service"),
                            ("user_here", "A user, with this service's training function"),
                            (
                                "upstream",
                                "A third party, whose model is called through its interface",
                            ),
                            ("third_party", "A third party; this service runs its finished model"),
                        ],
                        max_length=12,
                    ),
                ),
                ("regressed_at", models.DateTimeField(null=True)),
                ("issue_number", models.PositiveIntegerField(null=True)),
                ("issue_url", models.URLField(blank=True, max_length=500)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["new", "scoped", "mitigating", "verifying"])
                        ),
                        name="ticket_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mitigation", ""),
                            (
                                "mitigation__in",
                                [
                                    "data_removal",
                                    "fine_tune",
                                    "guidance",
                                    "classifier",
                                    "unlearning",
                                    "retirement",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="ticket_mitigation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mitigation", "data_removal"), _negated=True),
                            ("trained_by__in", ["service", "user_here"]),
                            _connector="OR",
                        ),
                        name="only_who_trained_removes_data",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProbeSuite",
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
                        choices=[("normal", "Normal use"), ("adversarial", "Adversarial")],
                        max_length=12,
                    ),
                ),
                ("allowed_percent", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suites",
                        to="measures.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("-kind",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket", "kind"), name="suite_once_per_ticket"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["normal", "adversarial"])),
                        name="suite_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("allowed_percent", 0), ("kind", "normal")),
                            models.Q(("allowed_percent__lt", 100), ("kind", "adversarial")),
                            _connector="OR",
                        ),
                        name="normal_use_brings_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("prompt", models.TextField()),
                ("seed", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for review"),
                            ("in_use", "In use"),
                            ("declined", "Not used"),
                        ],
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.case",
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
                (
                    "suite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="probes",
                        to="measures.probesuite",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("suite", "number"), name="probe_number_once"),
                    models.UniqueConstraint(fields=("suite", "prompt", "seed"), name="probe_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "in_use", "declined"])),
                        name="probe_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seed__gte", 0), ("seed__lt", 4294967296)),
                        name="probe_seed_in_contract",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("case", None),
                            models.Q(("reviewed_by", None), ("state", "proposed")),
                            models.Q(
                                ("reviewed_at__isnull", False), ("reviewed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="no_strangers_probe_without_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketModel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("build", models.CharField(blank=True, max_length=200)),
                ("build_at", models.DateTimeField(null=True)),
                ("look_at", models.DateTimeField()),
                ("looking_since", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("misses", models.PositiveIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
                (
                    "artefact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.artefact",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="models",
                        to="measures.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("artefact__external_id",),
                "indexes": [models.Index(fields=["look_at"], name="ticket_model_by_look")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket", "artefact"), name="model_once_per_ticket"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProbeRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("suite_version", models.PositiveIntegerField()),
                ("build", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("key", models.UUIDField()),
                ("scorer", models.CharField(max_length=40)),
                ("allowed_percent", models.PositiveSmallIntegerField()),
                ("asked", models.PositiveIntegerField()),
                ("drawn", models.PositiveIntegerField()),
                ("similar", models.PositiveIntegerField()),
                ("unscored", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("passed", "Passed"),
                            ("failed", "Failed"),
                            ("unproven", "Shows nothing"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "suite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="measures.probesuite",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="measures.ticketmodel",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "indexes": [models.Index(fields=["suite", "model", "at"], name="run_by_suite")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["passed", "failed", "unproven"])),
                        name="run_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("drawn__lte", models.F("asked")),
                            ("similar__lte", models.F("drawn")),
                            ("unscored__lte", models.F("drawn")),
                        ),
                        name="run_counts_fit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "passed"), _negated=True),
                            models.Q(
                                ("asked__gt", 0),
                                ("unscored", 0),
                                django.db.models.lookups.GreaterThanOrEqual(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("allowed_percent"), "*", models.F("asked")
                                    ),
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("similar"), "*", models.Value(100)
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="run_passed_within_its_line",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProbeResult",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("prompt_sha256", models.CharField(max_length=64)),
                ("seed", models.BigIntegerField()),
                ("output", models.CharField(blank=True, max_length=200)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("score", models.FloatField(null=True)),
                ("similar", models.BooleanField()),
                ("against", models.CharField(blank=True, max_length=64)),
                (
                    "probe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="measures.probe",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="measures.proberun",
                    ),
                ),
            ],
            options={
                "ordering": ("probe__number",),
                "constraints": [
                    models.UniqueConstraint(fields=("run", "probe"), name="result_once_per_run"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("similar", False),
                            models.Q(("output", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="only_what_was_drawn_is_similar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProbeOpinion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion",
                        to="measures.proberesult",
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="RoleTest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "trained_by",
                    models.CharField(
                        choices=[
                            ("service", "This service"),
                            ("user_here", "A user, with this service's training function"),
                            (
                                "upstream",
                                "A third party, whose model is called through its interface",
                            ),
                            ("third_party", "A third party; this service runs its finished model"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reasons", models.JSONField()),
                ("facts", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_tests",
                        to="measures.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("made_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trained_by__in", ["service", "user_here", "upstream", "third_party"])
                        ),
                        name="role_test_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketSync",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("create", "Create"),
                            ("comment", "Comment"),
                            ("close", "Close"),
                            ("reopen", "Reopen"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("queued_at", models.DateTimeField()),
                ("sending_since", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("try_after", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="syncs",
                        to="measures.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("ticket", "position"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None)),
                        fields=["try_after"],
                        name="sync_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "position"), name="sync_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["create", "comment", "close", "reopen"])),
                        name="sync_act_known",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="measurecheck",
            name="check_what_known",
        ),
        migrations.AlterField(
            model_name="measurecheck",
            name="what",
            field=models.CharField(
                choices=[
                    ("artefact_state", "The platform's record"),
                    ("content_bytes", "The same file elsewhere"),
                    ("public_url", "The public address"),
                    ("prompt", "The prompt at the guard"),
                    ("user_standing", "The user's standing"),
                    ("rule", "The rule in the guard"),
                    ("probes", "The probe suites"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="measurecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "what__in",
                        [
                            "artefact_state",
                            "content_bytes",
                            "public_url",
                            "prompt",
                            "user_standing",
                            "rule",
                            "probes",
                        ],
                    )
                ),
                name="check_what_known",
            ),
        ),
    ]
