from django.apps import AppConfig


class JurisdictionsConfig(AppConfig):
    name = "jurisdictions"
    verbose_name = "Places and agencies"
    default_auto_field = "django.db.models.BigAutoField"
