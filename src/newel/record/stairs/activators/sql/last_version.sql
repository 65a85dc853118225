-- The number of the newest version, sealed or not: the next one must not be given a number again.
-- A number, and nothing of what was agreed.

CREATE FUNCTION activators_last_version(p_child bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(max(number), 0) FROM activators_formulationversion
    WHERE child_id = p_child AND child_id = ANY (
        coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
$$;

REVOKE ALL ON FUNCTION activators_last_version(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION activators_last_version(bigint) TO newel_service;
