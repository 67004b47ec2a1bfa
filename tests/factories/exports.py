"""Exports made in this process, as a worker would."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from typing import Any

from openpyxl import load_workbook
from rest_framework.test import APIClient

from inventory_project.kernel import sql, tenancy
from inventory_project.runtime.instance import BASE_DIR
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


def many_suppliers(shop: Shop, count: int) -> None:
    """So many rows of a plain list, in one statement."""
    insert = """
        INSERT INTO catalog_supplier (organization_id, name, contact_name, email, phone, address, lead_time_days,
                                      is_active, version, created_at, updated_at)
        SELECT %(organization)s, 'Supplier ' || n, 'Contact ' || n, n || '@example.com', '+33 1 ' || n,
               n || ' Long Street, Some Town', 7, true, 1, now(), now() FROM generate_series(1, %(count)s) n
    """
    with tenancy.scope(shop.organization.id):
        sql.rows(insert, {"organization": shop.organization.id, "count": count})


WORKER = """
import sys, time, django
from pathlib import Path
django.setup()
from stock.services.exports import making
done = making.run(job_id=int(sys.argv[1]), organization_id=int(sys.argv[2]))
# Of this program alone: the peak that getrusage tells begins with that of the one who started it.
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(done, peak, round(time.process_time(), 1))
"""


def worker(shop: Shop, export_id: int) -> subprocess.Popen[str]:
    """A process that makes the file of one export; it says the most memory it held, in KiB, and its CPU seconds."""
    command = [sys.executable, "-c", WORKER, str(export_id), str(shop.organization.id)]
    return subprocess.Popen(command, cwd=BASE_DIR, env=os.environ, stdout=subprocess.PIPE, text=True)
