-- Slips and answers of anonymous surveys (H20). The service reads and writes neither table: it asks
-- these functions, each of which does one thing.
--
-- Whenever a slip or a form of a group changes, every slip or form of that group is deleted and
-- written anew in random order, forms with new ids, by this one transaction. So the place of a row,
-- its transaction number and its id say nothing about when it came, nor which slip it came with.

REVOKE ALL ON outcomes_surveyslip, outcomes_surveyform FROM newel_service;
REVOKE UPDATE ON outcomes_wave, outcomes_wavegroup, outcomes_surveyresult FROM newel_service;
GRANT UPDATE (closed_by_id, closed_at) ON outcomes_wave TO newel_service;
ALTER TABLE outcomes_surveyslip ENABLE ROW LEVEL SECURITY;
ALTER TABLE outcomes_surveyform ENABLE ROW LEVEL SECURITY;

-- One at a time for a group: whoever closes waits for whoever hands in. A lock of this kind leaves
-- no mark on any row.
CREATE FUNCTION outcomes_one_at_a_time(p_group bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('outcomes_wavegroup ' || p_group, 0))
$$;

-- All slips of a group anew: those there are, and these. p_spend: the one that is used now.
CREATE FUNCTION outcomes_shuffle_slips(p_group bigint, p_more bytea[], p_spend bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    hashes bytea[];
    used boolean[];
BEGIN
    SELECT array_agg(code_hash), array_agg(spent) INTO hashes, used
    FROM outcomes_surveyslip WHERE group_id = p_group;
    DELETE FROM outcomes_surveyslip WHERE group_id = p_group;
    INSERT INTO outcomes_surveyslip (code_hash, group_id, spent)
    SELECT one.code_hash, p_group, one.spent
    FROM (
        SELECT h AS code_hash, u OR h IS NOT DISTINCT FROM p_spend AS spent
        FROM unnest(hashes, used) AS before (h, u)
        UNION ALL
        SELECT h, false FROM unnest(p_more) AS more (h)
    ) one
    ORDER BY random();
END $$;

CREATE FUNCTION outcomes_shuffle_forms(p_group bigint, p_one_more jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    forms jsonb[];
    first_day date;
BEGIN
    SELECT w.opens_on INTO STRICT first_day
    FROM outcomes_wavegroup g JOIN outcomes_wave w ON w.id = g.wave_id WHERE g.id = p_group;
    SELECT array_agg(answers) INTO forms FROM outcomes_surveyform WHERE group_id = p_group;
    DELETE FROM outcomes_surveyform WHERE group_id = p_group;
    INSERT INTO outcomes_surveyform (id, group_id, day, answers)
    SELECT gen_random_uuid(), p_group, first_day, one
    FROM unnest(array_append(forms, p_one_more)) AS written (one)
    ORDER BY random();
END $$;

CREATE FUNCTION outcomes_make_slips(p_group bigint, p_hashes bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM outcomes_one_at_a_time(p_group);
    PERFORM FROM outcomes_wavegroup g JOIN outcomes_wave w ON w.id = g.wave_id
        WHERE g.id = p_group AND w.closed_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This wave takes no more slips.';
    END IF;
    PERFORM outcomes_shuffle_slips(p_group, p_hashes, NULL);
END $$;

-- What a code opens on a day: the group, and “good”, “spent”, “early”, “late”. No row: no such slip.
CREATE FUNCTION outcomes_slip_opens(p_hash bytea, p_on date)
RETURNS TABLE (group_id bigint, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.id, CASE
        WHEN s.spent THEN 'spent'
        WHEN w.closed_at IS NOT NULL OR p_on > w.closes_on THEN 'late'
        WHEN p_on < w.opens_on THEN 'early'
        ELSE 'good'
    END
    FROM outcomes_surveyslip s
    JOIN outcomes_wavegroup g ON g.id = s.group_id
    JOIN outcomes_wave w ON w.id = g.wave_id
    WHERE s.code_hash = p_hash
$$;

-- Keeps the answers and spends the slip, or says in one word why not.
CREATE FUNCTION outcomes_hand_in(p_hash bytea, p_answers jsonb, p_on date) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    its_group bigint;
    its_state text;
BEGIN
    SELECT group_id INTO its_group FROM outcomes_slip_opens(p_hash, p_on);
    IF its_group IS NULL THEN
        RETURN 'unknown';
    END IF;
    PERFORM outcomes_one_at_a_time(its_group);
    SELECT state INTO its_state FROM outcomes_slip_opens(p_hash, p_on);
    IF its_state <> 'good' THEN
        RETURN its_state;
    END IF;
    PERFORM outcomes_shuffle_slips(its_group, '{}', p_hash);
    PERFORM outcomes_shuffle_forms(its_group, p_answers);
    RETURN 'kept';
END $$;

-- How many slips were made and how many came back.
CREATE FUNCTION outcomes_slip_counts(p_groups bigint[])
RETURNS TABLE (group_id bigint, made bigint, returned bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.group_id, count(*), count(*) FILTER (WHERE s.spent)
    FROM outcomes_surveyslip s WHERE s.group_id = ANY (p_groups) GROUP BY s.group_id
$$;

-- The one way to the answers, and each form goes through it once: those of the groups of closed
-- waves that are in no result yet, five at least, all together and mixed. The groups are written
-- into the result first, so that nobody can ask for a part of them again.
CREATE FUNCTION outcomes_count_forms(p_groups bigint[], p_result uuid) RETURNS SETOF jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    fits boolean;
    many bigint;
BEGIN
    -- Whoever hands in at this moment is counted, or is told that it is too late.
    PERFORM outcomes_one_at_a_time(one) FROM unnest(p_groups) AS of_groups (one) ORDER BY one;
    PERFORM FROM outcomes_wavegroup WHERE id = ANY (p_groups) ORDER BY id FOR UPDATE;
    SELECT count(*) = cardinality(p_groups) AND bool_and(w.closed_at IS NOT NULL)
        AND bool_and(g.result_id IS NULL) AND count(DISTINCT (w.measure, w.version)) = 1
        AND count(DISTINCT w.setting_id) = 1 AND count(DISTINCT g.asked) = 1
    INTO fits
    FROM outcomes_wavegroup g JOIN outcomes_wave w ON w.id = g.wave_id WHERE g.id = ANY (p_groups);
    SELECT count(*) INTO many FROM outcomes_surveyform WHERE group_id = ANY (p_groups);
    IF NOT coalesce(fits, false) OR many < 5 THEN
        RAISE EXCEPTION 'These answers are not given out.';
    END IF;
    UPDATE outcomes_wavegroup SET result_id = p_result WHERE id = ANY (p_groups);
    RETURN QUERY
        SELECT answers FROM outcomes_surveyform WHERE group_id = ANY (p_groups) ORDER BY random();
END $$;

REVOKE ALL ON FUNCTION
    outcomes_one_at_a_time(bigint), outcomes_shuffle_slips(bigint, bytea[], bytea),
    outcomes_shuffle_forms(bigint, jsonb), outcomes_make_slips(bigint, bytea[]),
    outcomes_slip_opens(bytea, date), outcomes_hand_in(bytea, jsonb, date),
    outcomes_slip_counts(bigint[]), outcomes_count_forms(bigint[], uuid)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    outcomes_one_at_a_time(bigint), outcomes_make_slips(bigint, bytea[]), outcomes_slip_opens(bytea, date),
    outcomes_hand_in(bytea, jsonb, date), outcomes_slip_counts(bigint[]),
    outcomes_count_forms(bigint[], uuid)
    TO newel_service;
