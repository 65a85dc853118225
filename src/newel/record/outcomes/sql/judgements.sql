-- A professional judgement is made by people who sign in and give their reasons. Nobody makes one by
-- their own hand, on a tablet or behind a link: the database refuses what an action would let through.

CREATE FUNCTION outcomes_by_assessors_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM outcomes_form f WHERE f.id = NEW.form_id AND f.answered_by = 'assessor')
    THEN
        RAISE EXCEPTION 'A professional judgement is made by nobody''s own hand.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER by_assessors_only BEFORE INSERT ON outcomes_sitting
    FOR EACH ROW EXECUTE FUNCTION outcomes_by_assessors_only();
CREATE TRIGGER by_assessors_only BEFORE INSERT ON outcomes_answer
    FOR EACH ROW WHEN (NEW.written_by_id IS NULL)
    EXECUTE FUNCTION outcomes_by_assessors_only();

-- What was finished or set aside is not written on: no reason and no head of it comes afterwards.
CREATE FUNCTION outcomes_judgement_is_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM outcomes_form f
        WHERE f.id = NEW.form_id AND f.child_id = NEW.child_id
          AND f.answered_by = 'assessor' AND f.state = 'open'
    ) THEN
        RAISE EXCEPTION 'Reasons belong to a professional judgement of this child that is open.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER judgement_is_open BEFORE INSERT ON outcomes_reason
    FOR EACH ROW EXECUTE FUNCTION outcomes_judgement_is_open();
CREATE TRIGGER judgement_is_open BEFORE INSERT ON outcomes_judgement
    FOR EACH ROW EXECUTE FUNCTION outcomes_judgement_is_open();
