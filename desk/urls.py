"""Addresses of the desk outside the admin, under `/accounts/`."""

from django.urls import path

from desk.views import calendar

urlpatterns = [path("calendar/<str:secret>.ics", calendar, name="desk_calendar")]
