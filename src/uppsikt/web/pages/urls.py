"""Addresses of the frame: those without a place, and overview, search and history at a place."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from uppsikt.web.pages import reviewing, views

AT_A_PLACE = [
    path("", views.overview, name="overview"),
    path("sok/", views.search, name="search"),
    path("granska/rapport/<slug:definition>/", reviewing.review_own, name="review_own"),
    path("historik/<str:model>/<int:pk>/", views.history, name="history"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("valj/", views.choose, name="choose"),
    path("logga-in/", views.SignIn.as_view(), name="login"),
    path("logga-ut/", LogoutView.as_view(next_page="home"), name="logout"),
    path("sprak/", views.language, name="language"),
    path("tillganglighet/", views.about_accessibility, name="about_accessibility"),
    path("<slug:unit_slug>/<slug:date_slug>/", include(AT_A_PLACE)),
]
