-- What a setting put on record is never altered: it is replaced by a new row, or withdrawn once.

CREATE FUNCTION establishments_stays_on_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    may_change text[] := coalesce(TG_ARGV::text[], '{}');  -- NULL when there are no arguments
BEGIN
    IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change
       OR (to_jsonb(OLD) ->> 'withdrawn_at') IS NOT NULL THEN
        RAISE EXCEPTION 'what is on record in % stays as it was recorded', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Whether this setting has on record what has to be there before a child is entered. Dates that
-- have passed do not close it: that is said to people, and a person withdraws what no longer holds.
CREATE FUNCTION establishments_is_ready(p_setting bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM establishments_dataprotectionassessment one
        WHERE one.setting_id = p_setting AND one.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT FROM establishments_dataprotectionassessment newer
            WHERE newer.replaces_id = one.id)
    ) AND EXISTS (
        SELECT FROM establishments_safetyofficer one
        WHERE one.setting_id = p_setting AND one.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT FROM establishments_safetyofficer newer WHERE newer.replaces_id = one.id)
    ) AND EXISTS (
        SELECT FROM establishments_sharingagreement one
        WHERE one.setting_id = p_setting AND one.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT FROM establishments_sharingagreement newer WHERE newer.replaces_id = one.id)
    )
$$;
REVOKE ALL ON FUNCTION establishments_is_ready(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION establishments_is_ready(bigint) TO newel_service;
