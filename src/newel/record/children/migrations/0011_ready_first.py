"""No child is entered in a setting before it has on record what has to be there first: whatever
path leads to it, the database asks. And every child has a stay, so no path leads around it."""

from django.db import migrations

READY_FIRST = """
CREATE FUNCTION children_ready_first() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT establishments_is_ready(NEW.setting_id) THEN
        RAISE EXCEPTION 'this setting has not put on record what comes before children'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'children_ready_first';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ready_first BEFORE INSERT OR UPDATE OF setting_id ON children_stay
    FOR EACH ROW EXECUTE FUNCTION children_ready_first();

-- At the end of the transaction, because the child is written before the stay.
CREATE FUNCTION children_comes_with_a_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM children_stay WHERE child_id = NEW.id)
       AND EXISTS (SELECT FROM children_child WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'a child is entered together with a stay'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'children_comes_with_a_stay';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comes_with_a_stay AFTER INSERT ON children_child
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION children_comes_with_a_stay();
"""
NO_GATE = """
DROP TRIGGER comes_with_a_stay ON children_child;
DROP FUNCTION children_comes_with_a_stay();
DROP TRIGGER ready_first ON children_stay;
DROP FUNCTION children_ready_first();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0010_when_it_was_written"),
        ("establishments", "0003_stays_on_record"),
    ]

    operations = [migrations.RunSQL(READY_FIRST, NO_GATE)]
