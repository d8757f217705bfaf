"""Certificates enter the ledger: states, opening postings of those issued before, guards, who may post what."""

from django.db import migrations, models
from django.db.models import F, Q

STAGES = [("waiting", "waiting"), ("issued", "issued"), ("closed", "closed")]
ENDINGS = [
    ("lapsed", "lapsed"), ("spent", "spent"), ("blocked", "blocked"), ("died", "died"), ("revoked", "revoked"),
]  # fmt: skip
KINDS = [
    ("accrued", "Accrued"), ("sent", "Sent"), ("credited", "Credited"), ("returned", "Returned"),
    ("cancelled", "Cancelled"), ("overpaid", "Overpaid"), ("back_late", "Returned Late"),
    ("back_over", "Returned Overpaid"), ("back_debt", "Returned Debt"), ("restored", "Restored"),
    ("unclaimed", "Forgiven Claim"), ("claimed", "Claimed"), ("set_off", "Set Off"), ("recovered", "Recovered"),
    ("unset_off", "Unset Off"), ("unrecover", "Unrecovered"), ("written", "Written Off"),
    ("debt_off", "Debt Written Off"), ("refunded", "Refunded"), ("back_off", "Returned Written"),
    ("rest_off", "Restored Written"), ("cert_issue", "Certificate Issued"), ("cert_used", "Certificate Used"),
    ("cert_back", "Certificate Back"), ("cert_lapse", "Certificate Lapsed"), ("cert_block", "Certificate Blocked"),
    ("cert_void", "Certificate Revoked"),
]  # fmt: skip

# Certificates of before were issued on their first day; the blocked ones gave back what was left.
STATES = """
UPDATE payments_certificate SET granted_on = first_day, issued_on = first_day, latest_day = last_day,
    days = last_day - first_day + 1,
    state = CASE WHEN closed_on IS NULL THEN 'issued' ELSE 'closed' END,
    ending = CASE WHEN closed_on IS NULL THEN '' ELSE 'blocked' END,
    stops_on = closed_on,
    returned_kopecks = CASE WHEN closed_on IS NULL THEN 0 ELSE amount_kopecks - used_kopecks END
"""
OPENING = """
DO $$
DECLARE one record;
DECLARE posting bigint;
BEGIN
    FOR one IN
        SELECT first_day AS day, 'cert_issue' AS kind, 'budget:' || measure AS source,
               'certificate:' || number AS target, measure, body, kbk, amount_kopecks AS kopecks
        FROM payments_certificate WHERE amount_kopecks > 0
        UNION ALL
        SELECT u.taken_on, CASE WHEN u.kopecks > 0 THEN 'cert_used' ELSE 'cert_back' END,
               CASE WHEN u.kopecks > 0 THEN 'certificate:' || c.number ELSE 'paid:' || c.measure END,
               CASE WHEN u.kopecks > 0 THEN 'paid:' || c.measure ELSE 'certificate:' || c.number END,
               c.measure, c.body, c.kbk, abs(u.kopecks)
        FROM payments_certificate_use u JOIN payments_certificate c ON c.number = u.certificate_id
        UNION ALL
        SELECT closed_on, 'cert_block', 'certificate:' || number, 'budget:' || measure, measure, body, kbk,
               returned_kopecks
        FROM payments_certificate WHERE state = 'closed' AND returned_kopecks > 0
        ORDER BY 1, 2 DESC
    LOOP
        INSERT INTO payments_ledger_posting (kind, "on") VALUES (one.kind, one.day) RETURNING number INTO posting;
        INSERT INTO payments_ledger_entry (posting_id, account, measure, body, kbk, amount_kopecks)
        VALUES (posting, one.source, one.measure, one.body, one.kbk, - one.kopecks),
               (posting, one.target, one.measure, one.body, one.kbk, one.kopecks);
    END LOOP;
END $$;
"""

GUARDS = """
CREATE FUNCTION payments_certificate_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a certificate is never deleted';
    END IF;
    IF (NEW.number, NEW.award_id, NEW.measure, NEW.body, NEW.kbk, NEW.recipient_id, NEW.program, NEW.goods,
        NEW.amount_kopecks, NEW.granted_on, NEW.days, NEW.latest_day)
       IS DISTINCT FROM
       (OLD.number, OLD.award_id, OLD.measure, OLD.body, OLD.kbk, OLD.recipient_id, OLD.program, OLD.goods,
        OLD.amount_kopecks, OLD.granted_on, OLD.days, OLD.latest_day) THEN
        RAISE EXCEPTION 'what a certificate was granted for never changes';
    END IF;
    IF (OLD.state, NEW.state) IN (('issued', 'waiting'), ('closed', 'waiting'), ('closed', 'issued')) THEN
        RAISE EXCEPTION 'a certificate does not go back from % to %', OLD.state, NEW.state;
    END IF;
    IF OLD.state <> 'waiting' AND (NEW.issued_on, NEW.first_day, NEW.last_day)
                                  IS DISTINCT FROM (OLD.issued_on, OLD.first_day, OLD.last_day) THEN
        RAISE EXCEPTION 'the term of an issued certificate never changes';
    END IF;
    IF OLD.state = 'closed' AND (NEW.used_kopecks > OLD.used_kopecks OR (NEW.ending, NEW.closed_on)
                                 IS DISTINCT FROM (OLD.ending, OLD.closed_on)) THEN
        RAISE EXCEPTION 'nothing is bought by a closed certificate';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_certificate_moves BEFORE UPDATE OR DELETE ON payments_certificate
    FOR EACH ROW EXECUTE FUNCTION payments_certificate_moves();

CREATE FUNCTION payments_certificate_in_ledger() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public AS $$
DECLARE owed bigint;
DECLARE held bigint;
DECLARE told bigint;
BEGIN
    SELECT CASE WHEN c.issued_on IS NULL THEN 0 ELSE c.amount_kopecks - c.used_kopecks - c.returned_kopecks END,
           c.used_kopecks - coalesce((SELECT sum(u.kopecks) FROM payments_certificate_use u
                                      WHERE u.certificate_id = c.number), 0)
    INTO owed, told FROM payments_certificate c WHERE c.number = NEW.number;
    SELECT coalesce(sum(e.amount_kopecks), 0) INTO held FROM payments_ledger_entry e
    WHERE e.account = 'certificate:' || NEW.number AND e.account LIKE 'certificate:%';
    IF owed <> held THEN
        RAISE EXCEPTION 'certificate % holds % kopecks in its table, % in the ledger', NEW.number, owed, held;
    END IF;
    IF told <> 0 THEN
        RAISE EXCEPTION 'what was bought by certificate % differs from its purchases by % kopecks', NEW.number, told;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_certificate_in_ledger AFTER INSERT OR UPDATE ON payments_certificate
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_certificate_in_ledger();

CREATE POLICY payments_ledger_entry_seller ON payments_ledger_entry FOR INSERT WITH CHECK (
    app_role() = 'agency' AND order_id IS NULL
    AND split_part(account, ':', 1) IN ('certificate', 'paid', 'budget'));
"""
NO_GUARDS = """
DROP POLICY payments_ledger_entry_seller ON payments_ledger_entry;
DROP TRIGGER payments_certificate_in_ledger ON payments_certificate; DROP FUNCTION payments_certificate_in_ledger;
DROP TRIGGER payments_certificate_moves ON payments_certificate; DROP FUNCTION payments_certificate_moves;
"""

VIEWS = """
CREATE OR REPLACE VIEW payments_counts AS
    SELECT 'orders' AS what, state::text, count(*) AS number, coalesce(sum(amount_kopecks), 0)::bigint AS kopecks
    FROM payments_order GROUP BY state
    UNION ALL
    SELECT 'registers', state::text, count(*), coalesce(sum(total_kopecks), 0)::bigint
    FROM payments_register GROUP BY state
    UNION ALL
    SELECT 'statement_lines', CASE WHEN problem = '' THEN 'applied' ELSE 'quarantined' END, count(*),
           coalesce(sum(amount_kopecks), 0)::bigint
    FROM payments_statement_line GROUP BY 2
    UNION ALL
    SELECT 'certificates', state::text, count(*), coalesce(sum(amount_kopecks), 0)::bigint
    FROM payments_certificate GROUP BY state;
CREATE OR REPLACE VIEW payments_totals AS
    SELECT measure,
           coalesce(-sum(amount_kopecks) FILTER (WHERE account LIKE 'budget:%'), 0)::bigint AS accrued,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'payable:%'), 0)::bigint AS payable,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'transit:%'), 0)::bigint AS transit,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'paid:%'), 0)::bigint AS paid,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'overpaid:%'), 0)::bigint AS overpaid,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'debt:%'), 0)::bigint AS debt,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'recovered:%'), 0)::bigint AS recovered,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'written_off:%'), 0)::bigint AS written_off,
           coalesce(sum(amount_kopecks) FILTER (WHERE account LIKE 'certificate:%'), 0)::bigint AS certificates
    FROM payments_ledger_entry GROUP BY measure;
CREATE OR REPLACE VIEW payments_spending_by_day AS
    SELECT p."on" AS day, e.measure, e.body, e.kbk, sum(e.amount_kopecks)::bigint AS kopecks
    FROM payments_ledger_entry e JOIN payments_ledger_posting p ON p.number = e.posting_id
    WHERE p.kind IN ('credited', 'back_late', 'back_over', 'back_debt', 'back_off', 'cert_used', 'cert_back')
      AND (e.account LIKE 'paid:%' OR e.account LIKE 'overpaid:%' OR e.account LIKE 'debt:%'
           OR e.account LIKE 'written_off:%')
    GROUP BY p."on", e.measure, e.body, e.kbk;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_tell_what_was_inherited"), ("plumbing", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="ledgerposting", name="kind", field=models.CharField(choices=KINDS, max_length=10)
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=Q(("account__startswith", "certificate:")), fields=["account"], name="entry_of_certificate"
            ),
        ),
        migrations.RenameField(model_name="certificate", old_name="blocked_on", new_name="closed_on"),
        migrations.AddField(
            model_name="certificate", name="returned_kopecks", field=models.BigIntegerField(db_default=0, default=0)
        ),
        migrations.AddField(
            model_name="certificate",
            name="state",
            field=models.CharField(choices=STAGES, default="issued", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="certificate", name="ending", field=models.CharField(choices=ENDINGS, default="", max_length=10)
        ),
        migrations.AddField(
            model_name="certificate",
            name="granted_on",
            field=models.DateField(
                default="2000-01-01", help_text="its place in the line of those that wait for a limit"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="certificate",
            name="days",
            field=models.PositiveSmallIntegerField(default=1, help_text="how long it holds from the day of issue"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="certificate",
            name="latest_day",
            field=models.DateField(help_text="the last day of the award; never later", null=True),
        ),
        migrations.AddField(model_name="certificate", name="issued_on", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="certificate",
            name="stops_on",
            field=models.DateField(help_text="the award ends: nothing is bought from this day on", null=True),
        ),
        migrations.RunSQL(STATES, migrations.RunSQL.noop),
        migrations.RunSQL(OPENING, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="certificate", name="certificate_not_overspent"),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=Q(used_kopecks__gte=0, returned_kopecks__gte=0)
                & Q(amount_kopecks__gte=F("used_kopecks") + F("returned_kopecks")),
                name="certificate_not_overspent",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=Q(state="waiting", issued_on=None, closed_on=None, ending="", used_kopecks=0)
                | Q(state="issued", issued_on__isnull=False, closed_on=None, ending="", returned_kopecks=0)
                | Q(state="closed", issued_on__isnull=False, closed_on__isnull=False)
                & ~Q(ending="")
                & Q(amount_kopecks=F("used_kopecks") + F("returned_kopecks"))
                | Q(state="closed", issued_on=None, closed_on__isnull=False, used_kopecks=0) & ~Q(ending=""),
                name="certificate_state_agrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=Q(issued_on__isnull=False) | Q(returned_kopecks=0), name="certificate_returns_what_was_issued"
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["measure", "body", "issued_on"], name="certificate_of_limit"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(condition=~Q(state="closed"), fields=["last_day"], name="certificate_open"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["body", "-granted_on", "-number"], name="certificate_of_body"),
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
        migrations.RunSQL(VIEWS, migrations.RunSQL.noop),
    ]
