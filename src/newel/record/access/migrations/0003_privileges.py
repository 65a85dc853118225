"""What the service may delete, the cache that its workers share, and who sees a held form."""

from django.db import migrations

SERVICE = "newel_service"

DELETE = f"""
GRANT DELETE ON django_session, mfa_authenticator, access_heldform, account_emailaddress
    TO {SERVICE};
"""

# As `createcachetable` makes it, which needs no extension.
CACHE = f"""
CREATE TABLE access_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX access_cache_expires ON access_cache (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON access_cache TO {SERVICE};
"""

HELD_FORMS = f"""
ALTER TABLE access_heldform ENABLE ROW LEVEL SECURITY;
CREATE POLICY writer ON access_heldform TO {SERVICE}
    USING (staff_id = (SELECT nullif(current_setting('newel.actor', true), '')::bigint))
    WITH CHECK (staff_id = (SELECT nullif(current_setting('newel.actor', true), '')::bigint));

-- Nobody sees another person's held form, so the service cannot find the old ones by itself.
CREATE FUNCTION access_forget_held_forms(p_older_than interval) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM access_heldform WHERE held_at < now() - greatest(p_older_than, interval '1 hour')
$$;
REVOKE ALL ON FUNCTION access_forget_held_forms(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_forget_held_forms(interval) TO {SERVICE};
"""  # noqa: S608 - a constant

SEE_EVERYONE_AGAIN = """
DROP FUNCTION access_forget_held_forms(interval);
DROP POLICY writer ON access_heldform;
ALTER TABLE access_heldform DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_audit"),
        ("sessions", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunSQL(
            DELETE,
            f"REVOKE DELETE ON django_session, mfa_authenticator, access_heldform, "
            f"account_emailaddress FROM {SERVICE}",
        ),
        migrations.RunSQL(CACHE, "DROP TABLE access_cache"),
        migrations.RunSQL(HELD_FORMS, SEE_EVERYONE_AGAIN),
    ]
