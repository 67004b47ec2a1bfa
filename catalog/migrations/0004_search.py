"""Product search by a function that may use trigram indexes, and the index behind the list by name."""

from django.db import migrations, models

from inventory_project.kernel.rls import APP_ROLE, BOUND_ORGANIZATION, PLATFORM_ROLE, run_sql

# Without fastupdate: a catalogue is searched far more often than it is written, and a pending list is read whole.
INDEXES = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX catalog_product_search ON catalog_product
    USING gin (organization_id, name gin_trgm_ops, sku gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX catalog_barcode_search ON catalog_barcode USING gin (organization_id, code gin_trgm_ops)
    WITH (fastupdate = off);
"""

# ILIKE is not leakproof, so under row-level security no index may serve it. The function runs as the platform role,
# which is exempt, and takes the organisation from the same setting as the policies do: it shows nothing they would hide.
FUNCTION = f"""
CREATE FUNCTION catalog_search_products(term text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
DECLARE
    bound bigint := {BOUND_ORGANIZATION};
    pattern text := '%' || replace(replace(replace(term, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
BEGIN
    RETURN QUERY
        SELECT id FROM catalog_product WHERE organization_id = bound AND (name ILIKE pattern OR sku ILIKE pattern)
        UNION
        SELECT product_id FROM catalog_barcode WHERE organization_id = bound AND code ILIKE pattern;
END $$;
ALTER FUNCTION catalog_search_products(text) OWNER TO {PLATFORM_ROLE};
"""

# Given by the function's owner: the migrating role may act as the platform role, but does not inherit its rights.
GRANTS = f"""
SET ROLE {PLATFORM_ROLE};
REVOKE ALL ON FUNCTION catalog_search_products(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION catalog_search_products(text) TO {APP_ROLE};
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_business_keys")]

    operations = [
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["organization", "name", "id"], name="product_by_name"),
        ),
        run_sql(INDEXES, FUNCTION, GRANTS),
    ]
