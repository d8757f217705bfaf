"""A proposal moves only as people agreed: another person approves, nothing is decided before, nothing undone after."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect

MOVES = """
CREATE OR REPLACE FUNCTION determination_proposal_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'proposals are not deleted';
    END IF;
    IF ROW(NEW.id, NEW.on, NEW.made_on, NEW.made_by, NEW.engine, NEW.law, NEW.territories, NEW.limits, NEW.held_for,
           NEW.report) IS DISTINCT FROM ROW(OLD.id, OLD.on, OLD.made_on, OLD.made_by, OLD.engine, OLD.law,
           OLD.territories, OLD.limits, OLD.held_for, OLD.report) THEN
        RAISE EXCEPTION 'what a proposal says does not change';
    END IF;
    IF NOT (OLD.state, NEW.state) IN (('proposed', 'approved'), ('proposed', 'withdrawn'), ('held', 'withdrawn'),
                                      ('approved', 'withdrawn'), ('approved', 'released')) THEN
        RAISE EXCEPTION 'a proposal does not go from % to %', OLD.state, NEW.state;
    END IF;
    IF NEW.state = 'withdrawn' AND EXISTS (
        SELECT 1 FROM determination_chunk c WHERE c.proposal_id = OLD.id AND c.is_done
    ) THEN
        RAISE EXCEPTION 'some of it was decided already';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER determination_proposal_moves BEFORE UPDATE OR DELETE ON determination_proposal
    FOR EACH ROW EXECUTE FUNCTION determination_proposal_moves();

CREATE OR REPLACE FUNCTION determination_chunk_is_let_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM determination_proposal p WHERE p.id = NEW.proposal_id AND p.state = 'approved';
    IF NOT FOUND OR OLD.is_done THEN
        RAISE EXCEPTION 'only an approved proposal is let out, and once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER determination_chunk_is_let_out BEFORE UPDATE ON determination_chunk
    FOR EACH ROW EXECUTE FUNCTION determination_chunk_is_let_out();
"""
UNDO = """
DROP TRIGGER determination_chunk_is_let_out ON determination_chunk;
DROP FUNCTION determination_chunk_is_let_out();
DROP TRIGGER determination_proposal_moves ON determination_proposal;
DROP FUNCTION determination_proposal_moves();
"""
LINES = "territory = app_territory() OR app_territory() = ''"
WHOLE = "territories <@ ARRAY[app_territory()::varchar] OR app_territory() = ''"


class Migration(migrations.Migration):
    dependencies = [("determination", "0001_propose_decisions"), ("plumbing", "0001_initial")]

    operations = [
        migrations.RunSQL(MOVES, UNDO),
        protect("determination_proposal", citizen=None, officer=WHOLE),
        protect("determination_line", citizen=None, officer=LINES),
        protect("determination_chunk", citizen=None, officer="true"),
    ]
