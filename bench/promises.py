"""What the main job promises, checked on the database of the last run. Exit code 1 when a promise is broken.

    .venv/bin/python bench/promises.py

Births: a certificate decision (or a stated refusal) and a birth grant; where neither parent works the law wants a
word from the family, so an offer that waits for one click is counted apart and does not break the promise.
Deaths: nothing is due for months that begin after the death. Disabilities: a pension and the monthly payment.
"""

from __future__ import annotations

import sys

import psycopg

from kazna.cli.database import open_database

PROMISES = {
    "births without a certificate decision": """
        SELECT e.person_id FROM life_events_event e WHERE e.code = 'CHILD_BORN' AND NOT EXISTS (
            SELECT 1 FROM cases_decision d WHERE d.subject_id = e.person_id AND d.measure = 'ru-maternity-capital')""",
    "births without a birth grant, awarded or (see below) only offered so far": """
        SELECT e.person_id FROM life_events_event e WHERE e.code = 'CHILD_BORN' AND NOT EXISTS (
            SELECT 1 FROM cases_award a WHERE a.subject_id = e.person_id AND a.measure = 'ru-birth-grant')
        AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.subject_id = e.person_id AND c.measure = 'ru-birth-grant'
            AND c.state = 'offered')""",
    "payments for months after a death, made when it was known": """
        SELECT o.id FROM payments_order o JOIN registers_person p ON p.id = o.recipient_id
        JOIN life_events_event e ON e.person_id = p.id AND e.code = 'DEATH_CITIZEN'
        WHERE o.month > p.died_on AND o.created_on > e.found_on AND o.state <> 'cancelled'""",
    "awards of the dead that were not stopped": """
        SELECT a.id FROM cases_award a JOIN registers_person p ON p.id = a.recipient_id
        WHERE p.died_on IS NOT NULL AND a.period = 'month' AND 'DEATH_CITIZEN' = ANY(a.ends_on)
          AND (a.last_day IS NULL OR a.last_day > p.died_on + 31)
          AND NOT EXISTS (SELECT 1 FROM cases_award_stop s WHERE s.award_id = a.id)
          AND EXISTS (SELECT 1 FROM life_events_event e WHERE e.person_id = p.id AND e.code = 'DEATH_CITIZEN')""",
    "disabilities without the monthly payment": """
        SELECT e.person_id FROM life_events_event e JOIN registers_person p ON p.id = e.person_id
        WHERE e.code = 'DISABILITY_SET' AND p.died_on IS NULL AND NOT EXISTS (
            SELECT 1 FROM cases_award a WHERE a.recipient_id = e.person_id AND a.measure = 'ru-disability-monthly')""",
    "disabilities without a pension": """
        SELECT e.person_id FROM life_events_event e JOIN registers_person p ON p.id = e.person_id
        WHERE e.code = 'DISABILITY_SET' AND p.died_on IS NULL AND NOT EXISTS (
            SELECT 1 FROM cases_award a WHERE a.recipient_id = e.person_id AND a.measure LIKE 'ru-%pension%')""",
}


def main() -> int:
    open_database()
    from kazna.config.database import database_url

    broken = 0
    with psycopg.connect(database_url()) as connection:
        for promise, query in PROMISES.items():
            found = connection.execute(query).fetchall()
            broken += bool(found)
            print(f"{len(found):>6}  {promise}" + (f": {', '.join(str(row[0]) for row in found[:5])}" if found else ""))
        (offered,) = connection.execute(
            "SELECT count(*) FROM cases_case WHERE measure = 'ru-birth-grant' AND state = 'offered'"
        ).fetchone()
        print(f"{offered:>6}  birth grants only offered: neither parent worked, the consent has not come yet")
        for code in ("CHILD_BORN", "DEATH_CITIZEN", "DISABILITY_SET"):
            (number,) = connection.execute("SELECT count(*) FROM life_events_event WHERE code = %s", [code]).fetchone()
            print(f"{number:>6}  {code}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
