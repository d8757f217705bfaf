"""An order keeps its place in every index from the day it is made until the bank answers, an obligation always.

Orders to be sent are found among those not settled: no index asks what changes on the way to the bank. What is due is
found by reading obligations once a day, cheaper than writing each anew to three indexes once a month. Entries are asked by
posting, never by order. References by which many rows name few are looked up once a statement, those of many rows by
a plan for many.
"""

import django.db.models.deletion
from django.db import migrations, models

from kazna.plumbing.references import look_up_anew, reference

WAITS = """
ALTER TABLE payments_order ALTER COLUMN waits SET EXPRESSION AS (CASE WHEN state IN ({states}) THEN state ELSE '' END);
"""
# As in 0015, but each side is summed by its day before anything else is asked of it.
SUMMED = """
CREATE OR REPLACE FUNCTION payments_order_summed() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO payments_order_sum (measure, body, kbk, year, state, hold_reason, pieces, kopecks)
        SELECT measure, body, kbk, extract(year FROM pay_on), state, hold_reason, sum(pieces), sum(kopecks)
        FROM (SELECT measure, body, kbk, pay_on, state, hold_reason, count(*) AS pieces, sum(amount_kopecks) AS kopecks
              FROM fresh GROUP BY 1, 2, 3, 4, 5, 6) came
        GROUP BY 1, 2, 3, 4, 5, 6;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO payments_order_sum (measure, body, kbk, year, state, hold_reason, pieces, kopecks)
        SELECT measure, body, kbk, extract(year FROM pay_on), state, hold_reason, sum(pieces), sum(kopecks)
        FROM (SELECT measure, body, kbk, pay_on, state, hold_reason, count(*) AS pieces, sum(amount_kopecks) AS kopecks
              FROM fresh GROUP BY 1, 2, 3, 4, 5, 6
              UNION ALL
              SELECT measure, body, kbk, pay_on, state, hold_reason, -count(*), -sum(amount_kopecks)
              FROM former GROUP BY 1, 2, 3, 4, 5, 6) moved
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(pieces) <> 0 OR sum(kopecks) <> 0;
    ELSE
        INSERT INTO payments_order_sum (measure, body, kbk, year, state, hold_reason, pieces, kopecks)
        SELECT measure, body, kbk, extract(year FROM pay_on), state, hold_reason, -sum(pieces), -sum(kopecks)
        FROM (SELECT measure, body, kbk, pay_on, state, hold_reason, count(*) AS pieces, sum(amount_kopecks) AS kopecks
              FROM former GROUP BY 1, 2, 3, 4, 5, 6) gone
        GROUP BY 1, 2, 3, 4, 5, 6;
    END IF;
    RETURN NULL;
END $$;
"""
ROOM, NO_ROOM = (f"ALTER TABLE payments_obligation {how};" for how in ("SET (fillfactor = 50)", "RESET (fillfactor)"))
STANDING = models.GeneratedField(
    db_persist=True,
    expression=models.Case(models.When(state__in=["held", "returned"], then="state"), default=models.Value("")),
    help_text="the state while a person has to do something, else empty; indexes ask this and not the state, so that an order which leaves for the bank keeps its place in all of them",
    output_field=models.CharField(max_length=12),
)


def unconstrained(to: str, related: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("payments", "0018_orders_keep_their_place")]

    operations = [
        migrations.RemoveIndex("order", "order_to_send"),
        migrations.RunSQL(
            WAITS.format(states="'held', 'returned'"),
            WAITS.format(states="'scheduled', 'held', 'returned'"),
            state_operations=[migrations.AlterField("order", "waits", STANDING)],
        ),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["created_on"],
                name="order_unsettled",
                condition=models.Q(is_live=True, settled_on__isnull=True),
            ),
        ),
        migrations.AlterField("order", "reissues", unconstrained("payments.order", "+")),
        migrations.AlterField("order", "register", unconstrained("payments.register", "orders")),
        reference("payments_order", "reissues_id", "payments_order", "id"),
        reference("payments_order", "register_id", "payments_register", "id", moves=True, few=True),
        migrations.AlterField("ledgerentry", "order", unconstrained("payments.order", "entries")),
        look_up_anew("payments_order", "award_id", "payments_obligation", "award_id"),
        look_up_anew("payments_register_line", "register_id", "payments_register", "id", few=True),
        look_up_anew("payments_register_line", "order_id", "payments_order", "id"),
        look_up_anew("payments_ledger_entry", "posting_id", "payments_ledger_posting", "number", few=True),
        look_up_anew("payments_ledger_entry", "order_id", "payments_order", "id"),
        migrations.RemoveIndex("obligation", "obligation_due"),
        migrations.RunSQL(SUMMED, migrations.RunSQL.noop),
        migrations.RunSQL(ROOM, NO_ROOM),
    ]
