from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "Desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_tasks_db.compat import task_finished, task_started  # noqa: PLC0415  # Tasks need the apps ready.

        from desk.background.work import begin_running, end_running  # noqa: PLC0415  # The same.

        task_started.connect(begin_running, dispatch_uid="desk.begin_running")
        task_finished.connect(end_running, dispatch_uid="desk.end_running")
