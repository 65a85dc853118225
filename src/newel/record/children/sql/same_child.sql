-- A child who came back has two records until what was written on the new one is carried over. The
-- new one points to the earlier one, and the earlier one to it. An address only where both are in
-- reach and no identity of either is sealed: one name must not lead to the other.

CREATE FUNCTION children_may_point(p_from bigint, p_to bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p_to = ANY (coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
       AND NOT EXISTS (SELECT FROM children_sealing
                       WHERE child_id IN (p_from, p_to) AND confirmed_at IS NOT NULL)
$$;

-- Where this child's record goes on: NULL when it goes on here, empty when that must not be said.
CREATE FUNCTION children_goes_on_at(p_child bigint) RETURNS varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN children_may_point(p.child_id, p.earlier_id) THEN c.public_id ELSE '' END
    FROM children_perhapssame p JOIN children_child c ON c.id = p.earlier_id
    WHERE p.child_id = p_child AND p.is_same
      AND p_child = ANY (coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
    ORDER BY p.said_at DESC LIMIT 1
$$;

-- Where something stands that has not been carried over yet: until the stay on it ends.
CREATE FUNCTION children_still_beside(p_child bigint) RETURNS varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.public_id
    FROM children_perhapssame p JOIN children_child c ON c.id = p.child_id
    WHERE p.earlier_id = p_child AND p.is_same AND children_may_point(p.earlier_id, p.child_id)
      AND p_child = ANY (coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
      AND EXISTS (SELECT FROM children_stay s
                  WHERE s.child_id = p.child_id AND s.ended_at IS NULL)
    ORDER BY p.said_at DESC LIMIT 1
$$;

REVOKE ALL ON FUNCTION children_may_point(bigint, bigint), children_goes_on_at(bigint),
    children_still_beside(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_goes_on_at(bigint), children_still_beside(bigint)
    TO newel_service;
