"""Policies written before say who looks by `=`; the planner guesses that better as a function (see `acts_as`)."""

from django.db import migrations

REWRITE = r"""
DO $$
DECLARE
    one record;
    was text := $re$app_role\(\) = '(\w+)'::text$re$;
    new text := $re$texteq(app_role(), '\1'::text)$re$;
BEGIN
    FOR one IN SELECT * FROM pg_policies WHERE schemaname = current_schema AND (qual ~ was OR with_check ~ was) LOOP
        EXECUTE format('ALTER POLICY %I ON %I', one.policyname, one.tablename)
            || coalesce(' USING (' || regexp_replace(one.qual, was, new, 'g') || ')', '')
            || coalesce(' WITH CHECK (' || regexp_replace(one.with_check, was, new, 'g') || ')', '');
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("administration", "0004_withdraw_doubles"),
        ("audit", "0003_search_the_journal"),
        ("cases", "0016_find_by_filer"),
        ("corrections", "0002_protect_corrections"),
        ("delegation", "0002_let_others_see"),
        ("determination", "0002_guard_proposals"),
        ("disclosure", "0002_protect_people"),
        ("egisso", "0007_own_doubles"),
        ("identity", "0005_name_duties"),
        ("integration", "0007_keep_deliveries"),
        ("life_events", "0004_look_people_up_one_by_one"),
        ("measures", "0007_look_people_up_one_by_one"),
        ("notifications", "0004_protect_channels"),
        ("payments", "0013_registers_of_own_orders"),
        ("portal", "0002_protect_desk"),
        ("programmes", "0002_guard_programmes"),
        ("registers", "0011_look_people_up_one_by_one"),
        ("studio", "0004_obligations_on_a_day"),
        ("suppliers", "0008_mail_reports"),
    ]

    operations = [migrations.RunSQL(REWRITE, migrations.RunSQL.noop)]
