import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jurisdictions.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("tracker", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffCache",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "desk_staff_cache",
            },
        ),
        migrations.CreateModel(
            name="BackgroundWork",
            fields=[],
            options={
                "verbose_name": "background work",
                "verbose_name_plural": "background work",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("django_tasks_database.dbtaskresult",),
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("reminders", "Reminders"), ("digest", "Weekly digest")], max_length=9),
                ),
                (
                    "week",
                    models.CharField(blank=True, help_text="The ISO week of a digest, such as 2017-W27.", max_length=8),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "settled_at",
                    models.DateTimeField(
                        help_text="When it was sent, or found to have nothing left to say.", null=True
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "digest"), models.Q(("week", ""), _negated=True)),
                            models.Q(("kind", "reminders"), ("week", "")),
                            _connector="OR",
                        ),
                        name="mail_digest_has_a_week",
                    ),
                    models.UniqueConstraint(
                        models.F("account"),
                        models.F("week"),
                        condition=models.Q(("kind", "digest")),
                        name="mail_one_digest_a_week",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("digest", models.BooleanField(default=True, help_text="Send the weekly digest.")),
                (
                    "calendar_hash",
                    models.CharField(
                        editable=False,
                        help_text="SHA-256 of the calendar's secret.",
                        max_length=64,
                        null=True,
                        unique=True,
                    ),
                ),
                ("calendar_made_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name_plural": "preferences",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="desk.mail"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="tracker.letter"
                    ),
                ),
                ("due_on", models.DateField(help_text="The last day that the deadline can mean.")),
                (
                    "days_before",
                    models.SmallIntegerField(help_text="Days before the deadline; -1 is the day after it."),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("account"),
                        models.F("letter"),
                        models.F("due_on"),
                        models.F("days_before"),
                        name="reminder_is_written_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days_before__in", [14, 7, 1, -1])), name="reminder_days_before_are_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "work",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="set_aside",
                        to="django_tasks_database.dbtaskresult",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "set aside",
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed_by",
                        to="tracker.letter",
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                ("everything", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "followed deadline",
                "verbose_name_plural": "my deadlines",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("everything", False), ("letter__isnull", False), ("state", "")),
                            models.Q(
                                ("everything", False), ("letter__isnull", True), models.Q(("state", ""), _negated=True)
                            ),
                            models.Q(("everything", True), ("letter__isnull", True), ("state", "")),
                            _connector="OR",
                        ),
                        name="follow_is_of_one_thing",
                        violation_error_message="Follow one letter, one state or everything.",
                    ),
                    models.UniqueConstraint(
                        models.F("account"),
                        models.F("letter"),
                        condition=models.Q(("letter__isnull", False)),
                        name="follow_of_a_letter_is_unique",
                    ),
                    models.UniqueConstraint(
                        models.F("account"),
                        models.F("state"),
                        condition=models.Q(("state", ""), _negated=True),
                        name="follow_of_a_state_is_unique",
                    ),
                    models.UniqueConstraint(
                        models.F("account"),
                        condition=models.Q(("everything", True)),
                        name="follow_of_everything_is_unique",
                    ),
                ],
            },
        ),
    ]
