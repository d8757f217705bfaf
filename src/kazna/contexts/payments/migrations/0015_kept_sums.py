"""Sums of orders, certificates and the ledger are kept by triggers, a difference a statement; views tell them anew."""

from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect_kept

# What the sums must be: the truth for `verify` and for making them anew.
ANEW = """
CREATE VIEW payments_order_sum_anew WITH (security_invoker = true) AS
    SELECT measure, body, kbk, extract(year FROM pay_on)::smallint AS year, state, hold_reason,
           count(*) AS pieces, sum(amount_kopecks)::bigint AS kopecks
    FROM payments_order GROUP BY 1, 2, 3, 4, 5, 6;
CREATE VIEW payments_certificate_sum_anew WITH (security_invoker = true) AS
    SELECT measure, body, kbk, extract(year FROM coalesce(issued_on, granted_on))::smallint AS year, state,
           issued_on IS NOT NULL AS is_issued, count(*) AS pieces, sum(amount_kopecks)::bigint AS kopecks,
           sum(used_kopecks)::bigint AS used_kopecks, sum(returned_kopecks)::bigint AS returned_kopecks
    FROM payments_certificate GROUP BY 1, 2, 3, 4, 5, 6;
CREATE VIEW payments_account_sum_anew WITH (security_invoker = true) AS
    SELECT split_part(account, ':', 1) AS account, measure, body, kbk, sum(amount_kopecks)::bigint AS kopecks
    FROM payments_ledger_entry GROUP BY 1, 2, 3, 4;
CREATE VIEW payments_spent_sum_anew WITH (security_invoker = true) AS
    SELECT p."on" AS day, e.measure, e.body, e.kbk, sum(e.amount_kopecks)::bigint AS kopecks
    FROM payments_ledger_entry e JOIN payments_ledger_posting p ON p.number = e.posting_id
    WHERE p.kind IN ('credited', 'back_late', 'back_over', 'back_debt', 'back_off', 'cert_used', 'cert_back',
                     'writ_paid', 'writ_late', 'writ_kept')
      AND split_part(e.account, ':', 1) IN ('paid', 'overpaid', 'debt', 'written_off')
    GROUP BY 1, 2, 3, 4;
"""
NO_ANEW = """
DROP VIEW payments_spent_sum_anew; DROP VIEW payments_account_sum_anew; DROP VIEW payments_certificate_sum_anew;
DROP VIEW payments_order_sum_anew;
"""

# Written with the rights of the owner: whoever moves money need not be allowed to write sums.
TRIGGERS = """
CREATE FUNCTION payments_order_summed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO payments_order_sum (measure, body, kbk, year, state, hold_reason, pieces, kopecks)
        SELECT measure, body, kbk, extract(year FROM pay_on), state, hold_reason, count(*), sum(amount_kopecks)
        FROM fresh GROUP BY 1, 2, 3, 4, 5, 6;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO payments_order_sum (measure, body, kbk, year, state, hold_reason, pieces, kopecks)
        SELECT measure, body, kbk, extract(year FROM pay_on), state, hold_reason, sum(n), sum(n * amount_kopecks)
        FROM (SELECT measure, body, kbk, pay_on, state, hold_reason, amount_kopecks, 1 AS n FROM fresh
              UNION ALL
              SELECT measure, body, kbk, pay_on, state, hold_reason, amount_kopecks, -1 FROM former) moved
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0 OR sum(n * amount_kopecks) <> 0;
    ELSE
        INSERT INTO payments_order_sum (measure, body, kbk, year, state, hold_reason, pieces, kopecks)
        SELECT measure, body, kbk, extract(year FROM pay_on), state, hold_reason, -count(*), -sum(amount_kopecks)
        FROM former GROUP BY 1, 2, 3, 4, 5, 6;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_order_summed_insert AFTER INSERT ON payments_order
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION payments_order_summed();
CREATE TRIGGER payments_order_summed_update AFTER UPDATE ON payments_order
    REFERENCING NEW TABLE AS fresh OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION payments_order_summed();
CREATE TRIGGER payments_order_summed_delete AFTER DELETE ON payments_order
    REFERENCING OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION payments_order_summed();

CREATE FUNCTION payments_certificate_summed() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO payments_certificate_sum
            (measure, body, kbk, year, state, is_issued, pieces, kopecks, used_kopecks, returned_kopecks)
        SELECT measure, body, kbk, extract(year FROM coalesce(issued_on, granted_on)), state, issued_on IS NOT NULL,
               count(*), sum(amount_kopecks), sum(used_kopecks), sum(returned_kopecks)
        FROM fresh GROUP BY 1, 2, 3, 4, 5, 6;
    ELSE
        INSERT INTO payments_certificate_sum
            (measure, body, kbk, year, state, is_issued, pieces, kopecks, used_kopecks, returned_kopecks)
        SELECT measure, body, kbk, extract(year FROM coalesce(issued_on, granted_on)), state, issued_on IS NOT NULL,
               sum(n), sum(n * amount_kopecks), sum(n * used_kopecks), sum(n * returned_kopecks)
        FROM (SELECT *, 1 AS n FROM fresh UNION ALL SELECT *, -1 FROM former) moved GROUP BY 1, 2, 3, 4, 5, 6
        HAVING sum(n) <> 0 OR sum(n * used_kopecks) <> 0 OR sum(n * returned_kopecks) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_certificate_summed_insert AFTER INSERT ON payments_certificate
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION payments_certificate_summed();
CREATE TRIGGER payments_certificate_summed_update AFTER UPDATE ON payments_certificate
    REFERENCING NEW TABLE AS fresh OLD TABLE AS former FOR EACH STATEMENT
    EXECUTE FUNCTION payments_certificate_summed();

CREATE FUNCTION payments_ledger_summed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    WITH sums AS (
        SELECT posting_id, split_part(account, ':', 1) AS account, measure, body, kbk,
               sum(amount_kopecks)::bigint AS kopecks
        FROM fresh GROUP BY 1, 2, 3, 4, 5
    ), accounts AS (
        INSERT INTO payments_account_sum (account, measure, body, kbk, kopecks)
        SELECT account, measure, body, kbk, sum(kopecks) FROM sums GROUP BY 1, 2, 3, 4 HAVING sum(kopecks) <> 0
    )
    INSERT INTO payments_spent_sum (day, measure, body, kbk, kopecks)
    SELECT p."on", s.measure, s.body, s.kbk, sum(s.kopecks)
    FROM sums s JOIN payments_ledger_posting p ON p.number = s.posting_id
    WHERE p.kind IN ('credited', 'back_late', 'back_over', 'back_debt', 'back_off', 'cert_used', 'cert_back',
                     'writ_paid', 'writ_late', 'writ_kept')
      AND s.account IN ('paid', 'overpaid', 'debt', 'written_off')
    GROUP BY 1, 2, 3, 4 HAVING sum(s.kopecks) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_ledger_summed AFTER INSERT ON payments_ledger_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION payments_ledger_summed();
"""
NO_TRIGGERS = """
DROP FUNCTION payments_ledger_summed CASCADE; DROP FUNCTION payments_certificate_summed CASCADE;
DROP FUNCTION payments_order_summed CASCADE;
"""
FILL = """
INSERT INTO payments_order_sum (measure, body, kbk, year, state, hold_reason, pieces, kopecks)
    SELECT measure, body, kbk, year, state, hold_reason, pieces, kopecks FROM payments_order_sum_anew;
INSERT INTO payments_certificate_sum
    (measure, body, kbk, year, state, is_issued, pieces, kopecks, used_kopecks, returned_kopecks)
    SELECT measure, body, kbk, year, state, is_issued, pieces, kopecks, used_kopecks, returned_kopecks
    FROM payments_certificate_sum_anew;
INSERT INTO payments_account_sum (account, measure, body, kbk, kopecks)
    SELECT account, measure, body, kbk, kopecks FROM payments_account_sum_anew;
INSERT INTO payments_spent_sum (day, measure, body, kbk, kopecks)
    SELECT day, measure, body, kbk, kopecks FROM payments_spent_sum_anew;
"""

# Views that read the ledger and the orders whole read the sums. Spending is shown by who may see the sums of a body.
VIEWS = """
DROP VIEW payments_spending_by_day;
CREATE VIEW payments_spending_by_day WITH (security_invoker = true) AS
    SELECT day, measure, body, kbk, sum(kopecks)::bigint AS kopecks FROM payments_spent_sum GROUP BY 1, 2, 3, 4;
CREATE OR REPLACE VIEW payments_balances AS
    SELECT kbk, measure, account::text, sum(kopecks)::bigint AS kopecks FROM payments_account_sum GROUP BY 1, 2, 3;
CREATE OR REPLACE VIEW payments_totals AS
    SELECT measure,
           coalesce(-sum(kopecks) FILTER (WHERE account = 'budget'), 0)::bigint AS accrued,
           coalesce(sum(kopecks) FILTER (WHERE account = 'payable'), 0)::bigint AS payable,
           coalesce(sum(kopecks) FILTER (WHERE account = 'transit'), 0)::bigint AS transit,
           coalesce(sum(kopecks) FILTER (WHERE account = 'paid'), 0)::bigint AS paid,
           coalesce(sum(kopecks) FILTER (WHERE account = 'overpaid'), 0)::bigint AS overpaid,
           coalesce(sum(kopecks) FILTER (WHERE account = 'debt'), 0)::bigint AS debt,
           coalesce(sum(kopecks) FILTER (WHERE account = 'recovered'), 0)::bigint AS recovered,
           coalesce(sum(kopecks) FILTER (WHERE account = 'written_off'), 0)::bigint AS written_off,
           coalesce(sum(kopecks) FILTER (WHERE account = 'certificate'), 0)::bigint AS certificates
    FROM payments_account_sum GROUP BY measure;
CREATE VIEW payments_orders_by_state AS
    SELECT state::text, sum(pieces)::bigint AS number, sum(kopecks)::bigint AS kopecks
    FROM payments_order_sum GROUP BY state HAVING sum(pieces) <> 0;
CREATE OR REPLACE VIEW payments_counts AS
    SELECT 'orders' AS what, state, number, kopecks FROM payments_orders_by_state
    UNION ALL
    SELECT 'registers', state::text, count(*), coalesce(sum(total_kopecks), 0)::bigint
    FROM payments_register GROUP BY state
    UNION ALL
    SELECT 'statement_lines', CASE WHEN problem = '' THEN 'applied' ELSE 'quarantined' END, count(*),
           coalesce(sum(amount_kopecks), 0)::bigint
    FROM payments_statement_line GROUP BY 2
    UNION ALL
    SELECT 'certificates', state::text, sum(pieces)::bigint, sum(kopecks)::bigint
    FROM payments_certificate_sum GROUP BY state HAVING sum(pieces) <> 0;
"""
BODY = "body = app_body()"


def kept(name: str, index: models.Index, **fields: models.Field) -> migrations.CreateModel:
    return migrations.CreateModel(
        name=name,
        fields=[("id", models.BigAutoField(primary_key=True, serialize=False)), *fields.items()],
        options={"db_table": f"payments_{name.removesuffix('Sum').lower()}_sum", "indexes": [index]},
    )


def line() -> dict[str, models.Field]:
    return {
        "measure": models.CharField(max_length=80),
        "body": models.CharField(max_length=40),
        "kbk": models.CharField(max_length=20),
    }


class Migration(migrations.Migration):
    dependencies = [("payments", "0014_find_orders_about"), ("plumbing", "0001_initial")]

    operations = [
        kept(
            "OrderSum",
            models.Index(fields=["body", "year"], name="order_sum_of_body"),
            **line(),
            year=models.PositiveSmallIntegerField(),
            state=models.CharField(max_length=12),
            hold_reason=models.CharField(max_length=20),
            pieces=models.BigIntegerField(),
            kopecks=models.BigIntegerField(),
        ),
        kept(
            "CertificateSum",
            models.Index(fields=["body", "year"], name="certificate_sum_of_body"),
            **line(),
            year=models.PositiveSmallIntegerField(),
            state=models.CharField(max_length=10),
            is_issued=models.BooleanField(),
            pieces=models.BigIntegerField(),
            kopecks=models.BigIntegerField(),
            used_kopecks=models.BigIntegerField(),
            returned_kopecks=models.BigIntegerField(),
        ),
        kept(
            "AccountSum",
            models.Index(fields=["body"], name="account_sum_of_body"),
            account=models.CharField(max_length=20),
            **line(),
            kopecks=models.BigIntegerField(),
        ),
        kept(
            "SpentSum",
            models.Index(fields=["body", "day"], name="spent_sum_of_body"),
            day=models.DateField(),
            **line(),
            kopecks=models.BigIntegerField(),
        ),
        migrations.RunSQL(ANEW, NO_ANEW),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        protect_kept("payments_order_sum", officer=BODY),
        protect_kept("payments_certificate_sum", officer=BODY),
        protect_kept("payments_account_sum", officer=BODY),
        protect_kept("payments_spent_sum", officer=BODY),
        migrations.RunSQL(VIEWS, migrations.RunSQL.noop),
    ]
