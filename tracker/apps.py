from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = "The record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tracker.roles import bring_roles_up_to_date  # noqa: PLC0415  # Models exist only once apps are ready.

        if not settings.PUBLIC_ONLY:
            post_migrate.connect(bring_roles_up_to_date, sender=self, dispatch_uid="tracker.roles")
