"""References of orders, lines and entries kept once a statement; the sum of a month as one expression."""

import django.db.models.deletion
from django.db import migrations, models

from kazna.plumbing.references import reference

# An expression PostgreSQL puts in place of the call: the same formula as in 0002, which was a query of its own.
MONTH_AMOUNT = """
CREATE OR REPLACE FUNCTION payments_month_amount(amount bigint, month date, first_day date, last_day date,
                                                 prorate_first boolean, prorate_last boolean)
    RETURNS bigint IMMUTABLE LANGUAGE sql
    RETURN CASE
        WHEN (NOT prorate_first OR first_day IS NULL OR first_day <= month)
             AND (NOT prorate_last OR last_day IS NULL OR last_day >= (month + interval '1 month')::date - 1)
        THEN amount
        ELSE (2 * amount * greatest(
                  CASE WHEN prorate_last THEN least(last_day, (month + interval '1 month')::date - 1)
                       ELSE (month + interval '1 month')::date - 1 END
                  - CASE WHEN prorate_first THEN greatest(first_day, month) ELSE month END + 1, 0)
              + extract(day FROM (month + interval '1 month')::date - 1)::bigint)
             / (2 * extract(day FROM (month + interval '1 month')::date - 1)::bigint)
        END;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_certificates")]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="award",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="payments.obligation",
            ),
        ),
        migrations.AlterField(
            model_name="registerline",
            name="register",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="payments.register",
            ),
        ),
        migrations.AlterField(
            model_name="registerline",
            name="order",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="line",
                to="payments.order",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="posting",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="payments.ledgerposting",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="order",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="payments.order",
            ),
        ),
        reference("payments_order", "award_id", "payments_obligation", "award_id"),
        reference("payments_register_line", "register_id", "payments_register", "id"),
        reference("payments_register_line", "order_id", "payments_order", "id"),
        reference("payments_ledger_entry", "posting_id", "payments_ledger_posting", "number"),
        reference("payments_ledger_entry", "order_id", "payments_order", "id"),
        migrations.RunSQL(MONTH_AMOUNT, migrations.RunSQL.noop),
    ]
