"""Addresses of investments; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.investments import register_views, views

urlpatterns = [
    path("investeringar/ram/", views.frames, name="investment_frames"),
    path("investeringar/ram/beslut/", views.frame_decide, name="investment_frame_decide"),
    path("investeringar/ram/beslut/<int:pk>/bort/", views.frame_remove, name="investment_frame_remove"),
    path("investeringar/projekt/", views.projects, name="investment_projects"),
    path("investeringar/projekt/nytt/", register_views.project_new, name="investment_project_new"),
    path("investeringar/projekt/<slug:slug>/uppgifter/", register_views.project_edit, name="investment_project_edit"),
    path("investeringar/projekt/<slug:slug>/bort/", register_views.project_drop, name="investment_project_drop"),
    path("investeringar/projekt/<slug:slug>/", views.project, name="investment_project"),
    path("investeringar/projekt/<slug:slug>/beslut/", views.project_decide, name="investment_project_decide"),
    path(
        "investeringar/projekt/<slug:slug>/beslut/<int:pk>/bort/",
        views.project_remove,
        name="investment_project_remove",
    ),
    path("investeringar/projekt/<slug:slug>/prognos/", views.forecast, name="investment_forecast"),
    path("investeringar/projekt/<slug:slug>/fardigt/", views.finish, name="investment_finish"),
]
