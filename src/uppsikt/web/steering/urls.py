"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.steering import views

urlpatterns = [
    path("malkedja/", views.chain, name="chain"),
    path("mal/<int:pk>/", views.goal, name="goal"),
    path("mal/<int:pk>/bedomning/", views.assessment_edit, name="assessment_edit"),
    path("indikatorer/", views.indicators, name="indicators"),
    path("indikatorer/<slug:slug>/", views.indicator, name="indicator"),
    path("indikatorer/<slug:slug>/varde/<int:pk>/", views.value_edit, name="value_edit"),
    path("indikatorer/<slug:slug>/varde/ny/<slug:part>/", views.value_new, name="value_new"),
    path("uppdrag/", views.work, name="work"),
]
