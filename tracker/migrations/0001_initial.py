import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import jurisdictions.models
import nouns.partial_dates
import tracker.models.source
import tracker.models.table_import
from tracker import record_search
from tracker.publishing import search_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
        ("jurisdictions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        help_text="The one-time key that the form was opened with.", max_length=32, unique=True
                    ),
                ),
                ("digest", models.CharField(help_text="SHA-256 of what was sent.", max_length=64)),
                ("address", models.CharField(help_text="The page of what it made.", max_length=500)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Codebook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.CharField(help_text="Version of the codebook, such as 1.0.", max_length=20)),
                ("title", models.CharField(help_text="Title.", max_length=200)),
                ("introduction", models.TextField(blank=True, help_text="How to code a policy.")),
            ],
            options={
                "ordering": ("version", "pk"),
                "constraints": [models.UniqueConstraint(fields=("version",), name="codebook_version_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="FederalAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("title", models.CharField(help_text="Title or description.", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statute", "Statute"),
                            ("executive_order", "Executive order"),
                            ("memorandum", "Memorandum"),
                            ("rule", "Rule"),
                            ("guidance", "Guidance"),
                            ("grant_condition", "Grant condition"),
                            ("report", "Report"),
                            ("list", "List"),
                            ("letters", "Letters"),
                            ("determination", "Determination"),
                            ("announcement", "Announcement"),
                            ("program", "Programme"),
                        ],
                        help_text="What kind of action it is.",
                        max_length=15,
                    ),
                ),
                ("issuer", models.CharField(help_text="Who issued it, as the source names them.", max_length=200)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="The issuing agency.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="federal_actions",
                        to="jurisdictions.agency",
                    ),
                ),
                (
                    "issued_on",
                    nouns.partial_dates.PartialDateField(help_text="When it was signed, sent or announced."),
                ),
                (
                    "effective_on",
                    nouns.partial_dates.PartialDateField(help_text="When it took effect, where that is stated."),
                ),
                (
                    "ended_on",
                    nouns.partial_dates.PartialDateField(
                        help_text="When it was revoked, withdrawn or ceased to apply."
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(blank=True, help_text="How it ended, as the source says.", max_length=300),
                ),
                (
                    "citation",
                    models.CharField(blank=True, help_text="Legal citation, such as 82 FR 8799.", max_length=200),
                ),
                (
                    "federal_register_number",
                    models.CharField(
                        blank=True, help_text="Federal Register document number, such as 2017-02102.", max_length=20
                    ),
                ),
                (
                    "federal_register_on",
                    nouns.partial_dates.PartialDateField(help_text="When the Federal Register published it."),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where its text can be read.", max_length=500, verbose_name="address"
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What it does, in the tracker's words.")),
            ],
            options={
                "ordering": ("-issued_on", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["-issued_on", "-id"], name="federalaction_list_order"),
                    models.Index(django.db.models.functions.text.Upper("title"), name="federalaction_upper_title"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="federalaction_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="federalaction_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_on", ""),
                                ("issued_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("effective_on", ""),
                                ("effective_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on", ""),
                                ("ended_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("federal_register_on", ""),
                                (
                                    "federal_register_on__regex",
                                    "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="federalaction_dates_are_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", ""),
                            ("issued_on", ""),
                            ("ended_on__gte", models.F("issued_on")),
                            ("issued_on__startswith", models.F("ended_on")),
                            _connector="OR",
                        ),
                        name="federalaction_does_not_end_before_it_is_issued",
                        violation_error_message="The end is before the day of issue.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Designation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "federal_action",
                    models.ForeignKey(
                        help_text="The list or memorandum.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="tracker.federalaction",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        help_text="The jurisdiction named.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                ("named_as", models.CharField(help_text="How the list writes the name.", max_length=160)),
                (
                    "designated_as",
                    models.CharField(help_text="What the list calls it, in the list's words.", max_length=200),
                ),
                ("designated_on", nouns.partial_dates.PartialDateField(help_text="When the list named it.")),
                ("removed_on", nouns.partial_dates.PartialDateField(help_text="When it was taken off the list.")),
                ("note", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
            ],
            options={
                "ordering": ("-designated_on", "named_as", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [models.Index(fields=["-designated_on", "named_as", "-id"], name="designation_list_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="designation_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="designation_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("designated_on", ""),
                                ("designated_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("removed_on", ""),
                                ("removed_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                        ),
                        name="designation_dates_are_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_on", ""),
                            ("designated_on", ""),
                            ("removed_on__gte", models.F("designated_on")),
                            ("designated_on__startswith", models.F("removed_on")),
                            _connector="OR",
                        ),
                        name="designation_is_not_removed_before_it_is_made",
                        violation_error_message="The removal is before the designation.",
                    ),
                    models.UniqueConstraint(
                        fields=("federal_action", "named_as"), name="designation_names_a_jurisdiction_once_per_list"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantProgram",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(help_text="Official name of the programme.", max_length=200)),
                (
                    "short_name",
                    models.CharField(blank=True, help_text="Usual abbreviation, such as JAG.", max_length=40),
                ),
                (
                    "assistance_listing",
                    models.CharField(
                        blank=True,
                        help_text="Assistance listing number, such as 16.738; empty when not found.",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{2}\\.\\d{3}$", "An assistance listing looks like 16.738."
                            )
                        ],
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="The agency that awards it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grant_programs",
                        to="jurisdictions.agency",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("assistance_listing", ""), _negated=True),
                        fields=("assistance_listing",),
                        name="grantprogram_assistance_listing_is_unique",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantAward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "program",
                    models.ForeignKey(
                        help_text="The grant programme.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="tracker.grantprogram",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        help_text="The jurisdiction that received it, or holds it for others.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="jurisdictions.jurisdiction",
                        verbose_name="recipient jurisdiction",
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                (
                    "recipient_as_written",
                    models.CharField(help_text="The recipient as the source names it.", max_length=200),
                ),
                (
                    "award_id",
                    models.CharField(
                        blank=True,
                        help_text="Award number as written; empty when not found.",
                        max_length=40,
                        verbose_name="award ID (FAIN)",
                    ),
                ),
                (
                    "award_id_normalised",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        help_text="Award number in capitals, without punctuation, for matching.",
                        max_length=40,
                        verbose_name="award ID, normalised",
                    ),
                ),
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(
                        help_text="Federal fiscal year.",
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Amount in US dollars; empty when not found.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                (
                    "amount_kind",
                    models.CharField(
                        choices=[
                            ("award", "Award"),
                            ("allocation", "Allocation"),
                            ("approximate", "Approximate"),
                            ("subgrant_pool", "Subgrant pool"),
                        ],
                        help_text="What the amount is: award, allocation, approximate, subgrant pool.",
                        max_length=13,
                    ),
                ),
                (
                    "subaward_count",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of subawards made from it; empty when not found.",
                        null=True,
                        verbose_name="subawards",
                    ),
                ),
                ("awarded_on", nouns.partial_dates.PartialDateField(help_text="When it was awarded.")),
                (
                    "award_status",
                    models.CharField(
                        blank=True, help_text="Status as the awarding agency's page gives it.", max_length=60
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="The award's page at the awarding agency.",
                        max_length=500,
                        verbose_name="address",
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
            ],
            options={
                "ordering": ("-fiscal_year", "recipient_as_written", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["-fiscal_year", "recipient_as_written", "-id"], name="grantaward_list_order"),
                    models.Index(
                        fields=["state", "-fiscal_year", "recipient_as_written", "-id"],
                        name="grantaward_state_list_order",
                    ),
                    models.Index(fields=["program", "fiscal_year", "amount"], name="grantaward_program_year_amount"),
                    models.Index(
                        fields=["jurisdiction", "program", "fiscal_year"], name="grantaward_of_a_place_and_year"
                    ),
                    models.Index(
                        django.db.models.functions.text.Upper("recipient_as_written"), name="grantaward_upper_recipient"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="grantaward_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="grantaward_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True),
                            models.Q(models.Q(("amount_kind", ""), _negated=True), ("amount__gte", 0)),
                            _connector="OR",
                        ),
                        name="grantaward_amount_has_a_kind",
                        violation_error_message="An amount has a kind and is not negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("awarded_on", ""),
                            ("awarded_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                            _connector="OR",
                        ),
                        name="grantaward_awarded_on_is_a_date",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("award_id_normalised", ""), _negated=True),
                        fields=("award_id_normalised",),
                        name="grantaward_award_id_is_unique",
                        violation_error_message="Another award has this award ID.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="tracker.grantaward"
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        help_text="Whose share it is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award_shares",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The share in US dollars; empty when not found.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="How the share is known.", max_length=300)),
            ],
            options={
                "ordering": (models.OrderBy(models.F("amount"), descending=True, nulls_last=True), "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("award", "jurisdiction"), name="awardshare_is_one_per_jurisdiction"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="awardshare_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAwardShare",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The share in US dollars; empty when not found.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="How the share is known.", max_length=300)),
                (
                    "award",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.grantaward",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whose share it is.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical award share",
                "verbose_name_plural": "historical award shares",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCodebook",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.CharField(help_text="Version of the codebook, such as 1.0.", max_length=20)),
                ("title", models.CharField(help_text="Title.", max_length=200)),
                ("introduction", models.TextField(blank=True, help_text="How to code a policy.")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical codebook",
                "verbose_name_plural": "historical codebooks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDesignation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                ("named_as", models.CharField(help_text="How the list writes the name.", max_length=160)),
                (
                    "designated_as",
                    models.CharField(help_text="What the list calls it, in the list's words.", max_length=200),
                ),
                ("designated_on", nouns.partial_dates.PartialDateField(help_text="When the list named it.")),
                ("removed_on", nouns.partial_dates.PartialDateField(help_text="When it was taken off the list.")),
                ("note", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "federal_action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The list or memorandum.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.federalaction",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The jurisdiction named.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical designation",
                "verbose_name_plural": "historical designations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFederalAction",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("title", models.CharField(help_text="Title or description.", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statute", "Statute"),
                            ("executive_order", "Executive order"),
                            ("memorandum", "Memorandum"),
                            ("rule", "Rule"),
                            ("guidance", "Guidance"),
                            ("grant_condition", "Grant condition"),
                            ("report", "Report"),
                            ("list", "List"),
                            ("letters", "Letters"),
                            ("determination", "Determination"),
                            ("announcement", "Announcement"),
                            ("program", "Programme"),
                        ],
                        help_text="What kind of action it is.",
                        max_length=15,
                    ),
                ),
                ("issuer", models.CharField(help_text="Who issued it, as the source names them.", max_length=200)),
                (
                    "issued_on",
                    nouns.partial_dates.PartialDateField(help_text="When it was signed, sent or announced."),
                ),
                (
                    "effective_on",
                    nouns.partial_dates.PartialDateField(help_text="When it took effect, where that is stated."),
                ),
                (
                    "ended_on",
                    nouns.partial_dates.PartialDateField(
                        help_text="When it was revoked, withdrawn or ceased to apply."
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(blank=True, help_text="How it ended, as the source says.", max_length=300),
                ),
                (
                    "citation",
                    models.CharField(blank=True, help_text="Legal citation, such as 82 FR 8799.", max_length=200),
                ),
                (
                    "federal_register_number",
                    models.CharField(
                        blank=True, help_text="Federal Register document number, such as 2017-02102.", max_length=20
                    ),
                ),
                (
                    "federal_register_on",
                    nouns.partial_dates.PartialDateField(help_text="When the Federal Register published it."),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where its text can be read.", max_length=500, verbose_name="address"
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What it does, in the tracker's words.")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The issuing agency.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.agency",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical federal action",
                "verbose_name_plural": "historical federal actions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGrantAward",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                (
                    "recipient_as_written",
                    models.CharField(help_text="The recipient as the source names it.", max_length=200),
                ),
                (
                    "award_id",
                    models.CharField(
                        blank=True,
                        help_text="Award number as written; empty when not found.",
                        max_length=40,
                        verbose_name="award ID (FAIN)",
                    ),
                ),
                (
                    "award_id_normalised",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        help_text="Award number in capitals, without punctuation, for matching.",
                        max_length=40,
                        verbose_name="award ID, normalised",
                    ),
                ),
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(
                        help_text="Federal fiscal year.",
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Amount in US dollars; empty when not found.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                (
                    "amount_kind",
                    models.CharField(
                        choices=[
                            ("award", "Award"),
                            ("allocation", "Allocation"),
                            ("approximate", "Approximate"),
                            ("subgrant_pool", "Subgrant pool"),
                        ],
                        help_text="What the amount is: award, allocation, approximate, subgrant pool.",
                        max_length=13,
                    ),
                ),
                (
                    "subaward_count",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of subawards made from it; empty when not found.",
                        null=True,
                        verbose_name="subawards",
                    ),
                ),
                ("awarded_on", nouns.partial_dates.PartialDateField(help_text="When it was awarded.")),
                (
                    "award_status",
                    models.CharField(
                        blank=True, help_text="Status as the awarding agency's page gives it.", max_length=60
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="The award's page at the awarding agency.",
                        max_length=500,
                        verbose_name="address",
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The grant programme.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.grantprogram",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The jurisdiction that received it, or holds it for others.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                        verbose_name="recipient jurisdiction",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical grant award",
                "verbose_name_plural": "historical grant awards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGrantProgram",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(help_text="Official name of the programme.", max_length=200)),
                (
                    "short_name",
                    models.CharField(blank=True, help_text="Usual abbreviation, such as JAG.", max_length=40),
                ),
                (
                    "assistance_listing",
                    models.CharField(
                        blank=True,
                        help_text="Assistance listing number, such as 16.738; empty when not found.",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{2}\\.\\d{3}$", "An assistance listing looks like 16.738."
                            )
                        ],
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency that awards it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.agency",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical grant program",
                "verbose_name_plural": "historical grant programs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LegalAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("citation", models.CharField(help_text="The provision as lawyers cite it.", max_length=120)),
                ("name", models.CharField(blank=True, help_text="What it is called.", max_length=200)),
                ("summary", models.TextField(blank=True, help_text="What it says, in one or two sentences.")),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where its text can be read.", max_length=500, verbose_name="address"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "legal authorities",
                "ordering": ("citation", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("citation",), name="legalauthority_citation_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("title", models.CharField(help_text="What the mailing is called here.", max_length=200)),
                ("sent_on", nouns.partial_dates.PartialDateField(help_text="The day that the letters bear.")),
                ("announced_on", nouns.partial_dates.PartialDateField(help_text="When the sender announced them.")),
                (
                    "sender_agency",
                    models.ForeignKey(
                        help_text="The agency that sent them.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_batches",
                        to="jurisdictions.agency",
                    ),
                ),
                ("demand", models.TextField(blank=True, help_text="What the letters ask for.")),
                ("threatened_consequences", models.TextField(blank=True, help_text="What the letters say may follow.")),
                (
                    "count_claimed",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="How many letters the sender says it sent.", null=True
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What the mailing was, in the tracker's words.")),
                (
                    "legal_authorities",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The law that the letters rely on.",
                        related_name="letter_batches",
                        to="tracker.legalauthority",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "letter batches",
                "ordering": ("-sent_on", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [models.Index(fields=["-sent_on", "-id"], name="letterbatch_list_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="letterbatch_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="letterbatch_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_on", ""),
                                ("sent_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("announced_on", ""),
                                ("announced_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                        ),
                        name="letterbatch_dates_are_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        help_text="The mailing that it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="tracker.letterbatch",
                    ),
                ),
                (
                    "sender_agency",
                    models.ForeignKey(
                        help_text="The agency that sent it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_sent",
                        to="jurisdictions.agency",
                    ),
                ),
                (
                    "signatory",
                    models.CharField(blank=True, help_text="Who signed it; empty when not found.", max_length=120),
                ),
                ("signatory_title", models.CharField(blank=True, help_text="The signatory's office.", max_length=160)),
                (
                    "recipient_as_written",
                    models.CharField(help_text="The recipient as the letter or the list names it.", max_length=200),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        help_text="The jurisdiction that received it; empty while the words fit more than one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="jurisdictions.jurisdiction",
                        verbose_name="recipient jurisdiction",
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                (
                    "recipient_agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="The agency it was addressed to, where it was one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_received",
                        to="jurisdictions.agency",
                    ),
                ),
                (
                    "addressee",
                    models.CharField(
                        blank=True, help_text="The person addressed, as the source names them.", max_length=120
                    ),
                ),
                ("addressee_title", models.CharField(blank=True, help_text="The addressee's office.", max_length=160)),
                ("sent_on", nouns.partial_dates.PartialDateField(help_text="The day that the letter bears.")),
                (
                    "received_on",
                    nouns.partial_dates.PartialDateField(help_text="When it arrived, where that is stated."),
                ),
                ("demand", models.TextField(blank=True, help_text="What the letter asks for.")),
                ("threatened_consequences", models.TextField(blank=True, help_text="What the letter says may follow.")),
                ("summary", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
                (
                    "legal_authorities",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The law that the letter relies on.",
                        related_name="letters",
                        to="tracker.legalauthority",
                    ),
                ),
                (
                    "cited_awards",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The grant awards that the letter cites.",
                        related_name="cited_in_letters",
                        to="tracker.grantaward",
                    ),
                ),
            ],
            options={
                "ordering": ("-sent_on", "recipient_as_written", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["-sent_on", "recipient_as_written", "-id"], name="letter_list_order"),
                    models.Index(
                        fields=["state", "-sent_on", "recipient_as_written", "-id"], name="letter_state_list_order"
                    ),
                    models.Index(
                        django.db.models.functions.text.Upper("recipient_as_written"), name="letter_upper_recipient"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="letter_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="letter_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_on", ""),
                                ("sent_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("received_on", ""),
                                ("received_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                        ),
                        name="letter_dates_are_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_on", ""),
                            ("sent_on", ""),
                            ("received_on__gte", models.F("sent_on")),
                            ("sent_on__startswith", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="letter_is_not_received_before_it_is_sent",
                        violation_error_message="It is received before it is sent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipient_as_written", ""), _negated=True),
                        name="letter_names_its_recipient",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        help_text="The jurisdiction that decided.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policies",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                (
                    "issuing_agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="The body that adopted or issued it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policies",
                        to="jurisdictions.agency",
                    ),
                ),
                ("title", models.CharField(help_text="Official or usual title.", max_length=300)),
                (
                    "instrument",
                    models.CharField(
                        choices=[
                            ("statute", "State statute"),
                            ("ordinance", "Ordinance"),
                            ("local_law", "Local law"),
                            ("resolution", "Resolution"),
                            ("executive_order", "Executive order"),
                            ("directive", "Directive"),
                            ("agency_policy", "Agency policy"),
                            ("board_policy", "Board policy"),
                            ("consent_decree", "Consent decree"),
                        ],
                        help_text="What kind of act it is.",
                        max_length=15,
                    ),
                ),
                (
                    "citation",
                    models.CharField(
                        blank=True, help_text="How it is cited: code section, order number, file.", max_length=200
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("limits", "Limits cooperation"),
                            ("requires", "Requires cooperation"),
                            ("mixed", "Limits and requires"),
                        ],
                        help_text="Whether its text limits cooperation, requires it, or does both; empty when not coded.",
                        max_length=8,
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What it says, in the tracker's words.")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("adopted", "Adopted"), ("proposed", "Proposed"), ("failed", "Failed")],
                        help_text="Adopted, proposed or failed.",
                        max_length=8,
                    ),
                ),
                (
                    "adopted_on",
                    nouns.partial_dates.PartialDateField(help_text="When it was adopted, signed or issued."),
                ),
                (
                    "effective_on",
                    nouns.partial_dates.PartialDateField(help_text="When it took effect, where that is stated."),
                ),
                (
                    "ended_on",
                    nouns.partial_dates.PartialDateField(help_text="The first day on which it no longer applied."),
                ),
                ("end_reason", models.CharField(blank=True, help_text="How it ended.", max_length=200)),
                (
                    "supersedes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Policies that it amended or replaced.",
                        related_name="superseded_by",
                        to="tracker.policy",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "policies",
                "ordering": ("-adopted_on", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["-adopted_on", "-id"], name="policy_list_order"),
                    models.Index(fields=["state", "-adopted_on", "-id"], name="policy_state_list_order"),
                    models.Index(django.db.models.functions.text.Upper("title"), name="policy_upper_title"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="policy_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="policy_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adopted_on", ""),
                                ("adopted_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("effective_on", ""),
                                ("effective_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on", ""),
                                ("ended_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                        ),
                        name="policy_dates_are_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on", ""),
                                ("adopted_on", ""),
                                ("ended_on__gte", models.F("adopted_on")),
                                ("adopted_on__startswith", models.F("ended_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on", ""),
                                ("effective_on", ""),
                                ("ended_on__gte", models.F("effective_on")),
                                ("effective_on__startswith", models.F("ended_on")),
                                _connector="OR",
                            ),
                        ),
                        name="policy_does_not_end_before_it_starts",
                        violation_error_message="The end is before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "adopted"), models.Q(("effective_on", ""), ("ended_on", "")), _connector="OR"
                        ),
                        name="policy_takes_effect_only_when_adopted",
                        violation_error_message="Only an adopted policy takes effect or ends.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lawsuit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("caption", models.CharField(help_text="Name of the case.", max_length=300)),
                ("court", models.CharField(blank=True, help_text="The court; empty when not found.", max_length=120)),
                (
                    "court_id",
                    models.CharField(blank=True, help_text="CourtListener's identifier of the court.", max_length=15),
                ),
                (
                    "docket_number",
                    models.CharField(blank=True, help_text="Docket number; empty when not found.", max_length=40),
                ),
                ("filed_on", nouns.partial_dates.PartialDateField(help_text="When it was filed.")),
                ("judge", models.CharField(blank=True, help_text="The judge, where named.", max_length=120)),
                (
                    "challenged",
                    models.CharField(blank=True, help_text="What it challenges, as the sources say.", max_length=300),
                ),
                (
                    "appeal_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="The case that it is an appeal of.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="tracker.lawsuit",
                    ),
                ),
                (
                    "posture",
                    models.CharField(blank=True, help_text="Where it stood when last looked at.", max_length=300),
                ),
                (
                    "federal_actions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The federal actions it challenges.",
                        related_name="lawsuits",
                        to="tracker.federalaction",
                    ),
                ),
                (
                    "letters",
                    models.ManyToManyField(
                        blank=True, help_text="The letters it challenges.", related_name="lawsuits", to="tracker.letter"
                    ),
                ),
                (
                    "policies",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The state or local policies it challenges.",
                        related_name="lawsuits",
                        to="tracker.policy",
                    ),
                ),
            ],
            options={
                "ordering": ("-filed_on", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["-filed_on", "-id"], name="lawsuit_list_order"),
                    models.Index(django.db.models.functions.text.Upper("caption"), name="lawsuit_upper_caption"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="lawsuit_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="lawsuit_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed_on", ""),
                            ("filed_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                            _connector="OR",
                        ),
                        name="lawsuit_filed_on_is_a_date",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("court_id", ""), _negated=True), models.Q(("docket_number", ""), _negated=True)
                        ),
                        fields=("court_id", "docket_number"),
                        name="lawsuit_docket_is_unique_in_its_court",
                        violation_error_message="Another lawsuit has this docket number in this court.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("appeal_of__isnull", True),
                            models.Q(("appeal_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="lawsuit_is_not_its_own_appeal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLawsuit",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("caption", models.CharField(help_text="Name of the case.", max_length=300)),
                ("court", models.CharField(blank=True, help_text="The court; empty when not found.", max_length=120)),
                (
                    "court_id",
                    models.CharField(blank=True, help_text="CourtListener's identifier of the court.", max_length=15),
                ),
                (
                    "docket_number",
                    models.CharField(blank=True, help_text="Docket number; empty when not found.", max_length=40),
                ),
                ("filed_on", nouns.partial_dates.PartialDateField(help_text="When it was filed.")),
                ("judge", models.CharField(blank=True, help_text="The judge, where named.", max_length=120)),
                (
                    "challenged",
                    models.CharField(blank=True, help_text="What it challenges, as the sources say.", max_length=300),
                ),
                (
                    "posture",
                    models.CharField(blank=True, help_text="Where it stood when last looked at.", max_length=300),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appeal_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The case that it is an appeal of.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.lawsuit",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lawsuit",
                "verbose_name_plural": "historical lawsuits",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLegalAuthority",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("citation", models.CharField(help_text="The provision as lawyers cite it.", max_length=120)),
                ("name", models.CharField(blank=True, help_text="What it is called.", max_length=200)),
                ("summary", models.TextField(blank=True, help_text="What it says, in one or two sentences.")),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where its text can be read.", max_length=500, verbose_name="address"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical legal authority",
                "verbose_name_plural": "historical legal authorities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLetter",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "signatory",
                    models.CharField(blank=True, help_text="Who signed it; empty when not found.", max_length=120),
                ),
                ("signatory_title", models.CharField(blank=True, help_text="The signatory's office.", max_length=160)),
                (
                    "recipient_as_written",
                    models.CharField(help_text="The recipient as the letter or the list names it.", max_length=200),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                (
                    "addressee",
                    models.CharField(
                        blank=True, help_text="The person addressed, as the source names them.", max_length=120
                    ),
                ),
                ("addressee_title", models.CharField(blank=True, help_text="The addressee's office.", max_length=160)),
                ("sent_on", nouns.partial_dates.PartialDateField(help_text="The day that the letter bears.")),
                (
                    "received_on",
                    nouns.partial_dates.PartialDateField(help_text="When it arrived, where that is stated."),
                ),
                ("demand", models.TextField(blank=True, help_text="What the letter asks for.")),
                ("threatened_consequences", models.TextField(blank=True, help_text="What the letter says may follow.")),
                ("summary", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The mailing that it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letterbatch",
                    ),
                ),
                (
                    "sender_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency that sent it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.agency",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The jurisdiction that received it; empty while the words fit more than one.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                        verbose_name="recipient jurisdiction",
                    ),
                ),
                (
                    "recipient_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency it was addressed to, where it was one.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.agency",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical letter",
                "verbose_name_plural": "historical letters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLetterBatch",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("title", models.CharField(help_text="What the mailing is called here.", max_length=200)),
                ("sent_on", nouns.partial_dates.PartialDateField(help_text="The day that the letters bear.")),
                ("announced_on", nouns.partial_dates.PartialDateField(help_text="When the sender announced them.")),
                ("demand", models.TextField(blank=True, help_text="What the letters ask for.")),
                ("threatened_consequences", models.TextField(blank=True, help_text="What the letters say may follow.")),
                (
                    "count_claimed",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="How many letters the sender says it sent.", null=True
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What the mailing was, in the tracker's words.")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency that sent them.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.agency",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical letter batch",
                "verbose_name_plural": "historical letter batches",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPolicy",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                ("title", models.CharField(help_text="Official or usual title.", max_length=300)),
                (
                    "instrument",
                    models.CharField(
                        choices=[
                            ("statute", "State statute"),
                            ("ordinance", "Ordinance"),
                            ("local_law", "Local law"),
                            ("resolution", "Resolution"),
                            ("executive_order", "Executive order"),
                            ("directive", "Directive"),
                            ("agency_policy", "Agency policy"),
                            ("board_policy", "Board policy"),
                            ("consent_decree", "Consent decree"),
                        ],
                        help_text="What kind of act it is.",
                        max_length=15,
                    ),
                ),
                (
                    "citation",
                    models.CharField(
                        blank=True, help_text="How it is cited: code section, order number, file.", max_length=200
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("limits", "Limits cooperation"),
                            ("requires", "Requires cooperation"),
                            ("mixed", "Limits and requires"),
                        ],
                        help_text="Whether its text limits cooperation, requires it, or does both; empty when not coded.",
                        max_length=8,
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What it says, in the tracker's words.")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("adopted", "Adopted"), ("proposed", "Proposed"), ("failed", "Failed")],
                        help_text="Adopted, proposed or failed.",
                        max_length=8,
                    ),
                ),
                (
                    "adopted_on",
                    nouns.partial_dates.PartialDateField(help_text="When it was adopted, signed or issued."),
                ),
                (
                    "effective_on",
                    nouns.partial_dates.PartialDateField(help_text="When it took effect, where that is stated."),
                ),
                (
                    "ended_on",
                    nouns.partial_dates.PartialDateField(help_text="The first day on which it no longer applied."),
                ),
                ("end_reason", models.CharField(blank=True, help_text="How it ended.", max_length=200)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The jurisdiction that decided.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "issuing_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The body that adopted or issued it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.agency",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical policy",
                "verbose_name_plural": "historical policies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalQuestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("position", models.PositiveSmallIntegerField(help_text="Place in the codebook, from 1.")),
                ("text", models.CharField(help_text="The question.", max_length=300)),
                ("guidance", models.TextField(blank=True, help_text="How to answer it.")),
                (
                    "codebook",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The codebook it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.codebook",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical question",
                "verbose_name_plural": "historical questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "title",
                    models.CharField(
                        help_text="Title as published, or a description of an untitled paper.", max_length=400
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("primary", "Primary document"),
                            ("official", "Official publication"),
                            ("court", "Court paper"),
                            ("news", "News report"),
                            ("analysis", "Analysis"),
                            ("advocacy", "Advocacy group"),
                            ("secondary", "Secondary copy or aggregator"),
                        ],
                        help_text="What kind of document it is.",
                        max_length=9,
                    ),
                ),
                (
                    "publisher",
                    models.CharField(blank=True, help_text="Who published it; empty when not stated.", max_length=200),
                ),
                ("author", models.CharField(blank=True, help_text="Who wrote it, where named.", max_length=200)),
                (
                    "published_on",
                    nouns.partial_dates.PartialDateField(help_text="Day, month or year of publication."),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where it was read.", max_length=1000, verbose_name="address"
                    ),
                ),
                (
                    "archive_url",
                    models.URLField(
                        blank=True, help_text="A kept copy.", max_length=1000, verbose_name="archived copy"
                    ),
                ),
                ("retrieved_on", nouns.partial_dates.PartialDateField(help_text="When it was read.")),
                (
                    "file",
                    models.TextField(
                        blank=True,
                        help_text="The document itself, as a PDF of at most 25 MB. Private until this source is published.",
                        max_length=100,
                        validators=[tracker.models.source.is_a_pdf],
                        verbose_name="document",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True,
                        help_text="Checksum of the kept document.",
                        max_length=64,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9a-f]{64}$", "A SHA-256 is 64 hexadecimal digits in lower case."
                            )
                        ],
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "text_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Waiting to be read"),
                            ("read", "Read"),
                            ("no_text", "A scan: there is no text in it"),
                            ("failed", "Could not be read"),
                        ],
                        editable=False,
                        max_length=7,
                        verbose_name="text",
                    ),
                ),
                (
                    "text_fault",
                    models.CharField(
                        blank=True, editable=False, help_text="Why no text could be read.", max_length=300
                    ),
                ),
                (
                    "extracted_text",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Text of the document, for search by staff; form feeds part its pages.",
                    ),
                ),
                (
                    "link_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alive", "Answers as before"),
                            ("changed", "Answers with something else than before"),
                            ("dead", "Does not answer"),
                        ],
                        editable=False,
                        max_length=7,
                        verbose_name="address check",
                    ),
                ),
                (
                    "link_checked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="address checked"),
                ),
                (
                    "link_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Checksum of what the address answered at first.",
                        max_length=64,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What the source covers, or how it should be read.")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStatement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.", max_length=140
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("speaker", models.CharField(help_text="Who said it.", max_length=200)),
                ("office", models.CharField(blank=True, help_text="Office, or where it was said.", max_length=200)),
                ("said_on", nouns.partial_dates.PartialDateField(help_text="When it was said.")),
                (
                    "kind",
                    models.CharField(
                        choices=[("claim", "Claim"), ("quote", "Quotation"), ("figure", "Figure")],
                        help_text="A claim, a quotation or a figure.",
                        max_length=6,
                    ),
                ),
                ("paraphrase", models.TextField(help_text="What was said, in the tracker's words and attributed.")),
                ("quote", models.TextField(blank=True, help_text="The exact words.")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The figure claimed, in US dollars.",
                        max_digits=16,
                        null=True,
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True, help_text="What the figure covers: per year, fiscal year 2017.", max_length=80
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical statement",
                "verbose_name_plural": "historical statements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLawsuitParty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("plaintiff", "Plaintiff"),
                            ("defendant", "Defendant"),
                            ("intervenor", "Intervenor"),
                            ("amicus", "Amicus curiae"),
                        ],
                        help_text="The side it is on.",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(help_text="The party as the source names it.", max_length=200)),
                (
                    "lawsuit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.lawsuit",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The jurisdiction, where the party is one.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lawsuit party",
                "verbose_name_plural": "historical lawsuit parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLawsuitEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("complaint", "Complaint"),
                            ("amended_complaint", "Amended complaint"),
                            ("motion", "Motion"),
                            ("order", "Order"),
                            ("opinion", "Opinion"),
                            ("temporary_restraining_order", "Temporary restraining order"),
                            ("preliminary_injunction", "Preliminary injunction"),
                            ("permanent_injunction", "Permanent injunction"),
                            ("stay", "Stay"),
                            ("summary_judgment", "Summary judgment"),
                            ("consent_judgment", "Consent judgment"),
                            ("dismissal", "Dismissal"),
                            ("appeal_decision", "Appeal decision"),
                            ("rehearing", "Rehearing"),
                            ("cert_petition", "Petition for certiorari"),
                            ("cert_denied", "Certiorari denied"),
                            ("settlement", "Settlement"),
                            ("other", "Other"),
                        ],
                        help_text="What it is.",
                        max_length=27,
                    ),
                ),
                ("on", nouns.partial_dates.PartialDateField(help_text="When it was filed or decided.")),
                ("court", models.CharField(blank=True, help_text="The court that acted.", max_length=120)),
                (
                    "citation",
                    models.CharField(blank=True, help_text="Reporter citation or docket entry.", max_length=200),
                ),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[("nationwide", "Nationwide"), ("parties", "The parties"), ("state", "One state")],
                        help_text="Whom an order binds; empty when not stated.",
                        max_length=10,
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What happened, in a sentence.")),
                (
                    "lawsuit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.lawsuit",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lawsuit event",
                "verbose_name_plural": "historical lawsuit events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLawsuit_federal_actions",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "lawsuit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.lawsuit",
                    ),
                ),
                (
                    "federalaction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.federalaction",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicallawsuit",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalLawsuit_federal_actions",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LawsuitEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lawsuit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tracker.lawsuit"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("complaint", "Complaint"),
                            ("amended_complaint", "Amended complaint"),
                            ("motion", "Motion"),
                            ("order", "Order"),
                            ("opinion", "Opinion"),
                            ("temporary_restraining_order", "Temporary restraining order"),
                            ("preliminary_injunction", "Preliminary injunction"),
                            ("permanent_injunction", "Permanent injunction"),
                            ("stay", "Stay"),
                            ("summary_judgment", "Summary judgment"),
                            ("consent_judgment", "Consent judgment"),
                            ("dismissal", "Dismissal"),
                            ("appeal_decision", "Appeal decision"),
                            ("rehearing", "Rehearing"),
                            ("cert_petition", "Petition for certiorari"),
                            ("cert_denied", "Certiorari denied"),
                            ("settlement", "Settlement"),
                            ("other", "Other"),
                        ],
                        help_text="What it is.",
                        max_length=27,
                    ),
                ),
                ("on", nouns.partial_dates.PartialDateField(help_text="When it was filed or decided.")),
                ("court", models.CharField(blank=True, help_text="The court that acted.", max_length=120)),
                (
                    "citation",
                    models.CharField(blank=True, help_text="Reporter citation or docket entry.", max_length=200),
                ),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[("nationwide", "Nationwide"), ("parties", "The parties"), ("state", "One state")],
                        help_text="Whom an order binds; empty when not stated.",
                        max_length=10,
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="What happened, in a sentence.")),
            ],
            options={
                "ordering": ("on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on", ""),
                            ("on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                            _connector="OR",
                        ),
                        name="lawsuitevent_on_is_a_date",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LawsuitParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lawsuit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="tracker.lawsuit"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("plaintiff", "Plaintiff"),
                            ("defendant", "Defendant"),
                            ("intervenor", "Intervenor"),
                            ("amicus", "Amicus curiae"),
                        ],
                        help_text="The side it is on.",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(help_text="The party as the source names it.", max_length=200)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        help_text="The jurisdiction, where the party is one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lawsuit_parties",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "lawsuit parties",
                "ordering": ("-role", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lawsuit", "role", "name"), name="lawsuitparty_is_listed_once_per_role"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="lawsuitparty_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLetterEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deadline", "Deadline"),
                            ("extension", "Extension"),
                            ("response", "Reply"),
                            ("assessment", "Assessment"),
                            ("escalation", "Escalation"),
                            ("withdrawal", "Withdrawal"),
                        ],
                        help_text="What happened.",
                        max_length=10,
                    ),
                ),
                (
                    "on",
                    nouns.partial_dates.PartialDateField(
                        help_text="When it happened; for a deadline, the day that it was set."
                    ),
                ),
                (
                    "due_on",
                    nouns.partial_dates.PartialDateField(help_text="The day that a deadline or extension falls on."),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cleared", "Cleared: no violation found"),
                            ("adverse", "Adverse: may violate or violates"),
                        ],
                        help_text="What an assessment found, as its author says.",
                        max_length=7,
                    ),
                ),
                ("by", models.CharField(blank=True, help_text="Who did it, as the source names them.", max_length=200)),
                ("summary", models.TextField(blank=True, help_text="What happened, in a sentence, attributed.")),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letter",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical letter event",
                "verbose_name_plural": "historical letter events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLetter_legal_authorities",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letter",
                    ),
                ),
                (
                    "legalauthority",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.legalauthority",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicalletter",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalLetter_legal_authorities",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLetter_cited_awards",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letter",
                    ),
                ),
                (
                    "grantaward",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.grantaward",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicalletter",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalLetter_cited_awards",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLawsuit_letters",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "lawsuit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.lawsuit",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letter",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicallawsuit",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalLawsuit_letters",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLetterBatch_legal_authorities",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "letterbatch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letterbatch",
                    ),
                ),
                (
                    "legalauthority",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.legalauthority",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicalletterbatch",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalLetterBatch_legal_authorities",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LetterEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tracker.letter"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deadline", "Deadline"),
                            ("extension", "Extension"),
                            ("response", "Reply"),
                            ("assessment", "Assessment"),
                            ("escalation", "Escalation"),
                            ("withdrawal", "Withdrawal"),
                        ],
                        help_text="What happened.",
                        max_length=10,
                    ),
                ),
                (
                    "on",
                    nouns.partial_dates.PartialDateField(
                        help_text="When it happened; for a deadline, the day that it was set."
                    ),
                ),
                (
                    "due_on",
                    nouns.partial_dates.PartialDateField(help_text="The day that a deadline or extension falls on."),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cleared", "Cleared: no violation found"),
                            ("adverse", "Adverse: may violate or violates"),
                        ],
                        help_text="What an assessment found, as its author says.",
                        max_length=7,
                    ),
                ),
                ("by", models.CharField(blank=True, help_text="Who did it, as the source names them.", max_length=200)),
                ("summary", models.TextField(blank=True, help_text="What happened, in a sentence, attributed.")),
            ],
            options={
                "ordering": ("on", "pk"),
                "indexes": [
                    models.Index(fields=["letter", "-on", "-id"], name="letterevent_latest_first"),
                    models.Index(
                        condition=models.Q(("due_on", ""), _negated=True),
                        fields=["due_on", "letter"],
                        name="letterevent_by_deadline",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("on", ""),
                                ("on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("due_on", ""),
                                ("due_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                        ),
                        name="letterevent_dates_are_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on", ""),
                            ("on", ""),
                            ("due_on__gte", models.F("on")),
                            ("on__startswith", models.F("due_on")),
                            _connector="OR",
                        ),
                        name="letterevent_is_not_due_before_it_is_set",
                        violation_error_message="A deadline is not before the day that it was set.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["deadline", "extension"]), _negated=True),
                            models.Q(("due_on", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letterevent_deadline_has_a_day",
                        violation_error_message="A deadline or an extension says when it is due.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "assessment"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("kind", "assessment"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="letterevent_assessment_and_outcome_go_together",
                        violation_error_message="An assessment has an outcome, and nothing else has one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPolicyEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("adopted", "Adopted"),
                            ("effective", "Took effect"),
                            ("reported", "Reported as in force"),
                            ("amended", "Amended"),
                            ("vetoed", "Vetoed"),
                            ("enjoined", "Enjoined"),
                            ("upheld", "Upheld"),
                            ("failed", "Failed"),
                            ("repealed", "Repealed"),
                            ("superseded", "Superseded"),
                        ],
                        help_text="What happened.",
                        max_length=10,
                    ),
                ),
                ("on", nouns.partial_dates.PartialDateField(help_text="When it happened.")),
                ("summary", models.TextField(blank=True, help_text="What happened, in a sentence.")),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.policy",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical policy event",
                "verbose_name_plural": "historical policy events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPolicy_supersedes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "from_policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.policy",
                    ),
                ),
                (
                    "to_policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.policy",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicalpolicy",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalPolicy_supersedes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLawsuit_policies",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "lawsuit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.lawsuit",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.policy",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicallawsuit",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalLawsuit_policies",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PolicyEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tracker.policy"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("adopted", "Adopted"),
                            ("effective", "Took effect"),
                            ("reported", "Reported as in force"),
                            ("amended", "Amended"),
                            ("vetoed", "Vetoed"),
                            ("enjoined", "Enjoined"),
                            ("upheld", "Upheld"),
                            ("failed", "Failed"),
                            ("repealed", "Repealed"),
                            ("superseded", "Superseded"),
                        ],
                        help_text="What happened.",
                        max_length=10,
                    ),
                ),
                ("on", nouns.partial_dates.PartialDateField(help_text="When it happened.")),
                ("summary", models.TextField(blank=True, help_text="What happened, in a sentence.")),
            ],
            options={
                "ordering": ("on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on", ""),
                            ("on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                            _connector="OR",
                        ),
                        name="policyevent_on_is_a_date",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.PositiveBigIntegerField(
                        help_text="Place in the ledger, from 1 without gaps.", primary_key=True, serialize=False
                    ),
                ),
                ("noun", models.CharField(help_text="Kind of record, as in its address: letters.", max_length=40)),
                ("slug", models.CharField(help_text="The record's address within its kind.", max_length=140)),
                ("record_id", models.PositiveBigIntegerField(editable=False)),
                ("revision", models.PositiveIntegerField(help_text="Revision of the record that was published.")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("publish", "Published"),
                            ("correct", "Corrected: our mistake"),
                            ("change", "Changed: the world moved on"),
                            ("withdraw", "Withdrawn"),
                            ("merge", "Merged into another record"),
                        ],
                        help_text="What was done.",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(help_text="When it was done.")),
                ("reason", models.TextField(blank=True, help_text="Why, as the public is told.")),
                (
                    "document",
                    models.JSONField(blank=True, default=dict, help_text="The whole public document of the revision."),
                ),
                (
                    "previous_hash",
                    models.CharField(help_text="Hash of the row before; 64 zeros for the first.", max_length=64),
                ),
                ("hash", models.CharField(help_text="SHA-256 of this row and previous_hash.", max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["noun", "slug", "id"], name="publication_of_a_record"),
                    models.Index(fields=["noun", "record_id", "id"], name="publication_of_a_key"),
                    models.Index(fields=["at", "id"], name="publication_by_time"),
                    models.Index(
                        condition=models.Q(("action__in", ["withdraw", "merge"])),
                        fields=["id"],
                        name="publication_removals",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("hash",), name="publication_hash_is_unique"),
                    models.UniqueConstraint(fields=("previous_hash",), name="publication_follows_one_other"),
                    models.CheckConstraint(condition=models.Q(("id__gte", 1)), name="publication_ids_start_at_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__in", ["withdraw", "merge"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="publication_withdrawal_has_a_reason",
                        violation_error_message="A withdrawal or a merge says why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "codebook",
                    models.ForeignKey(
                        help_text="The codebook it belongs to.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="tracker.codebook",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(help_text="Place in the codebook, from 1.")),
                ("text", models.CharField(help_text="The question.", max_length=300)),
                ("guidance", models.TextField(blank=True, help_text="How to answer it.")),
            ],
            options={
                "ordering": ("codebook", "position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("codebook", "position"), name="question_position_is_unique_in_its_codebook"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="tracker.policy"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        help_text="The question answered.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="tracker.question",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("partly", "Partly"),
                            ("unclear", "Unclear"),
                            ("none_found", "Searched, none found"),
                        ],
                        help_text="The answer.",
                        max_length=10,
                    ),
                ),
                ("quote", models.TextField(blank=True, help_text="The words of the policy that answer it.")),
                (
                    "locator",
                    models.CharField(blank=True, help_text="Where in the policy: section, page.", max_length=120),
                ),
            ],
            options={
                "ordering": ("question__position", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "question"), name="policyanswer_answers_a_question_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPolicyAnswer",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("partly", "Partly"),
                            ("unclear", "Unclear"),
                            ("none_found", "Searched, none found"),
                        ],
                        help_text="The answer.",
                        max_length=10,
                    ),
                ),
                ("quote", models.TextField(blank=True, help_text="The words of the policy that answer it.")),
                (
                    "locator",
                    models.CharField(blank=True, help_text="Where in the policy: section, page.", max_length=120),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.policy",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The question answered.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.question",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical policy answer",
                "verbose_name_plural": "historical policy answers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noun", models.CharField(max_length=40)),
                ("record_id", models.PositiveBigIntegerField()),
                ("slug", models.CharField(max_length=140)),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                ("title", models.TextField()),
                ("body", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(fields=("noun", "record_id"), name="searchentry_is_one_per_record")
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                (
                    "title",
                    models.CharField(
                        help_text="Title as published, or a description of an untitled paper.", max_length=400
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("primary", "Primary document"),
                            ("official", "Official publication"),
                            ("court", "Court paper"),
                            ("news", "News report"),
                            ("analysis", "Analysis"),
                            ("advocacy", "Advocacy group"),
                            ("secondary", "Secondary copy or aggregator"),
                        ],
                        help_text="What kind of document it is.",
                        max_length=9,
                    ),
                ),
                (
                    "publisher",
                    models.CharField(blank=True, help_text="Who published it; empty when not stated.", max_length=200),
                ),
                ("author", models.CharField(blank=True, help_text="Who wrote it, where named.", max_length=200)),
                (
                    "published_on",
                    nouns.partial_dates.PartialDateField(help_text="Day, month or year of publication."),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where it was read.", max_length=1000, verbose_name="address"
                    ),
                ),
                (
                    "archive_url",
                    models.URLField(
                        blank=True, help_text="A kept copy.", max_length=1000, verbose_name="archived copy"
                    ),
                ),
                ("retrieved_on", nouns.partial_dates.PartialDateField(help_text="When it was read.")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        help_text="The document itself, as a PDF of at most 25 MB. Private until this source is published.",
                        upload_to=tracker.models.source.random_name,
                        validators=[tracker.models.source.is_a_pdf],
                        verbose_name="document",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True,
                        help_text="Checksum of the kept document.",
                        max_length=64,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9a-f]{64}$", "A SHA-256 is 64 hexadecimal digits in lower case."
                            )
                        ],
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "text_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Waiting to be read"),
                            ("read", "Read"),
                            ("no_text", "A scan: there is no text in it"),
                            ("failed", "Could not be read"),
                        ],
                        editable=False,
                        max_length=7,
                        verbose_name="text",
                    ),
                ),
                (
                    "text_fault",
                    models.CharField(
                        blank=True, editable=False, help_text="Why no text could be read.", max_length=300
                    ),
                ),
                (
                    "extracted_text",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Text of the document, for search by staff; form feeds part its pages.",
                    ),
                ),
                (
                    "link_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alive", "Answers as before"),
                            ("changed", "Answers with something else than before"),
                            ("dead", "Does not answer"),
                        ],
                        editable=False,
                        max_length=7,
                        verbose_name="address check",
                    ),
                ),
                (
                    "link_checked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="address checked"),
                ),
                (
                    "link_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Checksum of what the address answered at first.",
                        max_length=64,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What the source covers, or how it should be read.")),
            ],
            options={
                "ordering": ("title", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["title", "id"], name="source_list_order"),
                    models.Index(django.db.models.functions.text.Upper("title"), name="source_upper_title"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="source_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="source_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_on", ""),
                            ("published_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                            _connector="OR",
                        ),
                        name="source_published_on_is_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retrieved_on", ""),
                            ("retrieved_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                            _connector="OR",
                        ),
                        name="source_retrieved_on_is_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), models.Q(("sha256", ""), _negated=True), _connector="OR"),
                        name="source_document_has_a_checksum",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("file", ""), _negated=True),
                        fields=("sha256",),
                        name="source_document_is_kept_once",
                        violation_error_message="This document is already kept with another source.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letter_reading", to="tracker.source"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "proposals",
                    models.JSONField(
                        help_text="What is proposed, with page and words; null until it was read.", null=True
                    ),
                ),
                (
                    "text_sha256",
                    models.CharField(blank=True, help_text="SHA-256 of the text that proposes it.", max_length=64),
                ),
                ("fault", models.CharField(blank=True, help_text="Why nothing could be looked for.", max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Readable identifier used in addresses. Never changes once published.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("published_revision", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ("review_note", models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")),
                ("internal_notes", models.TextField(blank=True, help_text="For staff only. Never leaves the record.")),
                ("speaker", models.CharField(help_text="Who said it.", max_length=200)),
                ("office", models.CharField(blank=True, help_text="Office, or where it was said.", max_length=200)),
                ("said_on", nouns.partial_dates.PartialDateField(help_text="When it was said.")),
                (
                    "kind",
                    models.CharField(
                        choices=[("claim", "Claim"), ("quote", "Quotation"), ("figure", "Figure")],
                        help_text="A claim, a quotation or a figure.",
                        max_length=6,
                    ),
                ),
                ("paraphrase", models.TextField(help_text="What was said, in the tracker's words and attributed.")),
                ("quote", models.TextField(blank=True, help_text="The exact words.")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The figure claimed, in US dollars.",
                        max_digits=16,
                        null=True,
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True, help_text="What the figure covers: per year, fiscal year 2017.", max_length=80
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What a reader should know, attributed.")),
                (
                    "jurisdictions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The jurisdictions it is about.",
                        related_name="statements",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "ordering": ("-said_on", "-pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [models.Index(fields=["-said_on", "-id"], name="statement_list_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_revision", models.F("revision")),
                                ("published_revision__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="statement_published_has_a_reviewer_and_this_revision",
                        violation_error_message="Only a reviewed revision is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "draft", "in_review", "published", "withdrawn"])),
                        name="statement_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said_on", ""),
                            ("said_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                            _connector="OR",
                        ),
                        name="statement_said_on_is_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True), models.Q(("period", ""), _negated=True), _connector="OR"
                        ),
                        name="statement_amount_has_a_period",
                        violation_error_message="A figure says what period it covers.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "quote"), _negated=True),
                            models.Q(("quote", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_quotation_has_its_words",
                        violation_error_message="A quotation holds the exact words.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStatement_jurisdictions",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.statement",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="tracker.historicalstatement",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalStatement_jurisdictions",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCitation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        help_text="The field that it is about, such as sent_on; empty for the whole record.",
                        max_length=60,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts")],
                        default="supports",
                        help_text="Whether the source supports what the record says or contradicts it.",
                        max_length=11,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="Where in the source: page, section, paragraph.", max_length=120
                    ),
                ),
                ("quote", models.TextField(blank=True, help_text="The words of the source.")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The source that says it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.policy",
                    ),
                ),
                (
                    "letter_batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letterbatch",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.letter",
                    ),
                ),
                (
                    "grant_award",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.grantaward",
                    ),
                ),
                (
                    "lawsuit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.lawsuit",
                    ),
                ),
                (
                    "federal_action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.federalaction",
                    ),
                ),
                (
                    "designation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.designation",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tracker.statement",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical citation",
                "verbose_name_plural": "historical citations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.ForeignKey(
                        help_text="The source that says it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citing",
                        to="tracker.source",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.policy",
                    ),
                ),
                (
                    "letter_batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.letterbatch",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.letter",
                    ),
                ),
                (
                    "grant_award",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.grantaward",
                    ),
                ),
                (
                    "lawsuit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.lawsuit",
                    ),
                ),
                (
                    "federal_action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.federalaction",
                    ),
                ),
                (
                    "designation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.designation",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tracker.statement",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        help_text="The field that it is about, such as sent_on; empty for the whole record.",
                        max_length=60,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts")],
                        default="supports",
                        help_text="Whether the source supports what the record says or contradicts it.",
                        max_length=11,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="Where in the source: page, section, paragraph.", max_length=120
                    ),
                ),
                ("quote", models.TextField(blank=True, help_text="The words of the source.")),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pk__in", []),
                            models.Q(
                                ("designation__isnull", True),
                                ("federal_action__isnull", True),
                                ("grant_award__isnull", True),
                                ("lawsuit__isnull", True),
                                ("letter__isnull", True),
                                ("letter_batch__isnull", True),
                                ("policy__isnull", False),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("designation__isnull", True),
                                ("federal_action__isnull", True),
                                ("grant_award__isnull", True),
                                ("lawsuit__isnull", True),
                                ("letter__isnull", True),
                                ("letter_batch__isnull", False),
                                ("policy__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("designation__isnull", True),
                                ("federal_action__isnull", True),
                                ("grant_award__isnull", True),
                                ("lawsuit__isnull", True),
                                ("letter__isnull", False),
                                ("letter_batch__isnull", True),
                                ("policy__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("designation__isnull", True),
                                ("federal_action__isnull", True),
                                ("grant_award__isnull", False),
                                ("lawsuit__isnull", True),
                                ("letter__isnull", True),
                                ("letter_batch__isnull", True),
                                ("policy__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("designation__isnull", True),
                                ("federal_action__isnull", True),
                                ("grant_award__isnull", True),
                                ("lawsuit__isnull", False),
                                ("letter__isnull", True),
                                ("letter_batch__isnull", True),
                                ("policy__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("designation__isnull", True),
                                ("federal_action__isnull", False),
                                ("grant_award__isnull", True),
                                ("lawsuit__isnull", True),
                                ("letter__isnull", True),
                                ("letter_batch__isnull", True),
                                ("policy__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("designation__isnull", False),
                                ("federal_action__isnull", True),
                                ("grant_award__isnull", True),
                                ("lawsuit__isnull", True),
                                ("letter__isnull", True),
                                ("letter_batch__isnull", True),
                                ("policy__isnull", True),
                                ("statement__isnull", True),
                            ),
                            models.Q(
                                ("designation__isnull", True),
                                ("federal_action__isnull", True),
                                ("grant_award__isnull", True),
                                ("lawsuit__isnull", True),
                                ("letter__isnull", True),
                                ("letter_batch__isnull", True),
                                ("policy__isnull", True),
                                ("statement__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="citation_belongs_to_exactly_one_record",
                        violation_error_message="A citation belongs to exactly one record.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TableImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("noun", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("file", models.FileField(blank=True, upload_to=tracker.models.table_import.random_name)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being looked at"),
                            ("looked_at", "Looked at"),
                            ("writing", "Being carried out"),
                            ("done", "Carried out"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                (
                    "in_bulk",
                    models.BooleanField(default=False, help_text="Whether the worker looks at it and carries it out."),
                ),
                ("rows_seen", models.PositiveIntegerField(default=0, help_text="How far the worker is.")),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("report", models.JSONField(default=dict)),
                (
                    "created_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="uploaded"),
                ),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "import",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="tableimport_done_has_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", nouns.partial_dates.PartialDateField()),
                ("until", nouns.partial_dates.PartialDateField()),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deadline", "Deadline"),
                            ("extension", "Extension"),
                            ("response", "Reply"),
                            ("assessment", "Assessment"),
                            ("escalation", "Escalation"),
                            ("withdrawal", "Withdrawal"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cleared", "Cleared: no violation found"),
                            ("adverse", "Adverse: may violate or violates"),
                        ],
                        max_length=7,
                    ),
                ),
                ("due_on", nouns.partial_dates.PartialDateField()),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing_periods",
                        to="tracker.letter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "since"), name="standingperiod_begins_once"),
                    models.CheckConstraint(
                        condition=models.Q(("until", ""), ("until__gt", models.F("since")), _connector="OR"),
                        name="standingperiod_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("since", ""),
                                ("since__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("until", ""),
                                ("until__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("due_on", ""),
                                ("due_on__regex", "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
                                _connector="OR",
                            ),
                        ),
                        name="standingperiod_dates_are_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "amount_kind",
                    models.CharField(
                        choices=[
                            ("award", "Award"),
                            ("allocation", "Allocation"),
                            ("approximate", "Approximate"),
                            ("subgrant_pool", "Subgrant pool"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                (
                    "counted_in",
                    jurisdictions.models.StateField(
                        db_index=True,
                        help_text="Two-letter postal code of the state or territory; empty for the nation.",
                    ),
                ),
                ("records", models.PositiveIntegerField(default=0)),
                ("shares", models.PositiveIntegerField(default=0)),
                ("cents", models.BigIntegerField(default=0)),
                ("counted_cents", models.BigIntegerField(default=0)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tracker.grantprogram"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("program", "fiscal_year", "amount_kind", "state", "counted_in"),
                        name="awardtotal_is_one_per_cell",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("stance", "contradicts")), fields=["source"], name="citation_contradictions"
            ),
        ),
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(fields=["-updated_at", "-id"], name="designation_newest_first"),
        ),
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="designation_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="federalaction",
            index=models.Index(fields=["-updated_at", "-id"], name="federalaction_newest_first"),
        ),
        migrations.AddIndex(
            model_name="federalaction",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="federalaction_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="grantaward",
            index=models.Index(fields=["-updated_at", "-id"], name="grantaward_newest_first"),
        ),
        migrations.AddIndex(
            model_name="grantaward",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="grantaward_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="lawsuit",
            index=models.Index(fields=["-updated_at", "-id"], name="lawsuit_newest_first"),
        ),
        migrations.AddIndex(
            model_name="lawsuit",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="lawsuit_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["-updated_at", "-id"], name="letter_newest_first"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="letter_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="letterbatch",
            index=models.Index(fields=["-updated_at", "-id"], name="letterbatch_newest_first"),
        ),
        migrations.AddIndex(
            model_name="letterbatch",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="letterbatch_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="policy",
            index=models.Index(fields=["-updated_at", "-id"], name="policy_newest_first"),
        ),
        migrations.AddIndex(
            model_name="policy",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="policy_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["noun", "id"], name="publication_of_a_noun"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("action", "correct")), fields=["id"], name="publication_corrections"
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["-updated_at", "-id"], name="source_newest_first"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="source_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["-updated_at", "-id"], name="statement_newest_first"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "in_review"])),
                fields=["status", "-updated_at", "id"],
                name="statement_waiting",
            ),
        ),
        migrations.RunPython(search_tables.create, search_tables.drop, hints={"database": "published"}),
        migrations.RunPython(record_search.create, record_search.drop, hints={"database": "default"}),
    ]
