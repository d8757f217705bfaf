"""Statements that turn the tables of a snapshot into cards and facts. All are set-based and ordered by content.

Ids follow the same formula as `keys.keyed_id`, so that a message finds the person the snapshot brought.
"""

COLUMNS = {
    "persons": (
        "snils", "surname", "forename", "patronymic", "birth_date", "sex", "citizenship", "document_code",
        "document_number", "document_date", "document_issuer", "region", "oktmo", "address", "email", "bik", "account",
    ),
    "ties": ("kind", "snils", "other_snils", "role", "order", "valid_from", "valid_to", "act"),
    "facts": ("kind", "snils", "thing", "valid_from", "valid_to", "value"),
    "awards": ("number", "snils", "child_snils", "measure", "amount_kopecks", "valid_from", "valid_to"),
}  # fmt: skip
TITLES = {"persons": "люди", "ties": "родство и браки", "facts": "сведения", "awards": "назначенные меры"}

TEMPORARY_TABLES = """
    CREATE TEMPORARY TABLE baseline_persons (
        snils text PRIMARY KEY, surname text, forename text, patronymic text, birth_date date, sex text,
        citizenship text, document_code text, document_number text, document_date date, document_issuer text,
        region text, oktmo text, address text, email text, bik text, account text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE baseline_ties (
        kind text, snils text, other_snils text, role text, "order" int, valid_from date, valid_to date, act text
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE baseline_facts (
        kind text, snils text, thing text, valid_from date, valid_to date, value jsonb) ON COMMIT DROP;
    CREATE TEMPORARY TABLE baseline_awards (
        number text, snils text, child_snils text, measure text, amount_kopecks bigint, valid_from date, valid_to date
    ) ON COMMIT DROP;
"""

STRANGERS = """
    SELECT count(*) FROM (
        SELECT snils FROM baseline_ties UNION SELECT other_snils FROM baseline_ties
        UNION SELECT snils FROM baseline_facts
        UNION SELECT snils FROM baseline_awards
        UNION SELECT child_snils FROM baseline_awards WHERE child_snils IS NOT NULL
    ) told WHERE snils NOT IN (SELECT snils FROM baseline_persons)
"""


def person(column: str) -> str:
    """The id of the person with the СНИЛС in the column."""
    return f"md5(%(key)s || '/snils/' || {column})::uuid"


PEOPLE = f"""
    INSERT INTO registers_person
        (id, snils, birth_act, surname, forename, patronymic, birth_date, sex, territory, address)
    SELECT {person("p.snils")}, p.snils, acts.act, coalesce(surname, ''), coalesce(forename, ''), patronymic,
        birth_date, coalesce(sex, ''), coalesce(region, ''), coalesce(address, '')
    FROM baseline_persons p
    LEFT JOIN (SELECT snils, min(act) AS act FROM baseline_ties WHERE kind = 'parent' GROUP BY snils) acts USING (snils)
    ORDER BY p.snils
"""
KNOWN_NAMES = """
    INSERT INTO registers_known_name (person_id, sort_key, birth_date)
    SELECT id, sort_key, birth_date FROM registers_person WHERE birth_date IS NOT NULL ORDER BY snils
    ON CONFLICT DO NOTHING
"""
CARDS = (PEOPLE, KNOWN_NAMES)


def facts(
    kind: str,
    rows: str,
    value: str,
    *,
    since: str,
    where: str = "true",
    until: str = "NULL::date",
    subject: str = "p.snils",
    related: str = "",
    thing: str = "'baseline'",
) -> str:
    """INSERT of one fact per row; every argument is SQL over `rows`."""
    object_id = person(related) if related else "NULL::uuid"
    return f"""
        INSERT INTO registers_fact
            (id, kind, subject_id, object_id, thing, valid_from, valid_to, value, source, document_id, known_on,
            annulled)
        SELECT md5(%(key)s || '/baseline/' || {kind} || '/' || {subject} || '/' || {thing})::uuid,
            {kind}, {person(subject)}, {object_id}, {thing}, {since}, {until}, {value},
            %(source)s, %(document_id)s, %(on)s, false
        FROM {rows} WHERE {where} ORDER BY {subject}, {thing} || ''
    """


PERSONS, TIES, AWARDS = "baseline_persons p", "baseline_ties p", "baseline_awards p"
SPOUSE_VALUE = "jsonb_build_object('act', p.act)"
BORN = "coalesce(p.birth_date, %(as_of)s)"
# The snapshot names no period and no level: its only measure given once is the certificate, "ru-" is federal.
AWARD_VALUE = """jsonb_build_object('measure', p.measure, 'amount_kopecks', p.amount_kopecks, 'decision', NULL,
    'period', CASE p.measure WHEN 'ru-maternity-capital' THEN 'once' ELSE 'month' END,
    'level', CASE left(p.measure, 3) WHEN 'ru-' THEN 'federal' ELSE 'region' END, 'steps', '{}'::jsonb)"""

FACTS = (
    facts(
        "'person.name'", PERSONS, since=BORN,
        value="jsonb_build_object('surname', coalesce(p.surname, ''), 'forename', coalesce(p.forename, ''),"
        " 'patronymic', p.patronymic)",
    ),
    facts(
        "'person.birth'", f"{PERSONS} JOIN registers_person card USING (snils)", since=BORN, subject="p.snils",
        value="jsonb_build_object('date', p.birth_date, 'place', NULL, 'act', card.birth_act)",
        where="p.birth_date IS NOT NULL",
    ),
    facts(
        "'person.sex'", PERSONS, since=BORN, value="jsonb_build_object('sex', p.sex)", where="p.sex IS NOT NULL"
    ),
    facts(
        "'person.citizenship'", PERSONS, since=BORN, where="p.citizenship IS NOT NULL",
        value="jsonb_build_object('oksm', p.citizenship, 'by_birth', false)",
    ),
    facts(
        "'person.document'", PERSONS, since=f"coalesce(p.document_date, {BORN})", where="p.document_number IS NOT NULL",
        value="jsonb_build_object('code', p.document_code, 'series_number', p.document_number,"
        " 'issued_on', p.document_date, 'issuer', p.document_issuer)",
    ),
    facts(
        "'person.residence'", PERSONS, since="%(as_of)s", where="p.region IS NOT NULL",
        value="jsonb_build_object('region', p.region, 'oktmo', p.oktmo, 'address', p.address, 'permanent', true)",
    ),
    facts(
        "'person.contact'", PERSONS, since="%(as_of)s", where="p.email IS NOT NULL",
        value="jsonb_build_object('email', p.email, 'phone', NULL)",
    ),
    facts(
        "'person.account'", PERSONS, since="%(as_of)s", where="p.account IS NOT NULL",
        value="jsonb_build_object('bik', p.bik, 'account', p.account, 'holder', NULL)",
    ),
    facts(
        "'family.parent'", TIES, since="p.valid_from", until="p.valid_to", where="p.kind = 'parent'",
        related="p.other_snils", thing="coalesce(p.act, 'baseline') || '/' || p.role",
        value="jsonb_build_object('role', p.role, 'act', p.act, 'order', p.\"order\")",
    ),
    facts(
        "'family.marriage'", TIES, since="p.valid_from", until="p.valid_to", where="p.kind = 'spouse'",
        related="p.other_snils", thing="coalesce(p.act, 'baseline')", value=SPOUSE_VALUE,
    ),
    facts(
        "'family.marriage'", TIES, since="p.valid_from", until="p.valid_to", where="p.kind = 'spouse'",
        subject="p.other_snils", related="p.snils", thing="coalesce(p.act, 'baseline')", value=SPOUSE_VALUE,
    ),
    facts(
        "p.kind", "baseline_facts p", since="p.valid_from", until="p.valid_to", value="p.value",
        thing="coalesce(p.thing, '')",
    ),
    facts(
        "'measure.assigned'", AWARDS, since="p.valid_from", until="p.valid_to", value=AWARD_VALUE, thing="p.number",
        related="p.child_snils",
    ),
)  # fmt: skip
