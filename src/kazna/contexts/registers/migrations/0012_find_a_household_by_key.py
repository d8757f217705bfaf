"""Who was registered at a place is found by its index, also where row security would read all residences.

An index on what a function tells of a column is not used under policies: md5 might tell of rows that are hidden. The
function has the rights of the owner and shows the same people the policy of facts shows.
"""

from django.db import migrations

LIVE_AT = """
CREATE FUNCTION registers_live_at(place text, many integer) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER COST 100 ROWS 4
BEGIN ATOMIC
    SELECT DISTINCT f.subject_id FROM registers_fact f
    WHERE f.kind = 'person.residence' AND md5(f.value->>'address') = md5(place)
      AND CASE app_role() WHEN 'officer' THEN registers_lives_here(f.subject_id)
                          WHEN 'citizen' THEN f.subject_id = ANY(app_persons())
                          WHEN 'agency' THEN true ELSE session_user <> 'kazna_web' END
    LIMIT many;
END;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0011_look_people_up_one_by_one")]

    operations = [migrations.RunSQL(LIVE_AT, "DROP FUNCTION registers_live_at(text, integer)")]
