-- What somebody wrote, and that they wrote it and when, is never altered: not by a forgotten line of
-- Python, not by hand. A change is a new row. The arguments name the columns that may still change.

CREATE FUNCTION activators_words_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(OLD) - TG_ARGV::text[] IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV::text[] THEN
        RAISE EXCEPTION 'words in % stay as they were written', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER words_stay BEFORE UPDATE ON activators_statement
FOR EACH ROW EXECUTE FUNCTION activators_words_stay(
    'state', 'is_current', 'sharing_level', 'agreed_by_id', 'agreed_at', 'confirmed_on',
    'confirm_by', 'ended_because', 'ended_at', 'ended_by_id'
);

CREATE TRIGGER words_stay BEFORE UPDATE ON activators_keepingsafe
FOR EACH ROW EXECUTE FUNCTION activators_words_stay('is_current');

CREATE TRIGGER words_stay BEFORE UPDATE ON activators_confirmation
FOR EACH ROW EXECUTE FUNCTION activators_words_stay();

CREATE TRIGGER words_stay BEFORE UPDATE ON activators_evidence
FOR EACH ROW EXECUTE FUNCTION activators_words_stay();
