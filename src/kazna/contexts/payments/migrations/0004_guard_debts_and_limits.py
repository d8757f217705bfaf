"""What is due for a month, what is left of overpayments, where limits stand; who sees and who may change it."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

DUE = """
CREATE FUNCTION payments_due(of_award uuid, of_month date) RETURNS bigint STABLE LANGUAGE sql AS $$
    SELECT coalesce(
        (SELECT d.due_kopecks FROM payments_month_due d
         WHERE d.award_id = of_award AND d.month = of_month ORDER BY d.id DESC LIMIT 1),
        (SELECT CASE WHEN b.stops_on <= of_month THEN 0
                ELSE payments_month_amount(b.amount_kopecks, of_month, b.first_day, b.last_day,
                                           b.prorate_first, b.prorate_last) END
         FROM payments_obligation b WHERE b.award_id = of_award))
$$;
"""

VIEWS = """
CREATE VIEW payments_overpaid_open WITH (security_invoker = true) AS
    SELECT m.overpayment_id, r.award_id, m.month, m.order_id,
           (m.kopecks - coalesce(back.kopecks, 0))::bigint AS kopecks
    FROM (SELECT overpayment_id, order_id, month, sum(kopecks) AS kopecks
          FROM payments_overpaid_month GROUP BY overpayment_id, order_id, month) m
    JOIN payments_overpayment r ON r.id = m.overpayment_id
    LEFT JOIN (SELECT overpayment_id, order_id, sum(kopecks) AS kopecks FROM payments_recovery
               WHERE kind IN ('bank_returned', 'restored') GROUP BY overpayment_id, order_id) back
         ON back.overpayment_id = m.overpayment_id AND back.order_id = m.order_id;
CREATE VIEW payments_overpayment_left WITH (security_invoker = true) AS
    SELECT o.id, coalesce(m.kopecks, 0)::bigint AS amount_kopecks, coalesce(r.kopecks, 0)::bigint AS back_kopecks,
           (coalesce(m.kopecks, 0) - coalesce(r.kopecks, 0))::bigint AS left_kopecks
    FROM payments_overpayment o
    LEFT JOIN LATERAL (SELECT sum(kopecks) AS kopecks FROM payments_overpaid_month WHERE overpayment_id = o.id) m
         ON true
    LEFT JOIN LATERAL (SELECT sum(kopecks) AS kopecks FROM payments_recovery WHERE overpayment_id = o.id) r ON true;
DROP VIEW payments_totals;
CREATE VIEW payments_totals AS
    SELECT measure,
           coalesce(-sum(amount_kopecks) FILTER (WHERE account LIKE 'budget:%'), 0)::bigint AS accrued,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'payable:%'), 0)::bigint AS payable,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'transit:%'), 0)::bigint AS transit,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'paid:%'), 0)::bigint AS paid,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'overpaid:%'), 0)::bigint AS overpaid,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'debt:%'), 0)::bigint AS debt,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'recovered:%'), 0)::bigint AS recovered,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'written_off:%'), 0)::bigint AS written_off
    FROM payments_ledger_entry GROUP BY measure;
CREATE VIEW payments_balances AS
    SELECT kbk, measure, split_part(account, ':', 1) AS account, sum(amount_kopecks)::bigint AS kopecks
    FROM payments_ledger_entry GROUP BY kbk, measure, split_part(account, ':', 1);
CREATE VIEW payments_spending_by_day AS
    SELECT p."on" AS day, e.measure, e.body, e.kbk, sum(e.amount_kopecks)::bigint AS kopecks
    FROM payments_ledger_entry e JOIN payments_ledger_posting p ON p.number = e.posting_id
    WHERE p.kind IN ('credited', 'back_late', 'back_over', 'back_debt', 'back_off')
      AND (e.account LIKE 'paid:%' OR e.account LIKE 'overpaid:%' OR e.account LIKE 'debt:%' OR e.account LIKE 'written_off:%')
    GROUP BY p."on", e.measure, e.body, e.kbk;
CREATE VIEW payments_limits AS
    SELECT measure, body, min(kbk) AS kbk, year, sum(change_kopecks)::bigint AS limit_kopecks
    FROM payments_limit_change GROUP BY measure, body, year;
"""
NO_VIEWS = """
DROP VIEW payments_limits; DROP VIEW payments_spending_by_day; DROP VIEW payments_balances;
DROP VIEW payments_totals; DROP VIEW payments_overpayment_left; DROP VIEW payments_overpaid_open;
CREATE VIEW payments_totals AS
    SELECT measure, 0::bigint AS accrued, 0::bigint AS payable, 0::bigint AS transit, 0::bigint AS paid,
           0::bigint AS overpaid FROM payments_ledger_entry GROUP BY measure;
"""

OWN = "recipient_id = ANY(app_persons())"
OF_OWN = "EXISTS (SELECT 1 FROM payments_overpayment o WHERE o.id = overpayment_id)"  # own, by its policy
BODY = "body = app_body()"


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_obligations_against_limits")]

    operations = [
        migrations.RunSQL(DUE, "DROP FUNCTION payments_due"),
        migrations.RunSQL(
            "CREATE INDEX month_due_newest ON payments_month_due (award_id, month, id DESC)",
            "DROP INDEX month_due_newest",
        ),
        append_only("payments_month_due"),
        append_only("payments_overpaid_month"),
        append_only("payments_recovery"),
        append_only("payments_limit_change"),
        protect("payments_month_due", citizen=None, officer="true"),
        protect("payments_overpayment", citizen=OWN, officer=BODY),
        protect("payments_overpaid_month", citizen=OF_OWN, officer=BODY),
        protect("payments_recovery", citizen=OF_OWN, officer=BODY),
        protect("payments_limit_change", citizen=None, officer=BODY),
        protect("payments_forecast", citizen=None, officer=BODY),
        migrations.RunSQL(VIEWS, NO_VIEWS),
    ]
