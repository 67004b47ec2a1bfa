"""Functions for the few questions asked before an organisation is known: whose token, memberships or invitation is this?

They run as the platform role and answer only for an exact digest or user, so the app role itself still sees nothing
of other organisations.
"""

from django.db import migrations

from inventory_project.kernel.rls import APP_ROLE, PLATFORM_ROLE, run_sql


def _for_app(signature: str) -> str:
    return f"""
    REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION {signature} TO {APP_ROLE};
    ALTER FUNCTION {signature} OWNER TO {PLATFORM_ROLE};
    """


# Null means every store. Admins are never limited.
MEMBER_STORES = """
    CASE WHEN m.all_stores OR m.role = 'admin' THEN NULL
         ELSE ARRAY(SELECT s.store_id FROM accounts_membershipstore s
                     WHERE s.organization_id = m.organization_id AND s.membership_id = m.id ORDER BY s.store_id) END
"""

TOKEN_LOOKUP = f"""
CREATE FUNCTION accounts_token_lookup(wanted bytea) RETURNS TABLE (
    token_id bigint, organization_id bigint, user_id bigint, username text, role text, member_store_ids bigint[],
    token_store_ids bigint[], sees_costs boolean, scopes text[], expires_at timestamptz, revoked_at timestamptz,
    last_used_at timestamptz, is_active boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.id, t.organization_id, u.id, u.username, m.role, {MEMBER_STORES},
           t.store_ids, m.sees_costs OR m.role = 'admin', t.scopes, t.expires_at, t.revoked_at,
           t.last_used_at, m.is_active AND u.is_active
      FROM accounts_apitoken t
      JOIN accounts_membership m ON m.organization_id = t.organization_id AND m.id = t.membership_id
      JOIN accounts_user u ON u.id = m.user_id
     WHERE t.digest = wanted
$$;
"""

NOTE_USE = """
CREATE FUNCTION accounts_token_used(used_token_id bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE accounts_apitoken SET last_used_at = now()
     WHERE id = used_token_id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
$$;
"""

MEMBERSHIPS_OF = f"""
CREATE FUNCTION accounts_memberships_of(wanted_user_id bigint) RETURNS TABLE (
    membership_id bigint, organization_id bigint, organization_slug text, organization_name text, user_id bigint,
    username text, role text, member_store_ids bigint[], sees_costs boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.id, m.organization_id, o.slug, o.name, u.id, u.username, m.role, {MEMBER_STORES},
           m.sees_costs OR m.role = 'admin'
      FROM accounts_membership m
      JOIN accounts_user u ON u.id = m.user_id
      JOIN accounts_organization o ON o.id = m.organization_id
     WHERE m.user_id = wanted_user_id AND m.is_active AND u.is_active
     ORDER BY m.id
$$;
"""

INVITATION_LOOKUP = """
CREATE FUNCTION accounts_invitation_lookup(wanted bytea) RETURNS TABLE (invitation_id bigint, organization_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.id, i.organization_id FROM accounts_invitation i WHERE i.digest = wanted
$$;
"""

# A new password ends the person's tokens in every organisation at once, in the transaction that stores it.
END_TOKENS_OF = """
CREATE FUNCTION accounts_end_tokens_of(ended_user_id bigint, kept_token_id bigint)
RETURNS TABLE (organization_id bigint, ended bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH gone AS (
        UPDATE accounts_apitoken t SET revoked_at = now()
          FROM accounts_membership m
         WHERE m.organization_id = t.organization_id AND m.id = t.membership_id AND m.user_id = ended_user_id
           AND t.revoked_at IS NULL AND t.id IS DISTINCT FROM kept_token_id
        RETURNING t.organization_id AS org
    )
    SELECT org, count(*) FROM gone GROUP BY org
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls")]

    operations = [
        run_sql(
            "CREATE INDEX accounts_apitoken_list ON accounts_apitoken (organization_id, membership_id, id);",
            TOKEN_LOOKUP,
            _for_app("accounts_token_lookup(bytea)"),
            NOTE_USE,
            _for_app("accounts_token_used(bigint)"),
            MEMBERSHIPS_OF,
            _for_app("accounts_memberships_of(bigint)"),
            INVITATION_LOOKUP,
            _for_app("accounts_invitation_lookup(bytea)"),
            END_TOKENS_OF,
            _for_app("accounts_end_tokens_of(bigint, bigint)"),
        )
    ]
