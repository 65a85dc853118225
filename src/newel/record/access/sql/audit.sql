-- The audit: tables and functions of a role of their own. The service's role reads events as far
-- as policy lets it, and adds to them through one function. There are no foreign keys: what is
-- left behind when an event is removed is what tells of it.

SET LOCAL ROLE newel_audit;

CREATE TABLE access_auditevent (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event uuid NOT NULL UNIQUE,
    chain bigint NOT NULL CHECK (chain >= 0),
    at timestamptz NOT NULL,
    actor bigint,
    act varchar(60) NOT NULL,
    thing varchar(60) NOT NULL,
    thing_id bigint,
    fields varchar(60)[] NOT NULL,
    page varchar(80) NOT NULL,
    request uuid,
    once varchar(80),
    mac bytea NOT NULL CHECK (length(mac) = 32),
    -- Names and numbers only. Where a sentence cannot get in, nothing has to be taken out again
    -- when a child's record is deleted by law.
    CONSTRAINT access_auditevent_act_is_a_name CHECK (act ~ '^[a-z][a-z0-9_.:-]*$'),
    CONSTRAINT access_auditevent_thing_is_a_name CHECK (thing ~ '^[a-z][a-z0-9_.:-]*$'),
    CONSTRAINT access_auditevent_page_is_a_name CHECK (page ~ '^([a-z][a-z0-9_.:-]*)?$'),
    CONSTRAINT access_auditevent_once_is_a_number CHECK (once ~ '^[0-9a-f]{64}$'),
    -- As text, an array quotes whatever is not plain: commas, spaces, the empty word.
    CONSTRAINT access_auditevent_fields_are_names CHECK (
        cardinality(fields) <= 200
        AND fields::text ~ '^{([a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)*)?}$'
    )
);
CREATE INDEX access_auditevent_chain_at ON access_auditevent (chain, at);
CREATE INDEX access_auditevent_actor_at ON access_auditevent (actor, at);
CREATE UNIQUE INDEX access_auditevent_once ON access_auditevent (once) WHERE once IS NOT NULL;

CREATE TABLE access_auditqueue (
    event_id bigint PRIMARY KEY
);

CREATE TABLE access_auditseal (
    event_id bigint PRIMARY KEY,
    chain bigint NOT NULL,
    seq bigint NOT NULL CHECK (seq > 0),
    link bytea NOT NULL,
    UNIQUE (chain, seq)
);

CREATE TABLE access_audithead (
    chain bigint PRIMARY KEY,
    count bigint NOT NULL,
    link bytea NOT NULL
);


-- Append-only, for its owner and for replication roles too.

CREATE FUNCTION access_audit_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only ever added to: % on % is refused', tg_op, tg_table_name
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON access_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION access_audit_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON access_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION access_audit_stays();
ALTER TABLE access_auditevent ENABLE ALWAYS TRIGGER stays;
ALTER TABLE access_auditseal ENABLE ALWAYS TRIGGER stays;


-- Reading. A person sees what was done with the children they reach or watch over, and what they
-- did themselves; who watches over children sees what is about no child, such as sign-ins.
-- The other three tables show the service nothing: it works on them through the functions below.

ALTER TABLE access_auditevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_auditqueue ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_auditseal ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_audithead ENABLE ROW LEVEL SECURITY;

CREATE POLICY reach ON access_auditevent FOR SELECT TO newel_service USING (
    chain = ANY ((SELECT coalesce(nullif(current_setting('newel.reach', true), ''), '{}'))::bigint[])
    OR chain = ANY ((SELECT coalesce(nullif(current_setting('newel.watch', true), ''), '{}'))::bigint[])
    OR (chain = 0 AND (
        actor = (SELECT nullif(current_setting('newel.actor', true), '')::bigint)
        OR (SELECT coalesce(nullif(current_setting('newel.watch', true), ''), '{}') <> '{}')
    ))
);
GRANT SELECT ON access_auditevent TO newel_service;


-- Writing. The one way in: in the name of whoever acts in this transaction, and nobody else.
-- It takes no lock that another writer would wait for. Placing the event in its chain comes later.

CREATE FUNCTION access_append_audit(
    p_event uuid, p_chain bigint, p_at timestamptz, p_actor bigint, p_act varchar,
    p_thing varchar, p_thing_id bigint, p_fields varchar[], p_page varchar, p_request uuid,
    p_once varchar, p_mac bytea
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
        (event, chain, at, actor, act, thing, thing_id, fields, page, request, once, mac)
    VALUES
        (p_event, p_chain, p_at, p_actor, p_act, p_thing, p_thing_id, p_fields, p_page, p_request,
         p_once, p_mac)
    ON CONFLICT (once) WHERE once IS NOT NULL DO NOTHING
    RETURNING id INTO new_id;
    IF new_id IS NOT NULL THEN
        INSERT INTO access_auditqueue (event_id) VALUES (new_id);
    END IF;
    RETURN new_id;
END $$;


-- Sealing. The service cannot forge a seal with these: a link needs the key, which is not here.
-- LATERAL with a LIMIT looks rows up one by one, whatever the planner believes about the queue's
-- length: sealing a few must not read the whole audit.

CREATE FUNCTION access_audit_to_seal(p_rows integer)
RETURNS TABLE (event_id bigint, chain bigint, mac bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT q.event_id, e.chain, e.mac
    FROM access_auditqueue q CROSS JOIN LATERAL (
        SELECT chain, mac FROM access_auditevent
        WHERE id = q.event_id
          AND NOT EXISTS (SELECT FROM access_auditseal s WHERE s.event_id = q.event_id)
        LIMIT 1
    ) e
    ORDER BY q.event_id LIMIT p_rows
$$;

-- Where each of these chains ends, as its head has it and as its seals have it. They are the same
-- unless somebody interfered; the sealer goes on either way, and writes down what it found.
CREATE FUNCTION access_audit_ends(p_chains bigint[])
RETURNS TABLE (
    chain bigint, head_count bigint, head_link bytea, seal_count bigint, seal_link bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT given.chain, coalesce(h.count, 0), coalesce(h.link, ''), coalesce(s.seq, 0),
           coalesce(s.link, '')
    FROM unnest(p_chains) AS given (chain)
    LEFT JOIN access_audithead h ON h.chain = given.chain
    LEFT JOIN LATERAL (
        SELECT seq, link FROM access_auditseal WHERE chain = given.chain ORDER BY seq DESC LIMIT 1
    ) s ON true
$$;

CREATE FUNCTION access_audit_heads()
RETURNS TABLE (chain bigint, count bigint, link bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT chain, count, link FROM access_audithead ORDER BY chain
$$;

-- p_line and p_line_mac: where the file of heads ended when this was sealed. Kept as chain -1.
CREATE FUNCTION access_audit_seal(
    p_events bigint[], p_chains bigint[], p_seqs bigint[], p_links bytea[],
    p_line bigint, p_line_mac bytea
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    taken bigint;
BEGIN
    DELETE FROM access_auditqueue WHERE event_id = ANY (p_events);
    GET DIAGNOSTICS taken = ROW_COUNT;
    IF taken <> cardinality(p_events) THEN
        RAISE EXCEPTION 'only events that wait for it are sealed';
    END IF;
    INSERT INTO access_auditseal (event_id, chain, seq, link)
    SELECT * FROM unnest(p_events, p_chains, p_seqs, p_links);

    INSERT INTO access_audithead (chain, count, link)
    SELECT DISTINCT ON (given.chain) given.chain, given.seq, given.link
    FROM unnest(p_chains, p_seqs, p_links) AS given (chain, seq, link)
    ORDER BY given.chain, given.seq DESC
    ON CONFLICT (chain) DO UPDATE SET count = excluded.count, link = excluded.link;

    IF p_line IS NOT NULL THEN
        INSERT INTO access_audithead (chain, count, link) VALUES (-1, p_line, p_line_mac)
        ON CONFLICT (chain) DO UPDATE SET count = excluded.count, link = excluded.link;
    END IF;
END $$;


-- Verifying reads every row, of all children, page by page. There are ids and names of fields in
-- them and no words; and whoever verifies must not be limited to whom they reach.

CREATE FUNCTION access_audit_sealed(p_chain bigint, p_seq bigint, p_rows integer)
RETURNS TABLE (
    seal_chain bigint, seq bigint, link bytea, event uuid, chain bigint, at timestamptz,
    actor bigint, act varchar, thing varchar, thing_id bigint, fields varchar[], page varchar,
    request uuid, once varchar, mac bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.chain, s.seq, s.link, e.event, e.chain, e.at, e.actor, e.act, e.thing, e.thing_id,
           e.fields, e.page, e.request, e.once, e.mac
    FROM (
        SELECT * FROM access_auditseal WHERE (chain, seq) > (p_chain, p_seq)
        ORDER BY chain, seq LIMIT p_rows
    ) s LEFT JOIN LATERAL (
        SELECT * FROM access_auditevent WHERE id = s.event_id LIMIT 1
    ) e ON true
    ORDER BY s.chain, s.seq
$$;

CREATE FUNCTION access_audit_unsealed(p_id bigint, p_rows integer)
RETURNS TABLE (
    id bigint, queued boolean, event uuid, chain bigint, at timestamptz, actor bigint,
    act varchar, thing varchar, thing_id bigint, fields varchar[], page varchar, request uuid,
    once varchar, mac bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.id, EXISTS (SELECT FROM access_auditqueue q WHERE q.event_id = e.id), e.event,
           e.chain, e.at, e.actor, e.act, e.thing, e.thing_id, e.fields, e.page, e.request,
           e.once, e.mac
    FROM access_auditevent e
    WHERE e.id > p_id AND NOT EXISTS (SELECT FROM access_auditseal s WHERE s.event_id = e.id)
    ORDER BY e.id LIMIT p_rows
$$;

-- What waits to be sealed and cannot be: its event is gone, or it has a seal already.
CREATE FUNCTION access_audit_stuck()
RETURNS TABLE (event_id bigint, is_sealed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT q.event_id, s.event_id IS NOT NULL
    FROM access_auditqueue q LEFT JOIN access_auditseal s ON s.event_id = q.event_id
    WHERE s.event_id IS NOT NULL
       OR NOT EXISTS (SELECT FROM access_auditevent e WHERE e.id = q.event_id)
    ORDER BY q.event_id
$$;

-- The same event more than once: a truthful row, copied.
CREATE FUNCTION access_audit_copies()
RETURNS TABLE (event uuid, chain bigint, times bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.event, min(e.chain), count(*) FROM access_auditevent e
    GROUP BY e.event HAVING count(*) > 1
$$;

REVOKE ALL ON FUNCTION
    access_audit_stays, access_append_audit, access_audit_to_seal, access_audit_ends,
    access_audit_heads, access_audit_seal, access_audit_sealed, access_audit_unsealed,
    access_audit_stuck, access_audit_copies
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    access_append_audit, access_audit_to_seal, access_audit_ends, access_audit_heads,
    access_audit_seal, access_audit_sealed, access_audit_unsealed, access_audit_stuck,
    access_audit_copies
TO newel_service;

RESET ROLE;
