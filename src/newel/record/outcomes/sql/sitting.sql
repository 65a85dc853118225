-- Whoever answers by their own hand is nobody who signs in. The secret that they hold opens one form
-- for this transaction: its row, its answers and the sitting itself, and nothing else of the child.

CREATE FUNCTION outcomes_begin_sitting(p_secret_hash bytea) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sitting bigint;
    form bigint;
BEGIN
    SELECT s.id, s.form_id INTO sitting, form
    FROM outcomes_sitting s JOIN outcomes_form f ON f.id = s.form_id
    WHERE s.secret_hash = p_secret_hash AND s.ended_at IS NULL AND f.state = 'open'
      AND s.ends_at > clock_timestamp();
    PERFORM set_config('newel.sitting', coalesce(sitting::text, ''), true),
            set_config('newel.form', coalesce(form::text, ''), true);
    RETURN sitting;
END $$;

-- Why a secret opens nothing any more: so that the page can say it in words. It tells no name.
CREATE FUNCTION outcomes_why_closed(p_secret_hash bytea) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN s.ended_because <> '' THEN s.ended_because
        WHEN f.state <> 'open' THEN f.state
        WHEN s.ends_at <= clock_timestamp() THEN 'time'
        ELSE ''
    END
    FROM outcomes_sitting s JOIN outcomes_form f ON f.id = s.form_id
    WHERE s.secret_hash = p_secret_hash
$$;

REVOKE ALL ON FUNCTION outcomes_begin_sitting(bytea), outcomes_why_closed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outcomes_begin_sitting(bytea), outcomes_why_closed(bytea)
    TO newel_service;
