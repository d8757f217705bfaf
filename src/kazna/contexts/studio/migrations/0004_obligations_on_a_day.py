"""Awards by measure as of a day, and people with none of what they have a right to: counts for those who see no person.

An award given once counts for a year; the others from their first day to their last, or to the day of a stop.
"""

from django.db import migrations

IN_FORCE = """
    SELECT a.measure, a.recipient_id, a.form, a.amount_kopecks FROM cases_award a
    LEFT JOIN cases_award_stop s ON s.award_id = a.id
    WHERE a.first_day <= on_day AND CASE a.period
        WHEN 'once' THEN a.first_day > on_day - interval '1 year'
        ELSE coalesce(a.last_day >= on_day, true) AND coalesce(s.stops_on > on_day, true) END
"""
DEFINER = "STABLE SECURITY DEFINER SET search_path = public, pg_temp LANGUAGE sql"
TOTALS = f"""
DROP VIEW studio_award_totals;
CREATE FUNCTION studio_awards_on(on_day date)
RETURNS TABLE (measure varchar, awards bigint, recipients bigint, kopecks bigint) {DEFINER} AS $$
    SELECT f.measure, count(*), count(DISTINCT f.recipient_id),
        coalesce(sum(f.amount_kopecks) FILTER (WHERE f.form = 'cash'), 0)::bigint
    FROM ({IN_FORCE}) f GROUP BY f.measure
$$;
CREATE FUNCTION studio_untaken_on(on_day date)
RETURNS TABLE (territory varchar, entitled bigint, left_out bigint) {DEFINER} AS $$
    SELECT p.territory, count(*), count(*) FILTER (WHERE f.recipient_id IS NULL)
    FROM (SELECT DISTINCT recipient_id FROM measures_standing WHERE state = 'granted') d
    JOIN registers_person p ON p.id = d.recipient_id
    LEFT JOIN (SELECT DISTINCT recipient_id FROM ({IN_FORCE}) i) f ON f.recipient_id = d.recipient_id
    WHERE p.died_on IS NULL OR p.died_on > on_day GROUP BY p.territory
$$;
"""
BACK = """
DROP FUNCTION studio_untaken_on(date);
DROP FUNCTION studio_awards_on(date);
CREATE VIEW studio_award_totals AS SELECT a.measure, count(*) AS awards, sum(a.amount_kopecks)::bigint AS kopecks
    FROM cases_award a WHERE a.form = 'cash'
    AND NOT EXISTS (SELECT 1 FROM cases_award_stop s WHERE s.award_id = a.id) GROUP BY a.measure;
"""


class Migration(migrations.Migration):
    dependencies = [("studio", "0003_impact"), ("cases", "0001_initial"), ("measures", "0001_initial")]
    operations = [migrations.RunSQL(TOTALS, BACK)]
