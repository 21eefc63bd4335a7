"""Addresses of the economy; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.economy import views

urlpatterns = [
    path("ekonomi/", views.economy, name="economy"),
    path("ekonomi/enhet/<slug:division>/", views.economy_unit, name="economy_unit"),
    path("ekonomi/rad/<slug:statement>/<slug:row>/", views.economy_row, name="economy_row"),
    path("ekonomi/kommentar/<slug:of>/<slug:topic>/", views.comment_edit, name="comment_edit"),
    path("investeringar/", views.investments, name="investments"),
    path("investeringar/<slug:project>/", views.investment, name="investment"),
    path("ramar/", views.frames, name="frames"),
    path("personal/", views.staff, name="staff"),
]
