"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.review import views

urlpatterns = [
    path("granska/", views.reviewed, name="reviewed"),
    path("granska/exempel/", views.example, name="review_example"),
    path("granska/jamfor/", views.across, name="review_across"),
    path("granska/<int:pk>/", views.document, name="review"),
    path("granska/<int:pk>/lage/", views.progress, name="review_progress"),
    path("granska/<int:pk>/lasning/", views.reading, name="review_reading"),
    path("granska/<int:pk>/andringar/", views.changes, name="review_changes"),
    path("granska/<int:pk>/sida/<int:page>/<int:width>.png", views.page_picture, name="review_page"),
    path("granska/<int:pk>/hamta/<slug:kind>", views.download, name="review_file"),
    path("granska/<int:pk>/igen/", views.again, name="review_again"),
    path("granska/<int:pk>/avfarda/", views.dismiss, name="review_dismiss"),
    path("granska/<int:pk>/aterta/", views.withdraw, name="review_withdraw"),
    path("granska/<int:pk>/ta-bort/", views.remove, name="review_remove"),
]
