import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import jurisdictions.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Jurisdiction",
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
                ("name", models.CharField(help_text="Short name: Cook, Chicago, Illinois.", max_length=120)),
                (
                    "full_name",
                    models.CharField(
                        help_text="Name with its type: Cook County, Orleans Parish, Baltimore city.", max_length=160
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nation", "Nation"),
                            ("state", "State or territory"),
                            ("county", "County or equivalent"),
                            ("place", "City or other place"),
                        ],
                        help_text="Nation, state or territory, county or equivalent, place.",
                        max_length=6,
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
                    "geoid",
                    models.CharField(
                        blank=True,
                        help_text="Census Bureau identifier: 2 digits for a state, 5 for a county, 7 for a place. Empty when unknown.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(US|\\d{2}|\\d{5}|\\d{7})$", "A GEOID has 2, 5 or 7 digits; the nation's is US."
                            )
                        ],
                        verbose_name="GEOID",
                    ),
                ),
                ("population", models.PositiveIntegerField(blank=True, help_text="Census Bureau estimate.", null=True)),
                (
                    "population_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Year of the population estimate.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1790),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=7,
                        help_text="Internal point, degrees north.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=7,
                        help_text="Internal point, degrees east.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                    ),
                ),
                (
                    "coextensive_with",
                    models.OneToOneField(
                        blank=True,
                        help_text="The county that a place shares its government or territory with, such as San Francisco's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coextensive_place",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "counties",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The counties that a place lies in: New York City lies in five.",
                        related_name="places",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The state of a county or place; the nation of a state.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "ordering": ("full_name", "state", "pk"),
                "indexes": [
                    models.Index(fields=["full_name", "state", "id"], name="jurisdiction_list_order"),
                    models.Index(fields=["kind", "state"], name="jurisdiction_kind_state"),
                    models.Index(
                        django.db.models.functions.text.Upper("full_name"), name="jurisdiction_upper_full_name"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("geoid", ""), _negated=True),
                        fields=("geoid",),
                        name="jurisdiction_geoid_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "nation"), ("state", "")),
                            models.Q(
                                models.Q(("kind", "nation"), _negated=True), models.Q(("state", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="jurisdiction_below_the_nation_has_a_state",
                        violation_error_message="Every jurisdiction but the nation names its state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="jurisdiction_is_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("population_year__isnull", True), ("population__isnull", False), _connector="OR"
                        ),
                        name="jurisdiction_population_year_has_a_population",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("longitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="jurisdiction_coordinates_are_a_pair_on_earth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalJurisdictionName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                (
                    "name",
                    models.CharField(
                        help_text="A name used for this place in letters, laws or the press.", max_length=160
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
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical jurisdiction name",
                "verbose_name_plural": "historical jurisdiction names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="JurisdictionName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="A name used for this place in letters, laws or the press.", max_length=160
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "indexes": [
                    models.Index(django.db.models.functions.text.Upper("name"), name="jurisdictionname_upper_name")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("jurisdiction", "name"), name="jurisdiction_name_is_listed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Agency",
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
                ("name", models.CharField(help_text="Official name.", max_length=160)),
                (
                    "short_name",
                    models.CharField(blank=True, help_text="Usual abbreviation, such as OJP.", max_length=40),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("federal", "Federal agency"),
                            ("corrections", "Corrections"),
                            ("law_enforcement", "Law enforcement"),
                            ("legislature", "Legislature or council"),
                            ("executive", "Executive office"),
                            ("criminal_justice", "Criminal justice planning"),
                            ("other", "Other"),
                        ],
                        help_text="What the agency does.",
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True, help_text="State of its jurisdiction; empty for a federal agency."
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The agency it is part of: the Office of Justice Programs is part of the Department of Justice.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="jurisdictions.agency",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        help_text="The jurisdiction it acts for.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agencies",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "agencies",
                "ordering": ("name", "pk"),
                "indexes": [
                    models.Index(fields=["name", "id"], name="agency_list_order"),
                    models.Index(django.db.models.functions.text.Upper("name"), name="agency_upper_name"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "name"), name="agency_name_is_unique_in_its_jurisdiction"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="agency_is_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalJurisdiction",
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
                ("name", models.CharField(help_text="Short name: Cook, Chicago, Illinois.", max_length=120)),
                (
                    "full_name",
                    models.CharField(
                        help_text="Name with its type: Cook County, Orleans Parish, Baltimore city.", max_length=160
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nation", "Nation"),
                            ("state", "State or territory"),
                            ("county", "County or equivalent"),
                            ("place", "City or other place"),
                        ],
                        help_text="Nation, state or territory, county or equivalent, place.",
                        max_length=6,
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
                    "geoid",
                    models.CharField(
                        blank=True,
                        help_text="Census Bureau identifier: 2 digits for a state, 5 for a county, 7 for a place. Empty when unknown.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(US|\\d{2}|\\d{5}|\\d{7})$", "A GEOID has 2, 5 or 7 digits; the nation's is US."
                            )
                        ],
                        verbose_name="GEOID",
                    ),
                ),
                ("population", models.PositiveIntegerField(blank=True, help_text="Census Bureau estimate.", null=True)),
                (
                    "population_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Year of the population estimate.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1790),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=7,
                        help_text="Internal point, degrees north.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=7,
                        help_text="Internal point, degrees east.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
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
                (
                    "coextensive_with",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The county that a place shares its government or territory with, such as San Francisco's.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The state of a county or place; the nation of a state.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical jurisdiction",
                "verbose_name_plural": "historical jurisdictions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalJurisdiction_counties",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="jurisdictions.historicaljurisdiction",
                    ),
                ),
                (
                    "from_jurisdiction",
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
                    "to_jurisdiction",
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
            ],
            options={
                "verbose_name": "HistoricalJurisdiction_counties",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAgency",
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
                ("name", models.CharField(help_text="Official name.", max_length=160)),
                (
                    "short_name",
                    models.CharField(blank=True, help_text="Usual abbreviation, such as OJP.", max_length=40),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("federal", "Federal agency"),
                            ("corrections", "Corrections"),
                            ("law_enforcement", "Law enforcement"),
                            ("legislature", "Legislature or council"),
                            ("executive", "Executive office"),
                            ("criminal_justice", "Criminal justice planning"),
                            ("other", "Other"),
                        ],
                        help_text="What the agency does.",
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    jurisdictions.models.StateField(
                        db_index=True, help_text="State of its jurisdiction; empty for a federal agency."
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
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency it is part of: the Office of Justice Programs is part of the Department of Justice.",
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
                        help_text="The jurisdiction it acts for.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agency",
                "verbose_name_plural": "historical agencies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
