"""Events of others in which a person has a part are found by an index, under row security too."""

import django.contrib.postgres.indexes
from django.db import migrations

RELATED_TO = """
CREATE FUNCTION life_events_related_to(person uuid, roles text[]) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp ROWS 10 AS $$
    SELECT e.id FROM unnest(roles) role
    JOIN life_events_event e ON e.related @> jsonb_build_object(role, person::text)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("life_events", "0004_look_people_up_one_by_one")]

    operations = [
        migrations.AddIndex(
            "lifeevent",
            django.contrib.postgres.indexes.GinIndex(
                fields=["related"], name="life_event_of_related", opclasses=["jsonb_path_ops"]
            ),
        ),
        migrations.RunSQL(RELATED_TO, "DROP FUNCTION life_events_related_to(uuid, text[])"),
    ]
