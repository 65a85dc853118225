"""The database roles and the database, in the words of PostgreSQL 16 and later.

One text for both uses: a new embedded cluster runs it, and an administrator of a PostgreSQL
server runs the same through psql.
"""

from newel.record.config.embedded_postgres.secrets_file import Secrets

_ROLES = """\
CREATE ROLE newel_owner LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
    PASSWORD :'owner_password';
CREATE ROLE newel_service LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
    PASSWORD :'service_password';
CREATE ROLE newel_audit NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
GRANT newel_audit TO newel_owner WITH INHERIT FALSE, SET TRUE;
"""

_SCHEMA = """\
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CREATE, USAGE ON SCHEMA public TO newel_owner, newel_audit;
GRANT USAGE ON SCHEMA public TO newel_service;
"""

_HOW_TO_RUN = """\
-- The roles and the database that Newel needs, for PostgreSQL 16 or later. Run it once, as a
-- superuser:
--   psql -v ON_ERROR_STOP=1 -v owner_password=... -v service_password=... -f roles.sql postgres
-- newel_owner   migrates, and makes the databases of the tests
-- newel_service is the running service: it owns nothing and no policy passes it by
-- newel_audit   owns the audit, and nobody signs in as it
"""


def provisioning_sql(database: str = "newel") -> str:
    name = _quoted_name(database)
    return "\n".join(
        [_HOW_TO_RUN, _ROLES, _database(name, "template0"), f"\\connect {name}", _SCHEMA]
    )


def embedded_sql(database: str, secrets: Secrets) -> str:
    """For the single-user mode of a new cluster, in its template1.

    The schema's rights are set in template1 first, so that every database made later has them.
    """
    statements = _ROLES + _SCHEMA + _database(_quoted_name(database), "template1")
    for variable in ("owner_password", "service_password"):
        statements = statements.replace(f":'{variable}'", _quoted(getattr(secrets, variable)))
    # Single-user mode ends a statement at a semicolon and an empty line.
    return statements.replace(";\n", ";\n\n")


def _database(quoted_name: str, template: str) -> str:
    return f"CREATE DATABASE {quoted_name} OWNER newel_owner ENCODING 'UTF8' TEMPLATE {template};\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
