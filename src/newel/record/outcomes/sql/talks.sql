-- A talk that waits always reaches somebody who can open it (H9). Whoever reads these functions
-- learns who reaches a child, and nothing of what the child answered.

-- Who reaches a child: `children_reach` from the other side. Without those who opened the record in
-- an emergency: an hour later they do not reach it any more.
CREATE FUNCTION outcomes_reached_by(p_child bigint, p_at timestamptz) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH going_on AS (
        SELECT id, setting_id FROM children_stay
        WHERE child_id = p_child AND (ended_at IS NULL OR ended_at > p_at)
    ), units AS (
        SELECT u.unit_id FROM children_unitstay u JOIN going_on s ON s.id = u.stay_id
        WHERE u.child_id = p_child AND u.starts_at <= p_at AND (u.ends_at IS NULL OR u.ends_at > p_at)
    ), today AS (
        SELECT (p_at AT TIME ZONE 'Europe/London')::date AS day
    ), opened AS (
        SELECT p.staff_id FROM establishments_post p
            WHERE p.starts_at <= p_at AND (p.ends_at IS NULL OR p.ends_at > p_at)
              AND (p.unit_id IN (SELECT unit_id FROM units)
                   OR p.unit_id IS NULL AND p.setting_id IN (SELECT setting_id FROM going_on))
        UNION
        SELECT t.staff_id FROM children_teammember t JOIN going_on s ON s.id = t.stay_id, today
            WHERE t.child_id = p_child AND t.opens_record
              AND t.starts_on <= day AND (t.ends_on IS NULL OR t.ends_on >= day)
        UNION
        SELECT k.staff_id FROM children_keyworkerassignment k
            JOIN going_on s ON s.id = k.stay_id, today
            WHERE k.child_id = p_child AND k.starts_on <= day
              AND (k.ends_on IS NULL OR k.ends_on >= day)
        UNION
        SELECT g.staff_id FROM children_grant g
            WHERE g.child_id = p_child
              AND g.starts_at <= p_at AND (g.ends_at IS NULL OR g.ends_at > p_at)
              AND (g.stay_id IS NULL OR g.stay_id IN (SELECT id FROM going_on))
    )
    SELECT m.id FROM opened JOIN access_staffmember m ON m.id = opened.staff_id
    WHERE m.is_active AND m.reads_children AND (m.open_until IS NULL OR m.open_until > p_at)
      AND NOT EXISTS (
        SELECT FROM children_block b
        WHERE b.child_id = p_child AND b.staff_id = m.id AND b.lifted_at IS NULL)
$$;

-- Whether one of these people (NULL: anybody) reaches the child in one of these roles.
CREATE FUNCTION outcomes_can_be_told(
    p_child bigint, p_roles varchar[], p_among bigint[], p_at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM outcomes_reached_by(p_child, p_at) AS near (id)
        JOIN access_staffmember m ON m.id = near.id
        WHERE m.role = ANY (p_roles) AND (p_among IS NULL OR m.id = ANY (p_among))
    )
$$;

-- For governance leads, of the children over whom they watch: talks that nobody who could have them
-- reaches, and those that have waited since p_late or longer. Whose, since when, and who knew of the
-- form; never the answer, nor which question it was.
CREATE FUNCTION outcomes_talks_watched(p_roles varchar[], p_at timestamptz, p_late timestamptz)
RETURNS TABLE (child bigint, asked_at timestamptz, is_reached boolean, people bigint[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH waiting AS (
        SELECT t.child_id, t.form_id, t.asked_at,
               outcomes_can_be_told(t.child_id, p_roles, NULL, p_at) AS reached
        FROM outcomes_talk t
        WHERE t.seen_at IS NULL AND t.child_id = ANY (
            coalesce(nullif(current_setting('newel.watch', true), ''), '{}')::bigint[])
    )
    SELECT w.child_id, w.asked_at, w.reached,
           array_remove(ARRAY[f.talk_to_id, f.cover_id, p.planned_by_id, f.opened_by_id], NULL)
           || ARRAY(SELECT k.staff_id FROM children_keyworkerassignment k
                    WHERE k.child_id = w.child_id ORDER BY k.starts_on DESC, k.id DESC LIMIT 2)
    FROM waiting w JOIN outcomes_form f ON f.id = w.form_id
    LEFT JOIN outcomes_plan p ON p.id = f.plan_id
    WHERE NOT w.reached OR w.asked_at <= p_late
    ORDER BY w.asked_at
$$;

REVOKE ALL ON FUNCTION outcomes_reached_by(bigint, timestamptz),
    outcomes_can_be_told(bigint, varchar[], bigint[], timestamptz),
    outcomes_talks_watched(varchar[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outcomes_can_be_told(bigint, varchar[], bigint[], timestamptz),
    outcomes_talks_watched(varchar[], timestamptz, timestamptz) TO newel_service;
