"""The theme that the staff's site wears. The only module that imports django-unfold.

What stands here exists in every release of the theme that we install: another one than that for Python 3.11 is locked
for later Pythons.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.forms import CheckboxSelectMultiple, RadioSelect, Select, Textarea, TextInput
from django.forms import ClearableFileInput as FileInput

if TYPE_CHECKING:
    # The theme ships no types; what it subclasses does.
    from django.contrib.admin import AdminSite as ThemedSite
    from django.contrib.admin import ChoicesFieldListFilter as ChoiceFilter
    from django.contrib.admin import RelatedFieldListFilter as RelatedFilter
    from django.contrib.admin import SimpleListFilter as OwnFilter

    display: Callable[..., Callable[[Any], Any]]
    ThemedAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    from unfold.admin import ModelAdmin as ThemedAdmin
    from unfold.admin import StackedInline, TabularInline
    from unfold.contrib.filters.admin import ChoicesDropdownFilter as ChoiceFilter
    from unfold.contrib.filters.admin import DropdownFilter as OwnFilter
    from unfold.contrib.filters.admin import RelatedDropdownFilter as RelatedFilter
    from unfold.decorators import display
    from unfold.forms import AdminPasswordChangeForm, UserChangeForm
    from unfold.forms import UserCreationForm as AdminUserCreationForm
    from unfold.sites import UnfoldAdminSite as ThemedSite
    from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget as CheckboxSelectMultiple
    from unfold.widgets import UnfoldAdminExpandableTextareaWidget as Textarea
    from unfold.widgets import UnfoldAdminFileFieldWidget as FileInput
    from unfold.widgets import UnfoldAdminRadioSelectWidget as RadioSelect
    from unfold.widgets import UnfoldAdminSelectWidget as Select
    from unfold.widgets import UnfoldAdminTextInputWidget as TextInput

__all__ = [
    "AdminPasswordChangeForm",
    "AdminUserCreationForm",
    "CheckboxSelectMultiple",
    "ChoiceFilter",
    "FileInput",
    "OwnFilter",
    "RadioSelect",
    "RelatedFilter",
    "Select",
    "StackedInline",
    "TabularInline",
    "TextInput",
    "Textarea",
    "ThemedAdmin",
    "ThemedSite",
    "UserChangeForm",
    "display",
]
