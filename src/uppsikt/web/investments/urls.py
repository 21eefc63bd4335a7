"""Addresses of investments; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.investments import views

urlpatterns = [
    path("investeringar/ram/", views.frames, name="investment_frames"),
    path("investeringar/ram/beslut/", views.frame_decide, name="investment_frame_decide"),
    path("investeringar/ram/beslut/<int:pk>/bort/", views.frame_remove, name="investment_frame_remove"),
    path("investeringar/projekt/", views.projects, name="investment_projects"),
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
