"""Formulas of the schedule in SQL, the ledger that only grows and sums to zero, and who sees what."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

OWN = "recipient_id = ANY(app_persons())"
OWN_OR_ABOUT = "recipient_id = ANY(app_persons()) OR subject_id = ANY(app_persons())"
OWN_LINE = (
    "EXISTS (SELECT 1 FROM payments_register_line l WHERE l.register_id = payments_register.id)"  # own, by its policy
)
BODY = "body = app_body()"

FORMULAS = """
CREATE FUNCTION payments_month_of(day date) RETURNS date IMMUTABLE LANGUAGE sql
    RETURN day - extract(day FROM day)::int + 1;

CREATE FUNCTION payments_regular_day(month date, pay_day int, pay_shift int) RETURNS date IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN pay_day IS NULL THEN '-infinity'::date
           ELSE (month + make_interval(months => pay_shift))::date + pay_day - 1 END;

CREATE FUNCTION payments_last_due(through date, pay_day int, pay_shift int, next_month date)
    RETURNS date IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN pay_day IS NULL THEN next_month
           ELSE greatest(next_month,
                         (payments_month_of(through - pay_day + 1) - make_interval(months => pay_shift))::date) END;

CREATE FUNCTION payments_final_month(last_day date, stops_on date) RETURNS date IMMUTABLE LANGUAGE sql
    RETURN least(payments_month_of(last_day), payments_month_of(stops_on - 1));

CREATE FUNCTION payments_month_amount(amount bigint, month date, first_day date, last_day date,
                                      prorate_first boolean, prorate_last boolean)
    RETURNS bigint IMMUTABLE LANGUAGE sql
    RETURN (
        SELECT (2 * amount * greatest(stop - start + 1, 0) + days) / (2 * days) FROM (
            SELECT CASE WHEN prorate_first THEN greatest(first_day, month) ELSE month END AS start,
                   CASE WHEN prorate_last THEN least(last_day, month_end) ELSE month_end END AS stop,
                   extract(day FROM month_end)::bigint AS days
            FROM (SELECT (month + interval '1 month')::date - 1 AS month_end) e
        ) span
    );
"""
NO_FORMULAS = """
DROP FUNCTION payments_month_amount; DROP FUNCTION payments_final_month; DROP FUNCTION payments_last_due;
DROP FUNCTION payments_regular_day; DROP FUNCTION payments_month_of;
"""

BALANCE = """
CREATE FUNCTION payments_ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh GROUP BY posting_id HAVING sum(amount_kopecks) <> 0) THEN
        RAISE EXCEPTION 'entries of a posting do not sum to zero';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_ledger_balances AFTER INSERT ON payments_ledger_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION payments_ledger_balances();
"""
NO_BALANCE = "DROP TRIGGER payments_ledger_balances ON payments_ledger_entry; DROP FUNCTION payments_ledger_balances;"

VIEWS = """
CREATE VIEW payments_counts AS
    SELECT 'orders' AS what, state::text, count(*) AS number, coalesce(sum(amount_kopecks), 0)::bigint AS kopecks
    FROM payments_order GROUP BY state
    UNION ALL
    SELECT 'registers', state::text, count(*), coalesce(sum(total_kopecks), 0)::bigint
    FROM payments_register GROUP BY state
    UNION ALL
    SELECT 'statement_lines', CASE WHEN problem = '' THEN 'applied' ELSE 'quarantined' END, count(*),
           coalesce(sum(amount_kopecks), 0)::bigint
    FROM payments_statement_line GROUP BY 2;
CREATE VIEW payments_totals AS
    SELECT measure,
           coalesce(-sum(amount_kopecks) FILTER (WHERE account LIKE 'budget:%'), 0)::bigint AS accrued,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'payable:%'), 0)::bigint AS payable,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'transit:%'), 0)::bigint AS transit,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'paid:%'), 0)::bigint AS paid,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'overpaid:%'), 0)::bigint AS overpaid
    FROM payments_ledger_entry GROUP BY measure;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        migrations.RunSQL(FORMULAS, NO_FORMULAS),
        migrations.RunSQL(BALANCE, NO_BALANCE),
        append_only("payments_ledger_posting"),
        append_only("payments_ledger_entry"),
        append_only("payments_register_line"),
        protect("payments_obligation", citizen=OWN_OR_ABOUT, officer=BODY),
        protect("payments_order", citizen=OWN_OR_ABOUT, officer=BODY),
        protect("payments_register_line", citizen=OWN, officer=BODY),
        protect("payments_register", citizen=OWN_LINE, officer=BODY),
        protect("payments_ledger_entry", citizen=None, officer=BODY),
        protect("payments_payee", citizen="person_id = ANY(app_persons())", officer=None),
        protect("payments_statement", citizen=None, officer="true"),
        protect("payments_statement_line", citizen=None, officer="problem <> ''"),
        migrations.RunSQL(VIEWS, "DROP VIEW payments_totals; DROP VIEW payments_counts"),
    ]
