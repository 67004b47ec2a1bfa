"""Exports made in this process, as a worker would."""

from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import load_workbook
from rest_framework.test import APIClient

from inventory_project.kernel import tenancy
from stock.models import ExportJob
from stock.services.exports import making
from tests.factories.stock import Shop


def body_of(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def csv_rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def xlsx_rows(body: bytes) -> list[dict[str, Any]]:
    head, *rows = load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def ask(client: APIClient, path: str, form: str = "csv", **more: Any) -> int:
    answer = client.post("/api/exports/", {"path": path, "format": form, **more})
    assert answer.status_code == 202, answer.content
    return int(answer.json()["id"])


def carry_out(shop: Shop, export_id: int) -> ExportJob:
    assert making.run(job_id=export_id, organization_id=shop.organization.id)
    return read(shop, export_id)


def read(shop: Shop, export_id: int) -> ExportJob:
    with tenancy.scope(shop.organization.id):
        return ExportJob.objects.get(pk=export_id)
