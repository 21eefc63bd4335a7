"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.ledger import filing, registering, views

urlpatterns = [
    path("redovisning/", views.ledger, name="ledger"),
    path("redovisning/poster/", views.entries, name="ledger_entries"),
    path("redovisning/poster/hamta/<slug:ending>", views.entries_file, name="ledger_entries_file"),
    path("redovisning/stang/", views.close, name="ledger_close"),
    path("redovisning/oppna/<int:month>/", views.reopen, name="ledger_reopen"),
    path("redovisning/ta-emot/", filing.receive, name="ledger_receive"),
    path("redovisning/inlasningar/", filing.loads, name="ledger_loads"),
    path("redovisning/inlasningar/<int:pk>/", filing.load, name="ledger_load"),
    path("redovisning/inlasningar/<int:pk>/lage/", filing.progress, name="ledger_progress"),
    path("redovisning/inlasningar/<int:pk>/oppna/", filing.open_again, name="ledger_open"),
    path("redovisning/inlasningar/<int:pk>/provlas/", filing.read, name="ledger_read"),
    path("redovisning/inlasningar/<int:pk>/koder/", filing.register, name="ledger_register"),
    path("redovisning/inlasningar/<int:pk>/las-in/", filing.keep, name="ledger_keep"),
    path("redovisning/inlasningar/<int:pk>/kasta/", filing.discard, name="ledger_discard"),
    path("redovisning/inlasningar/<int:pk>/ta-tillbaka/", filing.restore, name="ledger_restore"),
    path("redovisning/inlasningar/<int:pk>/angra/", filing.withdraw, name="ledger_withdraw"),
    path("redovisning/inlasningar/<int:pk>/hamta/<slug:ending>", filing.faults_file, name="ledger_faults"),
    path("redovisning/koder/", registering.codes, name="ledger_codes"),
    path("redovisning/koder/<int:pk>/", registering.code, name="ledger_code"),
    path("redovisning/koder/<int:pk>/flytta/", registering.move, name="ledger_code_move"),
    path("redovisning/koder/<int:pk>/angra-flytt/", registering.undo_move, name="ledger_code_undo"),
    path("redovisning/koder/<int:pk>/stang/", registering.close_code, name="ledger_code_close"),
]
