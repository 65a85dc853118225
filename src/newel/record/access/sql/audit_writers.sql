-- Every event carries who wrote it (a connection, at random) and that writer's running number, both
-- under its MAC. An event from before this has neither, and its MAC is as it was.

SET LOCAL ROLE newel_audit;

ALTER TABLE access_auditevent
    ADD COLUMN writer uuid,
    ADD COLUMN number bigint,
    ADD CONSTRAINT access_auditevent_number_has_a_writer CHECK (
        (writer IS NULL) = (number IS NULL) AND number > 0
    );
CREATE UNIQUE INDEX access_auditevent_writer_number ON access_auditevent (writer, number)
    WHERE writer IS NOT NULL;

-- Names on lists are many. Who opened a record is read without wading through them.
CREATE INDEX access_auditevent_not_on_lists ON access_auditevent (chain, at) WHERE act <> 'list';

DROP FUNCTION access_append_audit(
    uuid, bigint, timestamptz, bigint, varchar, varchar, bigint, varchar[], varchar, uuid, varchar,
    bytea
);

CREATE FUNCTION access_append_audit(
    p_event uuid, p_chain bigint, p_at timestamptz, p_actor bigint, p_act varchar,
    p_thing varchar, p_thing_id bigint, p_fields varchar[], p_page varchar, p_request uuid,
    p_once varchar, p_writer uuid, p_number bigint, p_mac bytea
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    new_id bigint;
BEGIN
    IF p_actor IS DISTINCT FROM nullif(current_setting('newel.actor', true), '')::bigint THEN
        RAISE EXCEPTION 'the audit takes events only in the name of whoever is acting'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_auditevent
        (event, chain, at, actor, act, thing, thing_id, fields, page, request, once, writer, number,
         mac)
    VALUES
        (p_event, p_chain, p_at, p_actor, p_act, p_thing, p_thing_id, p_fields, p_page, p_request,
         p_once, p_writer, p_number, p_mac)
    ON CONFLICT (once) WHERE once IS NOT NULL DO NOTHING
    RETURNING id INTO new_id;
    IF new_id IS NOT NULL THEN
        INSERT INTO access_auditqueue (event_id) VALUES (new_id);
    END IF;
    RETURN new_id;
END $$;


-- One page that names several children: one event a child, all of them or none. None when one of
-- them was written meanwhile by another request of the same person; the numbers are then not used.

CREATE FUNCTION access_append_audit_list(
    p_events uuid[], p_chains bigint[], p_at timestamptz, p_actor bigint, p_act varchar,
    p_thing varchar, p_fields varchar[], p_page varchar, p_request uuid, p_onces varchar[],
    p_writer uuid, p_numbers bigint[], p_macs bytea[]
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    new_ids bigint[];
BEGIN
    IF p_actor IS DISTINCT FROM nullif(current_setting('newel.actor', true), '')::bigint THEN
        RAISE EXCEPTION 'the audit takes events only in the name of whoever is acting'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH written AS (
        INSERT INTO access_auditevent
            (event, chain, at, actor, act, thing, fields, page, request, once, writer, number, mac)
        SELECT given.event, given.chain, p_at, p_actor, p_act, p_thing, p_fields, p_page, p_request,
               given.once, p_writer, given.number, given.mac
        FROM unnest(p_events, p_chains, p_onces, p_numbers, p_macs)
            AS given (event, chain, once, number, mac)
        ORDER BY given.number
        RETURNING id
    ) SELECT array_agg(id) FROM written INTO new_ids;
    INSERT INTO access_auditqueue (event_id) SELECT unnest(new_ids);
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- Which of these have not been written yet. A key cannot be guessed without the audit's key.
CREATE FUNCTION access_audit_not_yet(p_onces varchar[]) RETURNS varchar[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(given.once), '{}') FROM unnest(p_onces) AS given (once)
    WHERE NOT EXISTS (
        SELECT FROM access_auditevent e WHERE e.once = given.once AND e.once IS NOT NULL
    )
$$;


-- Verifying, as before, with writer and number.

DROP FUNCTION access_audit_sealed(bigint, bigint, integer);
CREATE FUNCTION access_audit_sealed(p_chain bigint, p_seq bigint, p_rows integer)
RETURNS TABLE (
    seal_chain bigint, seq bigint, link bytea, event uuid, chain bigint, at timestamptz,
    actor bigint, act varchar, thing varchar, thing_id bigint, fields varchar[], page varchar,
    request uuid, once varchar, writer uuid, number bigint, mac bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.chain, s.seq, s.link, e.event, e.chain, e.at, e.actor, e.act, e.thing, e.thing_id,
           e.fields, e.page, e.request, e.once, e.writer, e.number, e.mac
    FROM (
        SELECT * FROM access_auditseal WHERE (chain, seq) > (p_chain, p_seq)
        ORDER BY chain, seq LIMIT p_rows
    ) s LEFT JOIN LATERAL (
        SELECT * FROM access_auditevent WHERE id = s.event_id LIMIT 1
    ) e ON true
    ORDER BY s.chain, s.seq
$$;

DROP FUNCTION access_audit_unsealed(bigint, integer);
CREATE FUNCTION access_audit_unsealed(p_id bigint, p_rows integer)
RETURNS TABLE (
    id bigint, queued boolean, event uuid, chain bigint, at timestamptz, actor bigint,
    act varchar, thing varchar, thing_id bigint, fields varchar[], page varchar, request uuid,
    once varchar, writer uuid, number bigint, mac bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.id, EXISTS (SELECT FROM access_auditqueue q WHERE q.event_id = e.id), e.event,
           e.chain, e.at, e.actor, e.act, e.thing, e.thing_id, e.fields, e.page, e.request,
           e.once, e.writer, e.number, e.mac
    FROM access_auditevent e
    WHERE e.id > p_id AND NOT EXISTS (SELECT FROM access_auditseal s WHERE s.event_id = e.id)
    ORDER BY e.id LIMIT p_rows
$$;

-- Numbers that do not follow the one before them.
CREATE FUNCTION access_audit_misnumbered()
RETURNS TABLE (writer uuid, before bigint, number bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.writer, e.before, e.number, e.at FROM (
        SELECT writer, number, at,
               coalesce(lag(number) OVER (PARTITION BY writer ORDER BY number), 0) AS before
        FROM access_auditevent WHERE writer IS NOT NULL
    ) e WHERE e.number <> e.before + 1 ORDER BY e.at, e.writer, e.number
$$;

-- What the database knows of the writers whose heads these are: how far they came, the MAC of the
-- event of this number, and how many of their events up to it are in the chains.
CREATE FUNCTION access_audit_at_heads(p_writers uuid[], p_numbers bigint[])
RETURNS TABLE (writer uuid, last bigint, mac bytea, sealed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT given.writer, coalesce(newest.number, 0), at_it.mac, placed.count
    FROM unnest(p_writers, p_numbers) AS given (writer, number)
    LEFT JOIN LATERAL (
        SELECT number FROM access_auditevent WHERE writer = given.writer
        ORDER BY number DESC LIMIT 1
    ) newest ON true
    LEFT JOIN LATERAL (
        SELECT mac FROM access_auditevent
        WHERE writer = given.writer AND number = given.number LIMIT 1
    ) at_it ON true
    LEFT JOIN LATERAL (
        SELECT count(*) FROM access_auditevent e JOIN access_auditseal s ON s.event_id = e.id
        WHERE e.writer = given.writer AND e.number <= given.number
    ) placed ON true
$$;

-- The mark of the folder with the writers' heads, noted once and never again. Kept as chain -2.
CREATE FUNCTION access_audit_note_folder(p_mark bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO access_audithead (chain, count, link) VALUES (-2, 1, p_mark)
    ON CONFLICT (chain) DO NOTHING
$$;

REVOKE ALL ON FUNCTION
    access_append_audit, access_append_audit_list, access_audit_not_yet, access_audit_sealed,
    access_audit_unsealed, access_audit_misnumbered, access_audit_at_heads,
    access_audit_note_folder
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    access_append_audit, access_append_audit_list, access_audit_not_yet, access_audit_sealed,
    access_audit_unsealed, access_audit_misnumbered, access_audit_at_heads,
    access_audit_note_folder
TO newel_service;

RESET ROLE;
