"""A run after an import: it forecasts only what the import changed, and is poured into the run that is shown.

What changed are groups, all products of a category in a store, because products of one group lean on each other. When
the run is done its figures take the place of those groups' in the run that is shown, in one transaction. So there still
is one run that readers name, and reading costs what it did. ADR 21.
"""

from __future__ import annotations

from typing import Any

from forecasting.choices import RunStatus, Trigger
from forecasting.models import ForecastRun
from inventory_project.kernel import sql
from stock.models import ImportJob
from stock.services.imports import undoing

# Every group that the part holds, also products that are no longer forecast.
FORGET = """
    WITH parts AS (
        SELECT DISTINCT each.store_id, each.category_id
          FROM forecasting_forecastchunk c
         CROSS JOIN LATERAL unnest(c.store_ids, c.category_ids) AS each (store_id, category_id)
         WHERE c.organization_id = %(organization)s AND c.run_id = %(run)s
    )
"""
FORGET_FORECASTS = f"""{FORGET}
    DELETE FROM forecasting_forecast f USING catalog_product p
     WHERE f.organization_id = %(organization)s AND f.run_id = %(shown)s
       AND p.organization_id = f.organization_id AND p.id = f.product_id
       AND (f.store_id, coalesce(p.category_id, 0)) IN (SELECT store_id, category_id FROM parts)
"""
FORGET_GROUPS = f"""{FORGET}
    DELETE FROM forecasting_groupforecast g
     WHERE g.organization_id = %(organization)s AND g.run_id = %(shown)s
       AND (g.store_id, coalesce(g.category_id, 0)) IN (SELECT store_id, category_id FROM parts)
"""
MOVE = "UPDATE {table} SET run_id = %(shown)s WHERE organization_id = %(organization)s AND run_id = %(run)s"
MOVE_CHUNKS = """
    UPDATE forecasting_forecastchunk c SET run_id = %(shown)s, place = c.place + 1 + there.last
      FROM (SELECT coalesce(max(place), 0) AS last FROM forecasting_forecastchunk
             WHERE organization_id = %(organization)s AND run_id = %(shown)s) there
     WHERE c.organization_id = %(organization)s AND c.run_id = %(run)s
"""
STEPS = (
    FORGET_FORECASTS,
    FORGET_GROUPS,
    MOVE.format(table="forecasting_forecast"),
    MOVE.format(table="forecasting_groupforecast"),
    MOVE_CHUNKS,
)
NOTHING: dict[str, Any] = {"changed_stores": None, "changed_products": None}


def plan(run: ForecastRun) -> dict[str, Any]:
    """The series that are to be forecast anew, as columns; None for all: there is nothing to pour into, it is not said
    what changed, or it is so much that a whole run is little more. Notes on the run that it is a part."""
    imports = run.parameters.get("imports")
    shown = ForecastRun.objects.filter(is_current=True).first()
    if run.trigger != Trigger.IMPORT or imports is None or shown is None or not _fit(run, shown):
        return NOTHING
    jobs = ImportJob.objects.filter(pk__in=imports)
    series = sorted({place for job in jobs for place in undoing.changed_series(job)})
    if len(series) * 2 > shown.series:
        return NOTHING
    run.parameters = {**run.parameters, "part_of": shown.pk}
    ForecastRun.objects.filter(pk=run.pk).update(parameters=run.parameters)
    return {"changed_stores": [store for store, _ in series], "changed_products": [product for _, product in series]}


def _fit(run: ForecastRun, shown: ForecastRun) -> bool:
    """Figures of both belong beside each other: the same program, told the same."""
    told = ("horizon", "history_days", "seed")
    same = all(run.parameters.get(name) == shown.parameters.get(name) for name in told)
    return same and run.code_version == shown.code_version


def is_part(run: ForecastRun) -> bool:
    return "part_of" in run.parameters


def pour(run: ForecastRun) -> ForecastRun:
    """Put a part's figures in the place of those that are shown; the run that is shown. Inside the transaction that
    finishes the part: nobody sees some of it."""
    shown: ForecastRun = ForecastRun.objects.select_for_update(no_key=True).get(
        pk=run.parameters["part_of"], is_current=True, status=RunStatus.FINISHED
    )
    for step in STEPS:
        sql.rows(step, {"organization": run.organization_id, "run": run.pk, "shown": shown.pk})
    return shown
