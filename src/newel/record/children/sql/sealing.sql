-- The moment is two seconds ahead, as in newel_begin: what was opened or closed just now counts.

-- Sealed identities: moving names where the service cannot read them, and the one way back.

CREATE FUNCTION children_seal(p_sealing bigint, p_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one children_sealing;
    actor bigint := nullif(current_setting('newel.actor', true), '')::bigint;
    watched bigint[] := coalesce(nullif(current_setting('newel.watch', true), ''), '{}')::bigint[];
BEGIN
    SELECT * INTO one FROM children_sealing WHERE id = p_sealing FOR UPDATE;
    IF one.id IS NULL OR NOT one.child_id = ANY (watched) OR one.asked_by_id = actor
       OR one.confirmed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a sealing is confirmed once, by a governance lead who did not ask for it'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO children_sealedname (child_id, sealing_id, name, kind)
        SELECT child_id, one.id, name, kind FROM children_childname
        WHERE child_id = one.child_id AND id = ANY (one.names)
        UNION ALL
        SELECT child_id, one.id, value, system FROM children_identifier
        WHERE child_id = one.child_id AND id = ANY (one.numbers)
        UNION ALL
        SELECT id, one.id, preferred_name, 'preferred' FROM children_child
        WHERE id = one.child_id AND one.new_name <> '';
    DELETE FROM children_childname WHERE child_id = one.child_id AND id = ANY (one.names);
    DELETE FROM children_identifier WHERE child_id = one.child_id AND id = ANY (one.numbers);
    UPDATE children_child SET preferred_name = one.new_name, name_key = one.new_name_key
        WHERE id = one.child_id AND one.new_name <> '';
    UPDATE children_sealing SET confirmed_by_id = actor, confirmed_at = p_at WHERE id = one.id;
END $$;

-- Whether what was written about a child at this moment is sealed for whoever is acting. With the
-- owner's rights, so that the answer does not hang on what the person sees of the sealing itself.
CREATE FUNCTION children_is_sealed(p_child bigint, p_written_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM children_sealing s
        WHERE s.child_id = p_child AND s.confirmed_at IS NOT NULL
          AND p_written_at < s.history_before::timestamp AT TIME ZONE 'Europe/London'
          AND NOT EXISTS (
            SELECT FROM children_sealopening o
            WHERE o.sealing_id = s.id AND tstzrange(o.starts_at, o.ends_at)
                @> clock_timestamp() + interval '2 seconds'
              AND o.staff_id = nullif(current_setting('newel.actor', true), '')::bigint)
    )
$$;

-- The children in reach whose earlier history is sealed: mostly none, so that policies ask further
-- only about these.
CREATE FUNCTION children_with_sealed_history() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT child_id), '{}') FROM children_sealing
    WHERE confirmed_at IS NOT NULL AND history_before IS NOT NULL
      AND child_id = ANY (coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
$$;

-- What is sealed, for somebody to whom it was opened and who reaches the child.
CREATE FUNCTION children_sealed_names(p_child bigint) RETURNS TABLE (name varchar, kind varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT n.name, n.kind FROM children_sealedname n
    WHERE n.child_id = p_child
      AND p_child = ANY (coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
      AND EXISTS (
        SELECT FROM children_sealopening o
        WHERE o.sealing_id = n.sealing_id AND tstzrange(o.starts_at, o.ends_at)
                @> clock_timestamp() + interval '2 seconds'
          AND o.staff_id = nullif(current_setting('newel.actor', true), '')::bigint)
    ORDER BY n.kind, n.name
$$;

-- A child was written down anew. Whether Newel may know the child from before is asked of the
-- governance lead, and answered to nobody else: it returns nothing, found or not. Names of before
-- and sealed ones are not compared.
CREATE FUNCTION children_perhaps_known(p_child bigint, p_public_ids varchar[], p_at timestamptz)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO children_perhapssame (public_id, child_id, earlier_id, asked_at)
    SELECT p_public_ids[found.place], p_child, found.id, p_at
    FROM (
        SELECT DISTINCT old.id, row_number() OVER (ORDER BY old.id) AS place
        FROM children_child new
        JOIN children_child old ON old.born_on = new.born_on AND old.id <> new.id
        WHERE new.id = p_child
          AND new.id = ANY (coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
          AND NOT old.id = ANY (
            coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[])
          AND (old.name_key = new.name_key OR EXISTS (
            SELECT FROM children_childname n
            WHERE n.child_id = old.id AND n.kind <> 'former' AND n.name_key = new.name_key))
    ) AS found
    WHERE found.place <= cardinality(p_public_ids)
    ON CONFLICT DO NOTHING
$$;

-- Where a record of before was kept, so that a governance lead can ask there. Not where an identity
-- was sealed: then it is nobody's to know from here.
CREATE FUNCTION children_earlier_settings(p_row bigint) RETURNS varchar[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT e.name ORDER BY e.name), '{}')
    FROM children_perhapssame p
    JOIN children_stay s ON s.child_id = p.earlier_id
    JOIN establishments_setting e ON e.id = s.setting_id
    WHERE p.id = p_row
      AND p.child_id = ANY (coalesce(nullif(current_setting('newel.watch', true), ''), '{}')::bigint[])
      AND NOT EXISTS (SELECT FROM children_sealing x
                      WHERE x.child_id = p.earlier_id AND x.confirmed_at IS NOT NULL)
$$;

-- The stay goes on, on the record of before as well: what was written there can be read again. For
-- a governance lead of the setting where the child is now, once they have said that it is the same.
CREATE FUNCTION children_return(p_row bigint, p_stay_id varchar, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    pair children_perhapssame;
    stay children_stay;
    unit bigint;
    made bigint;
    actor bigint := nullif(current_setting('newel.actor', true), '')::bigint;
    watched bigint[] := coalesce(nullif(current_setting('newel.watch', true), ''), '{}')::bigint[];
BEGIN
    SELECT * INTO pair FROM children_perhapssame WHERE id = p_row FOR UPDATE;
    SELECT * INTO stay FROM children_stay
        WHERE child_id = pair.child_id AND ended_at IS NULL ORDER BY referred_at DESC LIMIT 1;
    IF pair.id IS NULL OR pair.is_same IS NOT NULL OR NOT pair.child_id = ANY (watched)
       OR stay.id IS NULL OR NOT children_governs(stay.setting_id) THEN
        RAISE EXCEPTION 'only a governance lead of the setting says once that it is the same child'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT unit_id INTO unit FROM children_unitstay WHERE stay_id = stay.id AND ends_at IS NULL;
    INSERT INTO children_stay (public_id, child_id, setting_id, referred_at, expected_at, arrived_at,
                               entered_by_id)
        VALUES (p_stay_id, pair.earlier_id, stay.setting_id, p_at, stay.expected_at,
                CASE WHEN stay.arrived_at IS NOT NULL THEN p_at END, actor)
        RETURNING id INTO made;
    INSERT INTO children_unitstay (child_id, stay_id, unit_id, starts_at)
        VALUES (pair.earlier_id, made, unit, p_at);
    UPDATE children_perhapssame SET is_same = true, said_by_id = actor, said_at = p_at
        WHERE id = pair.id;
    RETURN made;
END $$;

REVOKE ALL ON FUNCTION children_seal(bigint, timestamptz),
    children_is_sealed(bigint, timestamptz), children_with_sealed_history(),
    children_sealed_names(bigint), children_perhaps_known(bigint, varchar[], timestamptz),
    children_earlier_settings(bigint), children_return(bigint, varchar, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_seal(bigint, timestamptz),
    children_is_sealed(bigint, timestamptz), children_with_sealed_history(),
    children_sealed_names(bigint), children_perhaps_known(bigint, varchar[], timestamptz),
    children_earlier_settings(bigint), children_return(bigint, varchar, timestamptz) TO newel_service;
