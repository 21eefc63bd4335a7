"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.budget.views import grids, moves, spreading, versions, workbooks

urlpatterns = [
    path("budget/", versions.budgets, name="budgets"),
    path("budget/ny/", versions.budget_new, name="budget_new"),
    path("budget/<int:pk>/", versions.budget, name="budget"),
    path("budget/<int:pk>/faststall/", versions.budget_adopt, name="budget_adopt"),
    path("budget/<int:pk>/gor/<slug:act>/", versions.budget_act, name="budget_act"),
    path("budget/<int:pk>/jamfor/<int:other>/", versions.budget_compare, name="budget_compare"),
    path("budget/<int:pk>/resten/<slug:of>/", versions.budget_rest, name="budget_rest"),
    path("budget/<int:pk>/manader/<slug:of>/", spreading.budget_spread, name="budget_spread"),
    path("budget/<int:pk>/rutnat/<slug:kind>/<slug:of>/", grids.budget_grid, name="budget_grid"),
    path("budget/<int:pk>/rad/ny/<slug:of>/", grids.budget_line_new, name="budget_line_new"),
    path("budget/<int:pk>/rad/<int:line>/", grids.budget_line, name="budget_line"),
    path("budget/<int:pk>/forandring/", moves.budget_change, name="budget_change"),
    path("budget/<int:pk>/forandring/<slug:of>/", moves.budget_change_unit, name="budget_change_unit"),
    path("budget/<int:pk>/flyttar/", moves.budget_moves, name="budget_moves"),
    path("budget/<int:pk>/flyttar/<int:move>/angra/", moves.budget_move_undo, name="budget_move_undo"),
    path("budget/<int:pk>/excel/", workbooks.budget_export, name="budget_export"),
    path("budget/<int:pk>/las-in/", workbooks.budget_import, name="budget_import"),
]
