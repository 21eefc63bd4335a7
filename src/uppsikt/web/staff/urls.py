"""Addresses of staff and volumes; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.staff import views

urlpatterns = [
    path("personal/antal/", views.people, name="staff_people"),
    path("personal/antal/fil/<str:form>/", views.people_file, name="staff_people_file"),
    path("personal/loner/", views.loads, name="payroll_loads"),
    path("personal/loner/ny/", views.load_new, name="payroll_new"),
    path("personal/loner/<int:pk>/", views.load, name="payroll_load"),
    path("personal/volymer/", views.volumes, name="volumes"),
    path("personal/volymer/<slug:slug>/", views.volume, name="volume_edit"),
    path("personal/flyktingar/", views.reception, name="reception"),
    path("personal/flyktingar/ny/", views.reception_edit, name="reception_new"),
    path("personal/flyktingar/<int:pk>/", views.reception_edit, name="reception_edit"),
]
