-- A sealing takes along every name that the child was called by before, whoever changed it and
-- whatever else is sealed; and one that was set aside seals nothing.

CREATE OR REPLACE FUNCTION children_seal(p_sealing bigint, p_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one children_sealing;
    actor bigint := nullif(current_setting('newel.actor', true), '')::bigint;
    watched bigint[] := coalesce(nullif(current_setting('newel.watch', true), ''), '{}')::bigint[];
BEGIN
    SELECT * INTO one FROM children_sealing WHERE id = p_sealing FOR UPDATE;
    IF one.id IS NULL OR NOT one.child_id = ANY (watched) OR one.asked_by_id = actor
       OR one.confirmed_at IS NOT NULL OR one.set_aside_at IS NOT NULL THEN
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
        WHERE id = one.child_id AND one.new_name <> ''
        UNION ALL
        SELECT DISTINCT child_id, one.id, value, 'preferred' FROM children_earlierfact
        WHERE child_id = one.child_id AND fact = 'preferred_name' AND value <> '';
    DELETE FROM children_earlierfact WHERE child_id = one.child_id AND fact = 'preferred_name';
    DELETE FROM children_childname WHERE child_id = one.child_id AND id = ANY (one.names);
    DELETE FROM children_identifier WHERE child_id = one.child_id AND id = ANY (one.numbers);
    UPDATE children_child SET preferred_name = one.new_name, name_key = one.new_name_key
        WHERE id = one.child_id AND one.new_name <> '';
    UPDATE children_sealing SET confirmed_by_id = actor, confirmed_at = p_at WHERE id = one.id;
END $$;
