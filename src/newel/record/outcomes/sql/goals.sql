-- What no forgotten line of Python can do to somebody's goals: put them on another person's form, add
-- them to a form that is being answered, answer a question that the form does not ask, or bring a goal
-- back that was replaced or has ended.

CREATE FUNCTION outcomes_goal_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT OLD.is_current OR OLD.ended_at IS NOT NULL THEN
            RAISE EXCEPTION 'goals that were replaced or have ended stay as they were written'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM outcomes_goal before
        WHERE before.id = NEW.replaces_id AND before.child_id = NEW.child_id
          AND before.whose = NEW.whose AND before.place = NEW.place
          AND NOT before.is_current AND before.ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a goal is replaced by one of the same person in the same place'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER goal_follows BEFORE INSERT OR UPDATE ON outcomes_goal
    FOR EACH ROW EXECUTE FUNCTION outcomes_goal_follows();

CREATE FUNCTION outcomes_goal_on_its_form() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM outcomes_form form JOIN outcomes_goal goal ON goal.id = NEW.goal_id
        WHERE form.id = NEW.form_id AND form.child_id = NEW.child_id
          AND goal.child_id = NEW.child_id AND goal.whose = form.answered_by
    ) THEN
        RAISE EXCEPTION 'a form asks about the goals of whoever answers it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM outcomes_answer answer WHERE answer.form_id = NEW.form_id) THEN
        RAISE EXCEPTION 'a form that is being answered asks what it asked'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER goal_on_its_form BEFORE INSERT ON outcomes_goalonform
    FOR EACH ROW EXECUTE FUNCTION outcomes_goal_on_its_form();

CREATE FUNCTION outcomes_answer_is_asked() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM outcomes_goalonform asked WHERE asked.form_id = NEW.form_id)
       AND NOT EXISTS (SELECT FROM outcomes_goalonform asked
                       WHERE asked.form_id = NEW.form_id AND asked.item = NEW.item) THEN
        RAISE EXCEPTION 'this form has no goal in that place'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER answer_is_asked BEFORE INSERT ON outcomes_answer
    FOR EACH ROW EXECUTE FUNCTION outcomes_answer_is_asked();
