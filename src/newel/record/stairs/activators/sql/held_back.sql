-- How many statements of a child in reach are held back from whoever asks: a number, and nothing of
-- what they say. A map that left some out without saying so would look whole.
CREATE FUNCTION activators_held_back(p_child bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*)::integer FROM activators_statement s
    WHERE s.child_id = p_child AND s.is_current
      AND p_child = ANY (
        coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
      AND NOT (
        s.sharing_level IN ('child_open', 'team')
        OR s.written_by_id = nullif(current_setting('newel.actor', true), '')::bigint
        OR nullif(current_setting('newel.actor', true), '')::bigint = ANY (s.named_readers)
        OR (s.sharing_level = 'restricted_third_party'
            AND coalesce(current_setting('newel.restricted', true), '') = 't'))
$$;

REVOKE ALL ON FUNCTION activators_held_back(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION activators_held_back(bigint) TO newel_service;
