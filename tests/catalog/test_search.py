"""Product search: by name, SKU and barcode, literally, within the organisation, and by an index."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from catalog import selectors
from inventory_project.kernel import tenancy
from tests.factories.accounts import build_organization
from tests.factories.catalog import build_product
from tests.support.records import caller


def found(client, words: str) -> list[str]:
    answer = client.get("/api/products/", {"search": words})
    assert answer.status_code == 200, answer.content
    return [row["sku"] for row in answer.json()["results"]]


def test_search_finds_by_name_sku_and_barcode_and_every_word_must_match():
    organization = build_organization()
    client = caller(organization, "staff")
    build_product(organization, sku="TEA-1", name="Green tea 20 bags", barcodes=[{"code": "4006381", "units": 1}])
    build_product(organization, sku="TEA-2", name="Black tea 20 bags")
    build_product(organization, sku="MUG", name="Mug")
    assert found(client, "GREEN") == ["TEA-1"]
    assert found(client, "tea-") == ["TEA-1", "TEA-2"]
    assert found(client, "0638") == ["TEA-1"]
    assert found(client, "bags black") == ["TEA-2"]
    assert found(client, "u") == ["MUG"]
    assert found(client, "tea mug") == []


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"', "%_"])
def test_signs_of_the_pattern_language_mean_themselves(sign):
    organization = build_organization()
    client = caller(organization)
    build_product(organization, sku="WITH", name=f"Rum {sign} raisin")
    build_product(organization, sku="WITHOUT", name="Rum and raisin")
    assert found(client, sign) == ["WITH"]
    assert found(client, f"rum {sign}") == ["WITH"]


def test_search_never_finds_another_organisations_products():
    mine, theirs = build_organization(), build_organization()
    build_product(theirs, name="Saffron", barcodes=[{"code": "991", "units": 1}])
    assert found(caller(mine), "saffron") == found(caller(mine), "991") == []


def test_the_function_shows_nothing_outside_a_scope():
    build_product(build_organization(), name="Cardamom")
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_search_products('cardamom')")
        assert cursor.fetchall() == []


def test_only_the_app_role_may_call_the_function():
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, p.prosecdef FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner "
            "WHERE p.proname = 'catalog_search_products'"
        )
        assert cursor.fetchall() == [("onhand_platform", True)]
        cursor.execute("SELECT has_function_privilege('public', 'catalog_search_products(text)', 'EXECUTE')")
        assert cursor.fetchone() == (False,)
    connections["owner"].close()


def test_a_word_in_a_large_catalogue_is_found_by_the_trigram_index():
    organization = build_organization()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('app.organization', %s, false)", [str(organization.id)])
        cursor.execute(
            "INSERT INTO catalog_product (organization_id, sku, name, unit, unit_cost, sale_price, reorder_level, "
            "pack_size, moq, lifecycle, version, created_at, updated_at) "
            "SELECT %s, 'P' || n, 'product ' || md5(n::text), 'each', 0, 0, 0, 1, 1, 'active', 1, now(), now() "
            "FROM generate_series(1, 20000) AS n",
            [organization.id],
        )
        cursor.execute("ANALYZE catalog_product")
    connections["owner"].close()
    build_product(organization, sku="RARE", name="Zanzibar cloves")
    with tenancy.scope(organization.id):
        by_function = _buffers(selectors.matching(selectors.Product.objects.all(), "zanzibar"))
        by_scan = _buffers(selectors.Product.objects.filter(name__icontains="zanzibar"))
    # Pages touched and not time: the index reads a few, the scan reads the whole catalogue.
    assert by_function * 5 < by_scan, (by_function, by_scan)


def _buffers(queryset) -> int:
    """Shared buffers the query touches, those inside functions included."""
    query, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}", params)
        plan = cursor.fetchone()[0][0]["Plan"]
    assert plan["Actual Rows"] == 1
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
