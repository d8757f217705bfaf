"""Conflicts and doubles that wait are read by territory: under row security alone all that wait anywhere were read."""

from django.db import migrations, models

OPEN = models.Q(settled_on__isnull=True)
FOLLOW = """
UPDATE registers_conflict m SET territory = p.territory FROM registers_person p WHERE p.id = m.person_id;
UPDATE registers_suspect m SET territory = p.territory FROM registers_person p WHERE p.id = m.person_id;

CREATE FUNCTION registers_matter_placed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    NEW.territory := coalesce((SELECT territory FROM registers_person WHERE id = NEW.person_id), '');
    RETURN NEW;
END $$;
CREATE TRIGGER registers_conflict_placed BEFORE INSERT OR UPDATE OF person_id ON registers_conflict
    FOR EACH ROW EXECUTE FUNCTION registers_matter_placed();
CREATE TRIGGER registers_suspect_placed BEFORE INSERT OR UPDATE OF person_id ON registers_suspect
    FOR EACH ROW EXECUTE FUNCTION registers_matter_placed();

CREATE FUNCTION registers_matters_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
BEGIN
    UPDATE registers_conflict SET territory = NEW.territory WHERE person_id = NEW.id AND settled_on IS NULL;
    UPDATE registers_suspect SET territory = NEW.territory WHERE person_id = NEW.id AND settled_on IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER registers_person_moves AFTER UPDATE OF territory ON registers_person FOR EACH ROW
    WHEN (OLD.territory IS DISTINCT FROM NEW.territory) EXECUTE FUNCTION registers_matters_follow();
"""
NO_FOLLOW = "DROP FUNCTION registers_matter_placed CASCADE; DROP FUNCTION registers_matters_follow CASCADE;"


def placed(model: str) -> migrations.AddField:
    return migrations.AddField(
        model,
        "territory",
        models.CharField(db_default="", default="", help_text="of the person, kept by a trigger", max_length=2),
    )


class Migration(migrations.Migration):
    dependencies = [("registers", "0012_find_a_household_by_key")]

    operations = [
        placed("conflict"),
        placed("suspect"),
        *[
            migrations.AddIndex(model, models.Index(fields=fields, name=f"{model}_{name}", condition=OPEN))
            for model in ("conflict", "suspect")
            for fields, name in ((["territory", "found_on", "id"], "open_here"), (["person_id"], "open_of_person"))
        ],
        migrations.RunSQL(FOLLOW, NO_FOLLOW),
    ]
