"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.followup.views import comments, forecasts, plans, statement

urlpatterns = [
    path("uppfoljning/", statement.followup, name="followup"),
    path("uppfoljning/enhet/<slug:below>/", statement.followup_below, name="followup_below"),
    path("uppfoljning/kommentera/", comments.cell_comment_new, name="cell_comment_new"),
    path("uppfoljning/kommentar/<int:pk>/", comments.cell_comment, name="cell_comment"),
    path("uppfoljning/kommentar/<int:pk>/ta-bort/", comments.cell_comment_delete, name="cell_comment_delete"),
    path("prognos/", forecasts.forecasts, name="forecasts"),
    path("prognos/traffsakerhet/", forecasts.forecast_accuracy, name="forecast_accuracy"),
    path("prognos/enhet/<slug:of>/", forecasts.forecast_edit, name="forecast_edit"),
    path("atgardsplan/", plans.action_plans, name="action_plans"),
    path("atgardsplan/ny/<slug:of>/", plans.action_plan_new, name="action_plan_new"),
    path("atgardsplan/<int:pk>/", plans.action_plan, name="action_plan"),
    path("atgardsplan/<int:pk>/andra/", plans.action_plan_edit, name="action_plan_edit"),
    path("atgardsplan/<int:pk>/atgard/", plans.measure_new, name="plan_measure_new"),
    path("atgardsplan/<int:pk>/atgard/<int:number>/", plans.measure_edit, name="plan_measure_edit"),
    path("atgardsplan/<int:pk>/atgard/<int:number>/ta-bort/", plans.measure_remove, name="plan_measure_delete"),
]
