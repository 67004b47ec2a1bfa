"""How files are written, and files that are none: one sentence with the row, nothing changed."""

from __future__ import annotations

import gzip
import io
import zipfile
from decimal import Decimal
from typing import Any, BinaryIO

import openpyxl
import psutil
import pytest

from catalog.models import Product
from inventory_project.kernel import tenancy
from inventory_project.kernel.errors import DomainError, InvalidInput
from stock.errors import UnreadableFile
from stock.models import ImportJob
from stock.services.imports import kinds, reading
from tests.factories.imports import UNIFIED, csv, movements, send
from tests.factories.stock import Shop, build_shop

ROWS = ["Café crème,Été,1.25,1,2.50,2025-05-13,99", "Piñata – 1 €,Été,1.25,1,2.50,2025-05-14,98"]


def written(shop: Shop) -> dict[str, Decimal]:
    with tenancy.scope(shop.organization.id):
        return dict(Product.objects.values_list("name", "unit_cost"))


def test_an_excel_made_csv_with_semicolons_commas_and_cp1252():
    shop = build_shop(stores=1, products=0)
    text = csv(UNIFIED, ROWS).replace(",", ";").replace(".", ",").replace("2025-05-13", "13.05.2025")
    text = text.replace("2025-05-14", "14.05.2025")
    job = send(shop, text.replace("\n", "\r\n").encode("cp1252"))
    assert (job.status, job.succeeded, job.failed) == ("applied", 2, 0)
    found = {name: job.found[name] for name in ("encoding", "delimiter", "decimal", "date_format")}
    assert found == {"encoding": "cp1252", "delimiter": ";", "decimal": ",", "date_format": "dmy"}
    assert written(shop) == {"Café crème": Decimal("1.25"), "Piñata – 1 €": Decimal("1.25")}


def test_letters_that_several_encodings_share_are_taken_for_western_ones():
    """Else a `Crème` further down than what is judged by would be read as `Crčme`."""
    rows = [*["Käse „jung“,Molkerei,1,1,2,2025-05-13,9"] * 10_000, "Crème,Molkerei,1,1,2,2025-05-13,9"]
    found = reading.recognise(io.BytesIO(csv(UNIFIED, rows).encode("cp1252")))
    assert found.encoding == "cp1252"


def test_a_header_that_says_nothing_is_repeated_as_it_stands_in_the_file():
    with pytest.raises(InvalidInput, match="columns: Verkaufte Menge, Bestand"):
        kinds.understand(["Verkaufte Menge", "Bestand"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_first_column(encoding: str):
    shop = build_shop(stores=1, products=0)
    job = send(shop, csv(UNIFIED, ROWS).encode(encoding))
    assert (job.succeeded, job.failed) == (2, 0)
    assert "Café crème" in written(shop)


def test_a_packed_csv():
    shop = build_shop(stores=1, products=0)
    assert send(shop, gzip.compress(csv(UNIFIED, ROWS).encode())).succeeded == 2


def test_us_dates_are_known_by_a_day_above_twelve():
    shop = build_shop(stores=1, products=0)
    job = send(shop, csv(UNIFIED, [row.replace("2025-05-1", "5/1").replace(",9", "/2025,9") for row in ROWS]))
    assert (job.succeeded, job.found["date_format"], job.found["date_format_is_a_guess"]) == (2, "mdy", False)


def test_an_excel_workbook():
    shop = build_shop(stores=1, products=0)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in csv(UNIFIED, ROWS).splitlines():
        sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in line.split(",")])
    output = io.BytesIO()
    book.save(output)
    job = send(shop, output.getvalue(), name="sales.xlsx")
    assert (job.status, job.succeeded, job.found["container"]) == ("applied", 2, "xlsx")
    assert [kind for _, kind, _, _ in movements(shop)].count("sale") == 2


def bomb() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(b" " * (1 << 20))
    return output.getvalue()


def archive_of(name: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr(name, "x")
    return output.getvalue()


NO_TABLES = {
    "empty": (b"", "The file is empty."),
    "blank": (b"\n \n\n", "no line with the names"),
    "pdf": (b"%PDF-1.7\n...", "a PDF document"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "binary": (b"a,b\n\0\1\2,3\n", "not a text file"),
    "archive": (archive_of("readme.txt"), "no Excel workbook"),
    "bomb": (bomb(), "would unpack to"),
    "broken workbook": (archive_of("[Content_Types].xml")[:-9], "damaged"),
    "broken gzip": (gzip.compress(b"a,b\n1,2\n" * 999)[:-20], "damaged"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_refused_in_a_sentence(name: str):
    shop = build_shop(stores=1)
    content, sentence = NO_TABLES[name]
    with pytest.raises(UnreadableFile) as refused:
        send(shop, content)
    assert sentence in refused.value.detail
    with tenancy.scope(shop.organization.id):
        assert not ImportJob.objects.exists()


def test_a_header_without_rows():
    shop = build_shop(stores=1)
    job = send(shop, f"{UNIFIED}\n")
    assert (job.status, job.error) == ("failed", "The file has the names of the columns and no rows.")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (f"Tea,{'x' * 2_000_000},1,1,2,2025-05-01,9\n", "Line 3"),
        ('Tea,"never closed,1,1,2,2025-05-01,9\n' + "x,x,x,x,x,x,x\n" * 9_000, "Line 3: a cell is longer"),
    ],
    ids=["long line", "open quotation"],
)
def test_a_line_without_end_fails_the_import_and_nothing_is_changed(rows: str, sentence: str):
    shop = build_shop(stores=1, products=0)
    job = send(shop, f"{UNIFIED}\nTea,D,1,1,2,2025-05-01,9\n{rows}")
    assert job.status == "failed"
    assert sentence in job.error
    assert movements(shop) == []


def test_a_packed_csv_that_unpacks_without_end_is_refused(settings: Any):
    settings.IMPORT_MAX_BYTES = 4 << 20
    rows = "Tea,D,1,1,2,2025-05-01,9\n" * 400_000
    packed = gzip.compress(f"{UNIFIED}\n{rows}".encode())
    assert len(packed) < 1 << 20
    with pytest.raises(UnreadableFile, match="unpacks to more than 4 MB"):
        send(build_shop(stores=1, products=0), packed)


class Endless:
    """A file of one line of two gigabytes, made as it is read."""

    SIZE = 2 << 30

    def __init__(self) -> None:
        self.place = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.place = offset if whence == 0 else self.SIZE + offset
        return self.place

    def tell(self) -> int:
        return self.place

    def read(self, size: int = -1) -> bytes:
        given = min(size, self.SIZE - self.place)
        self.place += given
        return b"x" * given


def test_a_line_of_two_gigabytes_is_refused_before_it_is_in_memory():
    before = psutil.Process().memory_info().rss
    file: BinaryIO = Endless()  # type: ignore[assignment]
    with pytest.raises(DomainError, match="longer than"):
        reading.open_table(file, reading.recognise(file))
    assert psutil.Process().memory_info().rss - before < 200 << 20
    assert file.tell() < 64 << 20
