"""Addresses of the economy; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.economy import frame_views, views

urlpatterns = [
    path("ekonomi/", views.economy, name="economy"),
    path("ekonomi/enhet/<slug:division>/", views.economy_unit, name="economy_unit"),
    path("ekonomi/rad/<slug:statement>/<slug:row>/", views.economy_row, name="economy_row"),
    path("ekonomi/kommentar/<slug:of>/<slug:topic>/", views.comment_edit, name="comment_edit"),
    path("investeringar/", views.investments, name="investments"),
    path("investeringar/<slug:project>/", views.investment, name="investment"),
    path("ramar/", frame_views.frames, name="frames"),
    path("ramar/kommunen/", frame_views.transfers, name="frame_transfers"),
    path("ramar/beslut/", frame_views.frame_new, name="frame_new"),
    path("ramar/omfordelning/", frame_views.frame_transfer, name="frame_transfer"),
    path("ramar/upprakning/", frame_views.frame_index, name="frame_index"),
    path("ramar/post/<int:pk>/", frame_views.frame_change, name="frame_change"),
    path("personal/", views.staff, name="staff"),
]
