-- What somebody wrote, and that they wrote it and when, is never altered: not by a forgotten line of
-- Python, not by hand. A change is a new row. The arguments name the columns that may still change.

CREATE FUNCTION children_words_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    may_change text[] := coalesce(TG_ARGV::text[], '{}');  -- NULL when there are no arguments
BEGIN
    IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'words in % stay as they were written', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
