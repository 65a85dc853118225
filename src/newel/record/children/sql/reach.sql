-- Who reaches which child, as the database sees it. The same as ChildQuerySet.visible_to.

CREATE FUNCTION children_reach(p_staff bigint, p_at timestamptz) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH me AS (
        SELECT id FROM access_staffmember WHERE id = p_staff AND is_active AND reads_children
    ), today AS (
        SELECT (p_at AT TIME ZONE 'Europe/London')::date AS day
    ), posts AS (
        SELECT p.setting_id, p.unit_id FROM establishments_post p JOIN me ON me.id = p.staff_id
        WHERE p.starts_at <= p_at AND (p.ends_at IS NULL OR p.ends_at > p_at)
    ), going_on AS (
        SELECT id, child_id, setting_id FROM children_stay
        WHERE ended_at IS NULL OR ended_at > p_at
    ), opened AS (
        SELECT u.child_id FROM children_unitstay u
            JOIN posts ON posts.unit_id = u.unit_id
            JOIN going_on s ON s.id = u.stay_id
            WHERE u.starts_at <= p_at AND (u.ends_at IS NULL OR u.ends_at > p_at)
        UNION
        SELECT s.child_id FROM going_on s
            JOIN posts ON posts.setting_id = s.setting_id AND posts.unit_id IS NULL
        UNION
        SELECT t.child_id FROM children_teammember t
            JOIN me ON me.id = t.staff_id JOIN going_on s ON s.id = t.stay_id, today
            WHERE t.opens_record AND t.starts_on <= day AND (t.ends_on IS NULL OR t.ends_on >= day)
        UNION
        SELECT k.child_id FROM children_keyworkerassignment k
            JOIN me ON me.id = k.staff_id JOIN going_on s ON s.id = k.stay_id, today
            WHERE k.starts_on <= day AND (k.ends_on IS NULL OR k.ends_on >= day)
        UNION
        SELECT g.child_id FROM children_grant g JOIN me ON me.id = g.staff_id
            LEFT JOIN going_on s ON s.id = g.stay_id
            WHERE g.starts_at <= p_at AND (g.ends_at IS NULL OR g.ends_at > p_at)
              AND (g.stay_id IS NULL OR s.id IS NOT NULL)
        UNION
        SELECT b.child_id FROM children_breakglass b JOIN me ON me.id = b.staff_id
            WHERE b.starts_at <= p_at AND b.ends_at > p_at
    )
    SELECT coalesce(array_agg(child_id), '{}') FROM opened
    WHERE NOT EXISTS (
        SELECT FROM children_block b
        WHERE b.child_id = opened.child_id AND b.staff_id = p_staff AND b.lifted_at IS NULL
    )
$$;

-- The children whose audit and access a governance lead watches over: not their records.
CREATE FUNCTION children_watch(p_staff bigint, p_at timestamptz) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT s.child_id), '{}')
    FROM access_staffmember m
    JOIN establishments_post p ON p.staff_id = m.id
    JOIN children_stay s ON s.setting_id = p.setting_id
    WHERE m.id = p_staff AND m.is_active AND m.role = 'governance_lead'
      AND p.starts_at <= p_at AND (p.ends_at IS NULL OR p.ends_at > p_at)
$$;

-- Names the person for this transaction. Nobody (NULL) reaches nobody.
CREATE FUNCTION newel_begin(p_staff bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    restricted boolean := false;
    governs boolean := false;
    -- Not now(), which stands still in a transaction: what an action opens is open at once. Two
    -- seconds ahead, in case this machine's clock is behind that of the machine that wrote the row.
    moment timestamptz := clock_timestamp() + interval '2 seconds';
BEGIN
    SELECT reads_restricted, role = 'governance_lead' INTO restricted, governs
    FROM access_staffmember WHERE id = p_staff AND is_active;
    PERFORM set_config('newel.actor', coalesce(p_staff::text, ''), true),
            set_config('newel.restricted', CASE WHEN restricted THEN 't' ELSE 'f' END, true),
            set_config('newel.reach', CASE WHEN p_staff IS NULL THEN '{}'
                ELSE children_reach(p_staff, moment)::text END, true),
            set_config('newel.watch', CASE WHEN governs
                THEN children_watch(p_staff, moment)::text ELSE '{}' END, true);
END $$;

-- A new child's id, in reach of whoever writes the child down until the transaction ends. Drawn
-- here and nowhere else, so that no id of an existing child can be slipped in.
CREATE FUNCTION children_new_child() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    fresh bigint := nextval(pg_get_serial_sequence('children_child', 'id'));
    reach bigint[] := coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[];
BEGIN
    IF coalesce(current_setting('newel.actor', true), '') = '' THEN
        RAISE EXCEPTION 'nobody is acting';
    END IF;
    PERFORM set_config('newel.reach', (reach || fresh)::text, true);
    RETURN fresh;
END $$;

-- For the audit of a refusal, and for break-glass: an id, and nothing else about the child.
CREATE FUNCTION children_id_behind(p_public_id varchar) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM children_child WHERE public_id = p_public_id
$$;

-- Break-glass: the children staying now in this unit or setting who go by this name. Whoever asks
-- must have a post in that setting. Blocked people find nobody.
CREATE FUNCTION children_behind_glass(p_name_key varchar, p_unit bigint)
RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT c.id), '{}')
    FROM children_child c
    JOIN children_unitstay us ON us.child_id = c.id AND us.unit_id = p_unit AND us.ends_at IS NULL
    JOIN children_stay s ON s.id = us.stay_id AND s.ended_at IS NULL
    JOIN establishments_post p ON p.setting_id = s.setting_id
        AND p.staff_id = nullif(current_setting('newel.actor', true), '')::bigint
        AND p.starts_at <= now() AND (p.ends_at IS NULL OR p.ends_at > now())
    LEFT JOIN children_childname n ON n.child_id = c.id AND n.kind <> 'former'
    WHERE (c.name_key = p_name_key OR n.name_key = p_name_key
           OR split_part(c.name_key, ' ', 1) = p_name_key)
      AND NOT EXISTS (
        SELECT FROM children_block b
        WHERE b.child_id = c.id AND b.staff_id = p.staff_id AND b.lifted_at IS NULL)
$$;

-- Nobody but the service asks these, on a server that others may share.
REVOKE ALL ON FUNCTION children_reach(bigint, timestamptz), children_watch(bigint, timestamptz),
    newel_begin(bigint), children_new_child(), children_id_behind(varchar),
    children_behind_glass(varchar, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_reach(bigint, timestamptz), newel_begin(bigint),
    children_new_child(), children_id_behind(varchar), children_behind_glass(varchar, bigint)
    TO newel_service;
