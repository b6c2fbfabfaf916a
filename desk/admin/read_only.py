"""Lists that staff look at and that nobody writes in by a form."""

from __future__ import annotations

from django.http import HttpRequest

from desk.admin.theme import ThemedAdmin


class ReadOnlyAdmin(ThemedAdmin):
    """Rows that are made elsewhere: no form adds, changes or deletes one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
