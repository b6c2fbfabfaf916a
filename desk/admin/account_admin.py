"""Accounts of the staff, and their roles. Administrators keep the first; the second follow from `tracker.roles`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from desk.admin.once import made, once
from desk.admin.read_only import ReadOnlyAdmin
from desk.admin.staff_site import site
from desk.admin.theme import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    CheckboxSelectMultiple,
    ThemedAdmin,
    UserChangeForm,
)


@admin.register(User, site=site)
class AccountAdmin(UserAdmin, ThemedAdmin):  # type: ignore[type-arg]  # Both are Django's own kind of admin.
    """An account. It is never deleted, since the history names it: an account that has left is no longer active."""

    form = UserChangeForm
    add_form = AdminUserCreationForm
    add_form_template = "desk/account_add_form.html"
    change_password_form = AdminPasswordChangeForm
    list_display = (
        "username",
        "first_name",
        "last_name",
        "email",
        "roles",
        "has_second_factor",
        "is_active",
        "last_login",
    )
    list_filter = ("is_active", "groups")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    readonly_fields = ("second_factor", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Role", {"fields": ("is_active", "groups")}),
        ("Second factor", {"fields": ("second_factor",)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Role", {"fields": ("groups",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        apps = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        accounts: QuerySet[User] = super().get_queryset(request)
        return accounts.prefetch_related("groups").annotate(has_app=Exists(apps))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reset_second_factor)
        return [path("<int:key>/second-factor/", view, name="auth_user_second_factor"), *super().get_urls()]

    @admin.display(description="Second factor", boolean=True, ordering="has_app")
    def has_second_factor(self, account: Any) -> bool:
        """Whether the account has an authenticator app."""
        return bool(account.has_app)

    @admin.display(description="Authenticator app")
    def second_factor(self, account: User) -> SafeString | str:
        """Since when the account has an authenticator app, and the way to take it away."""
        app = Authenticator.objects.filter(user=account.pk, type=Authenticator.Type.TOTP).first()
        if app is None:
            return "None yet: the account is asked to set one up when it signs in, where that is required."
        url = reverse(f"{self.admin_site.name}:auth_user_second_factor", args=[account.pk])
        since = f"{app.created_at:%Y-%m-%d}"
        return format_html('Since {}. <a class="pt-link" href="{}">Lost? Reset it</a>', since, url)

    def reset_second_factor(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask, and then take a colleague's authenticator app and recovery codes away, so that they set up new ones.

        Nobody resets their own here: the accounts' pages do that, and ask for the password again.
        """
        account = self.get_object(request, str(key))
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account) or account == request.user:
            raise PermissionDenied
        if request.method == "POST":
            Authenticator.objects.filter(user=account).delete()
            self.log_change(request, account, "Reset the second factor.")
            self.message_user(request, f"The second factor of {account} is reset.", messages.SUCCESS)
            return redirect(f"{self.admin_site.name}:auth_user_change", account.pk)
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "title": "Reset a second factor", "account": account}
        return TemplateResponse(request, "desk/reset_second_factor.html", context)

    @admin.display(description="Roles")
    def roles(self, account: User) -> str:
        """The groups that the account is in."""
        return ", ".join(sorted(group.name for group in account.groups.all())) or "none"

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
            kwargs["help_text"] = "What the account may do. Without a role it can see nothing here."
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An administrator may not take over an account that may do more than they may."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or bool(getattr(request.user, "is_superuser", False)))

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @once
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        response: HttpResponse = super().add_view(request, form_url, extra_context)
        return response

    def save_model(self, request: HttpRequest, obj: User, form: object, change: bool) -> None:  # noqa: FBT001  # Django's signature.
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not change:
            made(request, reverse(f"{self.admin_site.name}:auth_user_change", args=[obj.pk]))


@admin.register(Group, site=site)
class RoleAdmin(ReadOnlyAdmin):
    """A role. What it may do is said in `tracker.roles` and brought up to date whenever the record is migrated."""

    list_display = ("name", "members")
    fields = ("name", "members", "allowed")
    readonly_fields = ("members", "allowed")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        roles: QuerySet[Group] = super().get_queryset(request).annotate(accounts=Count("user"))
        return roles

    @admin.display(description="Accounts", ordering="accounts")
    def members(self, role: Any) -> int:
        """How many accounts have the role."""
        number: int = role.accounts
        return number

    @admin.display(description="May")
    def allowed(self, role: Group) -> str:
        """What the role may do with each kind of thing."""
        verbs: dict[str, list[str]] = defaultdict(list)
        for permission in role.permissions.select_related("content_type").order_by("codename"):
            verbs[permission.content_type.name].append(permission.codename.split("_")[0])
        return "\n".join(f"{name}: {', '.join(verbs[name])}" for name in sorted(verbs))
