"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.reports import views

urlpatterns = [
    path("rapporter/", views.reports, name="reports"),
    path("rapporter/<slug:definition>/", views.report, name="report"),
    path("rapporter/<slug:definition>/kontroll/", views.check, name="report_check"),
    path("rapporter/<slug:definition>/beslut/", views.decide, name="report_decide"),
    path("rapporter/<slug:definition>/version/<int:number>/", views.version, name="report_version"),
    path("rapporter/<slug:definition>/version/<int:number>/<slug:kind>", views.version_file, name="version_file"),
    path("rapporter/<slug:definition>/<slug:kind>", views.report_file, name="report_file"),
]
