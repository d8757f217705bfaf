"""How a sum is shared to the kopeck; who sees documents and what may not change; what creditors got is spending."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

# The part of `room` for one claim of `own` kopecks when claims up to and with it make `upto` of `whole`.
SHARE = """
CREATE FUNCTION payments_share(room bigint, own bigint, upto bigint, whole bigint) RETURNS bigint IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN whole <= room THEN own
           ELSE (div(room::numeric * upto, whole) - div(room::numeric * (upto - own), whole))::bigint END;
"""

PART_STAYS = """
CREATE FUNCTION payments_writ_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.id, OLD.writ_id, OLD.order_id, OLD.current_kopecks, OLD.debt_kopecks, OLD."on")
       IS DISTINCT FROM (NEW.id, NEW.writ_id, NEW.order_id, NEW.current_kopecks, NEW.debt_kopecks, NEW."on") THEN
        RAISE EXCEPTION 'parts withheld by enforcement documents are only added';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_writ_part_stays BEFORE UPDATE OR DELETE ON payments_writ_part
    FOR EACH ROW EXECUTE FUNCTION payments_writ_part_stays();
"""
NO_PART_STAYS = """
DROP TRIGGER payments_writ_part_stays ON payments_writ_part; DROP FUNCTION payments_writ_part_stays;
"""

SPENDING = """
CREATE OR REPLACE VIEW payments_spending_by_day AS
    SELECT p."on" AS day, e.measure, e.body, e.kbk, sum(e.amount_kopecks)::bigint AS kopecks
    FROM payments_ledger_entry e JOIN payments_ledger_posting p ON p.number = e.posting_id
    WHERE p.kind IN ('credited', 'back_late', 'back_over', 'back_debt', 'back_off', 'cert_used', 'cert_back'{more})
      AND (e.account LIKE 'paid:%' OR e.account LIKE 'overpaid:%' OR e.account LIKE 'debt:%'
           OR e.account LIKE 'written_off:%')
    GROUP BY p."on", e.measure, e.body, e.kbk;
"""

OWN = "debtor_id = ANY(app_persons())"
BODY = "body = app_body()"
OF_SEEN = "EXISTS (SELECT 1 FROM payments_writ w WHERE w.id = writ_id)"  # in sight, by its policy


class Migration(migrations.Migration):
    dependencies = [("payments", "0011_enforcement_documents"), ("plumbing", "0001_initial")]

    operations = [
        migrations.RunSQL(SHARE, "DROP FUNCTION payments_share"),
        migrations.RunSQL(PART_STAYS, NO_PART_STAYS),
        append_only("payments_writ_change"),
        append_only("payments_transfer_answer"),
        protect("payments_writ", citizen=OWN, officer=BODY),
        protect("payments_writ_part", citizen=OWN, officer=BODY),
        protect("payments_writ_change", citizen=OF_SEEN, officer=OF_SEEN),
        protect("payments_writ_proposal", citizen=f"{OWN} AND act = 'minimum'", officer=BODY),
        protect("payments_transfer", citizen=OWN, officer=BODY),
        protect("payments_transfer_answer", citizen=None, officer="true"),
        migrations.RunSQL(
            SPENDING.replace("{more}", ", 'writ_paid', 'writ_late', 'writ_kept'"), SPENDING.replace("{more}", "")
        ),
    ]
