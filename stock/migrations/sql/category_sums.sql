-- Some product changed its category since its sales were added to that category's sums.
CREATE FUNCTION stock_recategorized(organization bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM stock_salesproduct k
          JOIN catalog_product p ON p.organization_id = organization AND p.id = k.product_id
         WHERE k.organization_id = organization AND k.category_id <> coalesce(p.category_id, 0))
$$;

-- What the sums by category have seen; null when they must not be used.
CREATE FUNCTION stock_rolled_categories(organization bigint) RETURNS pg_snapshot LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN NOT stock_recategorized(organization) THEN stock_rolled(organization) END
$$;

-- Sums that were made before these are made anew, by the beat; until then answers come from what they are made of.
ALTER TABLE stock_salesrollup NO FORCE ROW LEVEL SECURITY;
UPDATE stock_salesrollup SET stale = true;
ALTER TABLE stock_salesrollup FORCE ROW LEVEL SECURITY;
