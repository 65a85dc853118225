"""The fourth lock: policies on every table that holds something about a child.

Used in migrations, one operation a table. The service's role sees a row only when its child is
among those whom `newel_begin` found for this transaction's person.
"""

from django.db.migrations import RunSQL

SERVICE = "newel_service"

# A list of ids, read inside the brackets: once a query. The second mark of its type has PostgreSQL
# take it as one list; without the first, it would be read anew for every row.
_IDS = "(SELECT coalesce(nullif(current_setting('{}', true), ''), '{{}}')::bigint[])::bigint[]"
REACH, _WATCH = _IDS.format("newel.reach"), _IDS.format("newel.watch")
_ACTOR = "(SELECT nullif(current_setting('newel.actor', true), '')::bigint)"
_RESTRICTED = "(SELECT coalesce(current_setting('newel.restricted', true), '') = 't')"

_SHARED = f"""(
    sharing_level IN ('child_open', 'team')
    OR written_by_id = {_ACTOR}
    OR {_ACTOR} = ANY (named_readers)
    OR (sharing_level = 'restricted_third_party' AND {_RESTRICTED})
)"""


def protect(
    table: str, *, child: str = "child_id", sharing: bool = False, watched: bool = False
) -> RunSQL:
    """Rows of children in reach only.

    sharing: the row has a sharing level of its own.
    watched: governance leads may read and write it for the children of their settings.
    """
    seen = f"{child} = ANY ({REACH})"
    if watched:
        seen = f"({seen} OR {child} = ANY ({_WATCH}))"
    if sharing:
        seen = f"{seen} AND {_SHARED}"
    return policy(table, seen)


def protect_through(
    table: str,
    *,
    column: str,
    parent: str,
    child: str = "child_id",
    sharing: bool = False,
    may_hang_loose: bool = False,
) -> RunSQL:
    """Rows that hang on a row with a sharing level: they show when that row shows.

    sharing: the row has a level of its own as well, and both must allow it.
    may_hang_loose: a row that hangs on none shows by itself.
    """
    hangs = f"EXISTS (SELECT FROM {parent} WHERE {parent}.id = {table}.{column})"
    if may_hang_loose:
        hangs = f"({column} IS NULL OR {hangs})"
    seen = f"{child} = ANY ({REACH}) AND {hangs}"
    if sharing:
        seen = f"{seen} AND {_SHARED}"
    return policy(table, seen)


def protect_through_any(table: str, *, parents: dict[str, str], child: str = "child_id") -> RunSQL:
    """Rows that hang on one of several kinds of row: column -> table. They show when it shows."""
    shown = " UNION ALL ".join(
        f"SELECT 1 FROM {parent} WHERE {parent}.id = {table}.{column}"  # noqa: S608 - of migrations
        for column, parent in parents.items()
    )
    return policy(table, f"{child} = ANY ({REACH}) AND EXISTS ({shown})")


def protect_own(table: str, *, staff: str = "staff_id") -> RunSQL:
    """A person's own rows, which nobody else sees."""
    return policy(table, f"{staff} = {_ACTOR}")


def words_stay(table: str, *may_change: str) -> RunSQL:
    """What was written in this table is never altered, but for these columns (H11, H13)."""
    columns = ", ".join(f"'{column}'" for column in may_change)
    return RunSQL(
        f"CREATE TRIGGER words_stay BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION children_words_stay({columns})",
        f"DROP TRIGGER words_stay ON {table}",
    )


def policy(table: str, seen: str) -> RunSQL:
    """One policy a table: several would add up."""
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY reach ON {table} TO {SERVICE} USING ({seen}) WITH CHECK ({seen});
        """,
        f"DROP POLICY reach ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def seal_history(table: str, *, at: str = "written_at") -> RunSQL:
    """Rows written before a child's identity changed show only to those to whom the sealing was
    opened (H34). It narrows the policy that the table has, whatever that is by now."""
    sealed = (
        f"NOT ({table}.child_id = ANY ((SELECT children_with_sealed_history())::bigint[]) "
        f"AND children_is_sealed({table}.child_id, {table}.{at}))"
    )
    return RunSQL(
        f"""
        DO $$
        DECLARE seen text; written text;
        BEGIN
            SELECT pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
                INTO STRICT seen, written FROM pg_policy
                WHERE polrelid = '{table}'::regclass AND polname = 'reach';
            EXECUTE format('ALTER POLICY reach ON {table} USING ((%s) AND {sealed}) '
                           'WITH CHECK (%s)', seen, written);
        END $$;
        """,  # noqa: S608 - names of tables, from migrations only
        RunSQL.noop,
    )
