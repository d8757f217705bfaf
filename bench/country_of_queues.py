"""What waits for officers in the country of pages: each step is one statement about many people."""

from __future__ import annotations

from typing import Any

LOOKS = 500_000
PASSWORD = "kazna-demo"  # of the demo
ADULTS = """
    SELECT p.id, p.n, p.pick FROM (
        SELECT id, row_number() OVER () AS n, abs(hashtext(id::text)) AS pick FROM registers_person
        WHERE birth_date < '2008-01-01' AND died_on IS NULL AND merged_into IS NULL
          AND id NOT IN (SELECT person_id FROM identity_account WHERE person_id IS NOT NULL)
    ) p WHERE {which}
"""
DAY = "(SELECT day FROM plumbing_operating_day)"
TEMPLATES = """
    (SELECT row_number() OVER (ORDER BY r.id) - 1 AS place, r.* FROM (
        SELECT * FROM measures_right WHERE state = 'unknown' AND mode = 'application'
          AND recipient_id IN (SELECT person_id FROM identity_account) ORDER BY id LIMIT 40) r)
"""
OLD_DECISIONS = """
    (SELECT row_number() OVER (ORDER BY d.id) - 1 AS place, d.* FROM (
        SELECT * FROM cases_decision WHERE number !~ '/' ORDER BY id LIMIT 60) d)
"""
TITLES = "(SELECT measure, min(title) AS title FROM cases_award GROUP BY measure)"


def _of(kind: str, of: str) -> str:
    """An id of a kind of thing about one person."""
    return f"md5('{kind}' || {of})::uuid"


RIGHT, CASE, DECISION = _of("right", "p.id"), _of("case", "p.id"), _of("decision", "p.id")
STEPS = {
    "rights of the queue": f"""
        INSERT INTO measures_right (id, measure, edition_digest, roles, subject_id, recipient_id, state, amount_kopecks,
            first_day, last_day, mode, body, applied_on, governing_date, missing, summary, sentences, trace,
            trace_sha256, fact_ids, trigger, "on", found_at, release_id, as_of, answer_id)
        SELECT {RIGHT}, t.measure, t.edition_digest, jsonb_build_object('person', p.id), p.id, p.id, t.state,
            t.amount_kopecks, t.first_day, t.last_day, t.mode, 'sfr-77', t.applied_on, t.governing_date, t.missing,
            t.summary, t.sentences, t.trace, t.trace_sha256, t.fact_ids, t.trigger, t."on", t.found_at, t.release_id,
            t.as_of, t.answer_id
        FROM ({ADULTS.format(which="pick % 5 < 2")}) p JOIN {TEMPLATES} t
          ON t.place = p.pick / 5 % (SELECT count(*) FROM {TEMPLATES} x)
        ON CONFLICT DO NOTHING""",
    "cases of the queue": f"""
        INSERT INTO cases_case (id, measure, code, title, subject_id, recipient_id, ordinal, body, territory, state,
            outcome, trigger, opened_on, applied_on, due_on, is_overdue, waits_for, right_id)
        SELECT md5('case' || t.recipient_id)::uuid, t.measure, '0101', coalesce(a.title, t.measure), t.subject_id,
            t.recipient_id, 9, 'sfr-77', '77', 'waiting_person', '', 'application', {DAY} + turn - 30,
            {DAY} + turn - 30, {DAY} + turn,
            turn < 0, 'Нет сведений о доходах семьи за расчётный период.', t.id
        FROM (SELECT *, abs(hashtext(recipient_id::text || 'due')) % 75 - 20 AS turn FROM measures_right) t
        LEFT JOIN {TITLES} a ON a.measure = t.measure
        WHERE t.id = md5('right' || t.recipient_id)::uuid
        ON CONFLICT DO NOTHING""",
    "steps of the queue": """
        INSERT INTO cases_step (case_id, recipient_id, body, state, right_id, "on", note, by)
        SELECT c.id, c.recipient_id, c.body, s.state, c.right_id, c.opened_on + s.days, '', ''
        FROM cases_case c CROSS JOIN (VALUES ('received', 0), ('collecting', 0), ('waiting_person', 5)) s(state, days)
        WHERE c.ordinal = 9""",
    "assignments": """
        INSERT INTO cases_assignment (case_id, body, login, given_by)
        SELECT id, body, CASE WHEN n % 50 = 0 THEN 'officer' ELSE 'clerk-' || n % 40 END, 'supervisor'
        FROM (SELECT *, abs(hashtext(id::text || 'whose')) AS n FROM cases_case WHERE ordinal = 9) c WHERE n % 9 < 4
        ON CONFLICT DO NOTHING""",
    "late cases": f"""
        INSERT INTO cases_escalation (case_id, body, due_on, escalated_on)
        SELECT id, body, due_on, due_on + 1 FROM cases_case WHERE state = 'waiting_person' AND due_on < {DAY}
        ON CONFLICT DO NOTHING""",
    "decisions of officers": f"""
        INSERT INTO cases_decision (id, number, kind, "on", body, territory, case_id, right_id, measure, title,
            subject_id, recipient_id, wording, amount_kopecks, first_day, last_day, decided_by, reason, ground,
            document, sha256, recorded_at, against_rule, confirmed_by)
        SELECT {DECISION}, '77-2026-9' || lpad(p.n::text, 8, '0'), t.kind, {DAY} - p.pick / 7 % 700, 'sfr-77', '77',
            NULL, t.right_id, t.measure, t.title, p.id, p.id, t.wording, t.amount_kopecks, t.first_day, t.last_day,
            'clerk-' || p.n % 40, 'Право подтверждено сведениями ведомств.', t.ground, t.document, t.sha256,
            t.recorded_at, false, ''
        FROM ({ADULTS.format(which="pick % 7 < 2")}) p JOIN {OLD_DECISIONS} t
          ON t.place = p.n % (SELECT count(*) FROM {OLD_DECISIONS} x)
        ON CONFLICT DO NOTHING""",
    "complaints": f"""
        INSERT INTO cases_appeal (id, decision_id, decision_number, decision_kind, case_id, measure, title,
            recipient_id, body, territory, filed_on, filed_by, first_by, text, due_on, state, cause, decided_by,
            decided_on, reason)
        SELECT {_of("appeal", "d.id")}, d.id, d.number, d.kind, d.case_id, d.measure, d.title, d.recipient_id, d.body,
            d.territory, {DAY} - d.n % 40, '', d.decided_by, 'Не учли второго ребёнка.', {DAY} - d.n % 40 + 15,
            CASE WHEN d.n % 3 = 0 THEN 'filed' WHEN d.n % 3 = 1 THEN 'upheld' ELSE 'overturned' END,
            CASE WHEN d.n % 3 = 2 THEN 'facts' ELSE '' END, CASE WHEN d.n % 3 > 0 THEN 'supervisor' ELSE '' END,
            CASE WHEN d.n % 3 > 0 THEN {DAY} - d.n % 20 END, CASE WHEN d.n % 3 > 0 THEN 'Проверено.' ELSE '' END
        FROM (SELECT *, abs(hashtext(id::text || 'no')) AS n FROM cases_decision WHERE decided_by <> '') d
        WHERE d.n % 8 = 0 ON CONFLICT DO NOTHING""",
    "drafts for a second officer": """
        INSERT INTO cases_proposal (id, case_id, thing_id, act, title, recipient_id, subject_id, body, reason, computed,
            proposed_by, proposed_on, state, second_by, second_reason)
        SELECT md5('draft' || id)::uuid, id, id, 'refuse', title, recipient_id, subject_id, body, 'Доход выше.', '',
            'clerk-1', opened_on + 6, 'open', '', ''
        FROM cases_case WHERE ordinal = 9 AND abs(hashtext(id::text || 'draft')) % 100 = 0
        ON CONFLICT DO NOTHING""",
    "returned payments": f"""
        UPDATE payments_order SET state = 'returned', return_reason = 'Счёт закрыт', settled_on = {DAY} - 5
        WHERE state = 'credited' AND abs(hashtext(id::text)) % 60 = 0 AND month >= {DAY} - 90""",
    "held payments": f"""
        UPDATE payments_order SET state = 'held', hold_reason = 'no_account', settled_on = NULL, register_id = NULL
        WHERE state = 'credited' AND abs(hashtext(id::text)) % 97 = 0 AND month >= {DAY} - 60""",
    "overpayments": f"""
        INSERT INTO payments_overpayment (id, number, measure, body, kbk, recipient_id, state, ground, reason, found_on,
            fault, means, percent, decided_by, explanation, award_id, confirmed_by)
        SELECT {_of("debt", "o.award_id")}, 'П-' || row_number() OVER (), o.measure, o.body, o.kbk, o.recipient_id,
            CASE WHEN n % 2 = 0 THEN 'found' ELSE 'owed' END, 'recounted', 'Доход оказался выше.', {DAY} - n % 200,
            CASE WHEN n % 2 = 0 THEN '' ELSE 'none' END, CASE WHEN n % 2 = 0 THEN '' ELSE 'voluntary' END, 0,
            CASE WHEN n % 2 = 0 THEN '' ELSE 'clerk-1' END, '', o.award_id,
            CASE WHEN n % 2 = 0 THEN '' ELSE 'supervisor' END
        FROM (SELECT *, abs(hashtext(award_id::text || 'debt')) / 20 AS n FROM payments_obligation
              WHERE abs(hashtext(award_id::text || 'debt')) % 20 = 0) o
        ON CONFLICT DO NOTHING""",
    "overpaid months": f"""
        INSERT INTO payments_overpaid_month (month, body, kopecks, found_on, order_id, overpayment_id)
        SELECT o.month, o.body, greatest(1, o.amount_kopecks / 2), {DAY} - 10, o.id, d.id
        FROM payments_overpayment d JOIN payments_order o ON o.award_id = d.award_id AND o.state = 'credited'""",
    "conflicts": f"""
        INSERT INTO registers_conflict (id, person_id, kind, known_fact_id, claim_fact_id, claim, source, found_on,
            settled_by, reason)
        SELECT {_of("conflict", "f.id")}, f.subject_id, f.kind, f.id, {_of("claim", "f.id")},
            jsonb_build_object('kind', f.kind, 'subject_id', f.subject_id, 'object_id', NULL, 'thing', f.thing,
                'valid_from', f.valid_from, 'valid_to', NULL, 'source', 'szn',
                'value', f.value || '{{"date": "1995-05-11"}}'),
            'szn', {DAY} - abs(hashtext(f.id::text)) / 50 % 60, '', ''
        FROM registers_fact f WHERE f.kind = 'person.birth' AND abs(hashtext(f.id::text)) % 50 = 0
        ON CONFLICT DO NOTHING""",
    "doubles": f"""
        INSERT INTO registers_suspect (id, person_id, other_id, reason, found_on, settled_by, decision_reason)
        SELECT {_of("double", "p.id")}, p.id, q.id, 'Совпали имя и дата рождения.', {DAY} - p.pick / 60 % 60, '', ''
        FROM ({ADULTS.format(which="pick % 60 = 0")}) p JOIN ({ADULTS.format(which="true")}) q ON q.n = p.n + 1
        ON CONFLICT DO NOTHING""",
    "failed requests": f"""
        INSERT INTO integration_agency_request (id, agency, topic, subject_id, about, correlation, status, asked_on,
            payload, attempts, next_try_at, times_repeated, last_error)
        SELECT {_of("request", "p.id")}, 'fns', 'income', p.id, '2025', 'bench/' || p.n, 'failed',
            {DAY} - p.pick / 50 % 30, '', 3, now(), 0, 'Ведомство не отвечает.'
        FROM ({ADULTS.format(which="pick % 50 = 0")}) p ON CONFLICT DO NOTHING""",
    "corrections": f"""
        INSERT INTO corrections_correction (id, person_id, asked_by, fact_id, kind, source, territory, claim, state,
            filed_on, due_on, settled_by, reason)
        SELECT {_of("wrong", "f.id")}, f.subject_id, f.subject_id, f.id, f.kind, f.source, '77', 'Я там не работаю.',
            'filed', {DAY} - abs(hashtext(f.id::text)) / 40 % 20, {DAY} + 10 - abs(hashtext(f.id::text)) / 40 % 20,
            '', ''
        FROM registers_fact f WHERE f.kind = 'employment' AND abs(hashtext(f.id::text)) % 40 = 0
        ON CONFLICT DO NOTHING""",
    "applications": f"""
        INSERT INTO cases_application (id, number, measure, recipient_id, subject_id, filed_by, relation, channel,
            last_channel, entered_by, body, territory, state, answers, version, started_on, filed_on, key_sha256)
        SELECT {_of("application", "c.id")}, 'З-' || row_number() OVER (), c.measure, c.recipient_id, c.subject_id,
            c.recipient_id, '', 'cabinet', 'cabinet', '', c.body, c.territory, 'filed', '{{}}', 1, c.opened_on,
            c.opened_on, ''
        FROM cases_case c WHERE c.ordinal = 9 ON CONFLICT DO NOTHING""",
    "programmes": f"""
        INSERT INTO programmes_programme (id, measure, title, person_id, body, territory, state, needs, requested_on,
            months, paid_once, is_employed, answers, drafted_by, signed_on, ends_on, ended_by, confirmed_by, outcome,
            claimed_kopecks)
        SELECT {_of("programme", "p.id")}, 'ru-social-contract-job', 'Социальный контракт на поиск работы', p.id,
            'sfr-77', '77', CASE WHEN p.pick / 40 % 3 = 0 THEN 'requested' ELSE 'active' END, 'Хочу работать.',
            {DAY} - 60, 9, false, false, '{{}}', 'clerk-1', CASE WHEN p.pick / 40 % 3 > 0 THEN {DAY} - 50 END,
            CASE WHEN p.pick / 40 % 3 > 0 THEN {DAY} + 200 END, '', '', '', 0
        FROM ({ADULTS.format(which="pick % 40 = 0")}) p ON CONFLICT DO NOTHING""",
    "steps of programmes": f"""
        INSERT INTO programmes_step (programme_id, person_id, body, number, title, due_on, cost_kopecks, proof)
        SELECT g.id, g.person_id, g.body, n, 'Встать на учёт в службе занятости', {DAY} + n * 30 - 40, 0, ''
        FROM programmes_programme g CROSS JOIN generate_series(1, 3) n""",
    "reports of programmes": f"""
        INSERT INTO programmes_report (programme_id, person_id, body, number, first_day, due_on, state, is_late, text,
            spent_kopecks, looked_by, remark)
        SELECT g.id, g.person_id, g.body, 1, {DAY} - 50, {DAY} - 10 + abs(hashtext(g.id::text)) % 30,
            'due', abs(hashtext(g.id::text)) % 30 < 10, '', 0, '', ''
        FROM programmes_programme g WHERE g.state = 'active'""",
    "alarms": f"""
        INSERT INTO identity_alarm (provider, subject, person_id, territory, fields, raised_at, settled_by)
        SELECT 'esia', p.n::text, p.id, '77', '["дата рождения"]', now(), ''
        FROM ({ADULTS.format(which="pick % 3000 = 0")}) p""",
    "employers": """
        INSERT INTO employers_employer (ogrn, inn, kpp, is_entrepreneur, name, sort_key, region, okved, registered_on,
            as_of)
        SELECT lpad(n::text, 13, '1'), lpad(n::text, 10, '7'), '', false, 'ООО «Берёза ' || n || '»',
            'ооо береза ' || n, '77', '47.11', '2015-01-01', '2026-01-01'
        FROM generate_series(1, 100000) n ON CONFLICT DO NOTHING""",
    "bodies of ЕГИССО": f"""
        INSERT INTO egisso_body (code, title, oktmo, territory, certificates, succeeds, recorded_on)
        SELECT lpad(n::text, 4, '0') || '.000001', 'Отдел соцподдержки № ' || n, '45000000',
            CASE WHEN n % 3 = 0 THEN '77' ELSE lpad((n % 90 + 1)::text, 2, '0') END, '[]', '[]', {DAY}
        FROM generate_series(1, 900) n ON CONFLICT DO NOTHING""",
    "local measures": f"""
        INSERT INTO egisso_measure (id, provider, title, first_day, form, card, recorded_on)
        SELECT {_of("measure", "n")}, lpad((n % 900 + 1)::text, 4, '0') || '.000001',
            (ARRAY['Ежемесячная выплата', 'Единовременное пособие', 'Компенсация расходов', 'Бесплатный проезд'])
            [n % 4 + 1] || ' ' || (ARRAY['многодетным семьям', 'ветеранам труда', 'инвалидам первой группы'])
            [n % 3 + 1] || ', вариант ' || n, '2026-01-01', '01',
            jsonb_build_object('msz', '0301', 'title', 'Ежемесячная выплата', 'from', '2026-01-01', 'part', '010102',
                'periodicity', '02', 'form', '01', 'level', '02', 'kbk', '00000000000000000000',
                'territories', jsonb_build_array(lpad((n % 90 + 1)::text, 2, '0') || '000000'),
                'cases', 'Обращение', 'conditions', repeat('Доход ниже прожиточного минимума. ', 5),
                'categories', '[{{"title": "Многодетные семьи", "category": "03000004", "criteria": []}}]'::jsonb,
                'shares', '[]'::jsonb, 'acts', '[]'::jsonb, 'methods', '[]'::jsonb, 'papers', '[]'::jsonb), {DAY}
        FROM generate_series(1, 20000) n ON CONFLICT DO NOTHING""",
    "facts of ЕГИССО": f"""
        INSERT INTO egisso_assignment (id, line, provider, body, snils, person_id, territory, measure_id, category_id,
            msz, decided_on, first_day, form, amount_kopecks, state, card, recorded_on, is_own)
        SELECT {_of("assignment", "p.id")}, 'A', lpad((n % 900 + 1)::text, 4, '0') || '.000001',
            lpad((n % 900 + 1)::text, 4, '0') || '.000001', p.snils, p.id, '77', {_of("measure", "n % 20000 + 1")},
            {_of("category", "n % 100")}, '0301', {DAY} - 30, {DAY} - 30, '01', 100000, 'accepted', '{{}}',
            {DAY} - n::int % 60, false
        FROM (SELECT *, row_number() OVER () AS n FROM registers_person WHERE snils IS NOT NULL) p
        WHERE n % 2 = 0 ON CONFLICT DO NOTHING""",
    "weeks of suppliers": f"""
        INSERT INTO suppliers_week (body, region, week, facts, on_time, slowest_days, measures, people)
        SELECT code, territory, date_trunc('week', {DAY})::date - 7 * n, 500, 450, 9, 20, 400
        FROM egisso_body CROSS JOIN generate_series(0, 11) n ON CONFLICT DO NOTHING""",
    "holdings of suppliers": f"""
        INSERT INTO suppliers_holding (body, title, region, oktmo, registered_on, measures, unused, entitled, served,
            last_loaded_on, counted_on)
        SELECT code, title, territory, oktmo, '2026-01-01', 20, 2, 500, 480, {DAY} - 3, {DAY} FROM egisso_body
        ON CONFLICT DO NOTHING""",
}


JOURNAL = """
    SELECT audit_append(jsonb_agg(jsonb_build_object('act', (ARRAY['look', 'case.open', 'search'])[n %% 3 + 1],
        'login', 'clerk-' || n %% 40, 'role', 'officer', 'body', 'sfr-77', 'person_id', id, 'screen', '/work/people/',
        'purpose', 'Проверка права', 'thing', '') ORDER BY n))
    FROM bench_look WHERE n > %(first)s AND n <= %(last)s
"""


def journal(cursor: Any) -> int:
    """Looks of officers at people, chained as the product chains them."""
    cursor.execute(f"CREATE TEMP TABLE bench_look AS {ADULTS.format(which='true')}")
    cursor.execute("CREATE INDEX ON bench_look (n)")
    size = 5_000
    many = min(LOOKS, _most(cursor))
    for first in range(0, many - size, size):
        cursor.execute(JOURNAL, {"first": first, "last": first + size})
    cursor.execute("DROP TABLE bench_look")
    return many


def _most(cursor: Any) -> int:
    cursor.execute("SELECT count(*) FROM bench_look")
    return int(cursor.fetchone()[0])


def accounts(cursor: Any) -> int:
    """Twenty copies of the demo's citizens, forty officers of the queue, a supplier, a branch, a monitor's reader."""
    from kazna.contexts.identity import public as identity

    cursor.execute(
        "SELECT login, md5(person_id::text || n)::uuid, n FROM identity_account"
        " CROSS JOIN generate_series(1, 5) n WHERE role = 'citizen' AND login !~ '-'"
        " AND EXISTS (SELECT FROM registers_person p WHERE p.id = md5(person_id::text || n)::uuid) ORDER BY 1, 3"
    )
    citizens = cursor.fetchall()
    told: list[tuple[str, str, str, str, object]] = [
        *((f"{login}-{n}", "citizen", "", "", person) for login, person, n in citizens),
        *((f"clerk-{n}", "officer", "sfr-77", "77", None) for n in range(40)),
        ("supplier", "supplier", "0003.000001", "", None),
        ("branch", "branch", "", "77", None),
    ]
    for login, role, body, territory, person in told:
        identity.create_account(
            login=login, password=PASSWORD, role=role, shown_name=login, body=body, territory=territory,
            person_id=person,  # type: ignore[arg-type]
        )  # fmt: skip
    return len(told)
