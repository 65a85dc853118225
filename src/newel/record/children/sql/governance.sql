-- Doors for governance leads: who has access in a setting of theirs, ending it, and what was read
-- by people who were not in a child's care at that moment. Nothing of what is in a record.

CREATE FUNCTION children_governs(p_setting bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM access_staffmember m JOIN establishments_post p ON p.staff_id = m.id
        WHERE m.id = nullif(current_setting('newel.actor', true), '')::bigint
          AND m.is_active AND m.role = 'governance_lead' AND p.setting_id = p_setting
          AND p.starts_at <= now() AND (p.ends_at IS NULL OR p.ends_at > now())
    )
$$;

-- Everything that opens records in a setting to somebody at this moment or from a day to come.
CREATE FUNCTION children_access_in(p_setting bigint, p_at timestamptz)
RETURNS TABLE (
    staff bigint, kind varchar, row_id bigint, child bigint, starts timestamptz, ends timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH here AS (
        SELECT id, child_id FROM children_stay
        WHERE setting_id = p_setting AND (ended_at IS NULL OR ended_at > p_at)
    ), today AS (
        SELECT (p_at AT TIME ZONE 'Europe/London')::date AS day
    )
    SELECT * FROM (
        SELECT staff_id, 'post'::varchar, id, NULL::bigint, starts_at, ends_at
        FROM establishments_post
        WHERE setting_id = p_setting AND (ends_at IS NULL OR ends_at > p_at)
        UNION ALL
        SELECT t.staff_id, 'team', t.id, t.child_id,
               t.starts_on::timestamp AT TIME ZONE 'Europe/London',
               (t.ends_on + 1)::timestamp AT TIME ZONE 'Europe/London'
        FROM children_teammember t JOIN here ON here.id = t.stay_id, today
        WHERE t.staff_id IS NOT NULL AND t.opens_record
          AND (t.ends_on IS NULL OR t.ends_on >= day)
        UNION ALL
        SELECT k.staff_id, 'keyworker', k.id, k.child_id,
               k.starts_on::timestamp AT TIME ZONE 'Europe/London',
               (k.ends_on + 1)::timestamp AT TIME ZONE 'Europe/London'
        FROM children_keyworkerassignment k JOIN here ON here.id = k.stay_id, today
        WHERE k.ends_on IS NULL OR k.ends_on >= day
        UNION ALL
        SELECT g.staff_id, 'grant', g.id, g.child_id, g.starts_at, g.ends_at
        FROM children_grant g
        WHERE (g.ends_at IS NULL OR g.ends_at > p_at)
          AND (g.stay_id IS NULL OR g.stay_id IN (SELECT id FROM here))
          AND EXISTS (SELECT FROM children_stay s
                      WHERE s.child_id = g.child_id AND s.setting_id = p_setting)
        UNION ALL
        SELECT b.staff_id, 'glass', b.id, b.child_id, b.starts_at, b.ends_at
        FROM children_breakglass b
        WHERE b.ends_at > p_at AND b.child_id IN (SELECT child_id FROM here)
    ) AS held
    WHERE children_governs(p_setting)
$$;

-- Ends somebody's place in the teams and as keyworker in a setting. p_day is the last day; without
-- one it ends now. Posts and named access a governance lead can end without this.
CREATE FUNCTION children_end_places_in(p_staff bigint, p_setting bigint, p_day date, p_today date)
RETURNS TABLE (kind varchar, row_id bigint, child bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT children_governs(p_setting) THEN
        RAISE EXCEPTION 'only a governance lead of the setting ends access in it'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
        UPDATE children_teammember t
        SET ends_on = greatest(t.starts_on, coalesce(p_day, p_today)),
            opens_record = p_day IS NOT NULL
        FROM children_stay s
        WHERE s.id = t.stay_id AND s.setting_id = p_setting AND s.ended_at IS NULL
          AND t.staff_id = p_staff AND t.opens_record
          AND (t.ends_on IS NULL OR t.ends_on >= coalesce(p_day, p_today))
        RETURNING 'team_member'::varchar, t.id, t.child_id;
    RETURN QUERY
        UPDATE children_keyworkerassignment k
        SET ends_on = greatest(k.starts_on, coalesce(p_day, p_today - 1))
        FROM children_stay s
        WHERE s.id = k.stay_id AND s.setting_id = p_setting AND s.ended_at IS NULL
          AND k.staff_id = p_staff
          AND (k.ends_on IS NULL OR k.ends_on >= coalesce(p_day, p_today))
        RETURNING 'keyworker'::varchar, k.id, k.child_id;
END $$;

-- Who was in the care of watched children, from when until when: by a post on the unit or for the
-- setting, in the team, as keyworker, by named access. An emergency is no care: it is looked into.
CREATE FUNCTION children_care(p_children bigint[])
RETURNS TABLE (child bigint, staff bigint, from_at timestamptz, to_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH watched AS (
        SELECT unnest(p_children) AS id
        INTERSECT
        SELECT unnest(coalesce(nullif(current_setting('newel.watch', true), ''), '{}')::bigint[])
    )
    SELECT u.child_id, p.staff_id, greatest(u.starts_at, p.starts_at),
           least(coalesce(u.ends_at, 'infinity'), coalesce(p.ends_at, 'infinity'))
    FROM watched JOIN children_unitstay u ON u.child_id = watched.id
    JOIN establishments_post p ON p.unit_id = u.unit_id
    UNION ALL
    SELECT s.child_id, p.staff_id, greatest(s.referred_at, p.starts_at),
           least(coalesce(s.ended_at, 'infinity'), coalesce(p.ends_at, 'infinity'))
    FROM watched JOIN children_stay s ON s.child_id = watched.id
    JOIN establishments_post p ON p.setting_id = s.setting_id AND p.unit_id IS NULL
    UNION ALL
    SELECT t.child_id, t.staff_id, t.starts_on::timestamp AT TIME ZONE 'Europe/London',
           coalesce((t.ends_on + 1)::timestamp AT TIME ZONE 'Europe/London', 'infinity')
    FROM watched JOIN children_teammember t ON t.child_id = watched.id
    WHERE t.staff_id IS NOT NULL
    UNION ALL
    SELECT k.child_id, k.staff_id, k.starts_on::timestamp AT TIME ZONE 'Europe/London',
           coalesce((k.ends_on + 1)::timestamp AT TIME ZONE 'Europe/London', 'infinity')
    FROM watched JOIN children_keyworkerassignment k ON k.child_id = watched.id
    UNION ALL
    SELECT g.child_id, g.staff_id, g.starts_at, coalesce(g.ends_at, 'infinity')
    FROM watched JOIN children_grant g ON g.child_id = watched.id
$$;

-- Who opened records of watched children without being in their care at that moment, or while they
-- were blocked. One row a person and child. With the rights of whoever asks: the audit’s own policy
-- says which events they see. p_ours: pages about access, which show nothing of a record.
CREATE FUNCTION children_looks_from_outside(
    p_children bigint[], p_staff bigint, p_since timestamptz, p_acts varchar[], p_ours varchar[]
)
RETURNS TABLE (
    child bigint, staff bigint, times bigint, first_at timestamptz, last_at timestamptz,
    glass bigint, refused bigint, pages varchar[]
)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH care AS MATERIALIZED (
        SELECT * FROM children_care(p_children)
    ), looks AS (
        SELECT e.chain, e.actor, e.at, e.act, e.page FROM access_auditevent e
        WHERE e.chain = ANY (p_children) AND e.at >= p_since AND e.act = ANY (p_acts)
          AND e.actor IS NOT NULL AND e.page <> ALL (p_ours)
          AND (p_staff IS NULL OR e.actor = p_staff)
    )
    SELECT looks.chain, looks.actor, count(*), min(looks.at), max(looks.at),
           count(*) FILTER (WHERE looks.act = 'break_glass'),
           count(*) FILTER (WHERE looks.act = 'refused'),
           array_agg(DISTINCT looks.page)
    FROM looks
    WHERE NOT EXISTS (
        SELECT FROM care
        WHERE care.child = looks.chain AND care.staff = looks.actor
          AND looks.at >= care.from_at - interval '2 seconds' AND looks.at < care.to_at
    ) OR EXISTS (
        SELECT FROM children_block b
        WHERE b.child_id = looks.chain AND b.staff_id = looks.actor
          AND b.set_at <= looks.at AND (b.lifted_at IS NULL OR b.lifted_at > looks.at)
    )
    GROUP BY looks.chain, looks.actor
$$;

-- How many looks there were in all, so that the page can say how many it does not show.
CREATE FUNCTION children_looks_counted(
    p_children bigint[], p_staff bigint, p_since timestamptz, p_acts varchar[], p_ours varchar[]
) RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM access_auditevent e
    WHERE e.chain = ANY (p_children) AND e.at >= p_since AND e.act = ANY (p_acts)
      AND e.actor IS NOT NULL AND e.page <> ALL (p_ours)
      AND (p_staff IS NULL OR e.actor = p_staff)
$$;

REVOKE ALL ON FUNCTION children_governs(bigint), children_access_in(bigint, timestamptz),
    children_end_places_in(bigint, bigint, date, date), children_care(bigint[]),
    children_looks_from_outside(bigint[], bigint, timestamptz, varchar[], varchar[]),
    children_looks_counted(bigint[], bigint, timestamptz, varchar[], varchar[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_governs(bigint), children_access_in(bigint, timestamptz),
    children_end_places_in(bigint, bigint, date, date), children_care(bigint[]),
    children_looks_from_outside(bigint[], bigint, timestamptz, varchar[], varchar[]),
    children_looks_counted(bigint[], bigint, timestamptz, varchar[], varchar[]) TO newel_service;
