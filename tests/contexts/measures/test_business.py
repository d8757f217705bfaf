"""Income of one's own business: who waits for an answer, what of a year falls on a month, the same for everybody."""

import random
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.columns.asking import Wanted, columns
from kazna.contexts.measures.columns.store import set_window, store_of
from kazna.contexts.measures.columns.typed import told
from kazna.contexts.measures.derivations import Asked, NotKnown, derivations
from kazna.contexts.registers.contracts import Fact
from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.evaluate.series import Series, series_of

ON = date(2026, 6, 16)  # the window: May 2025 to April 2026
WIFE, HUSBAND = UUID(int=1), UUID(int=2)
DECLARED, MONTHLY = "income.entrepreneur", "income.self_employed"
ENTREPRENEUR, PAYER = "tax.entrepreneur", "tax.self_employed"


@pytest.fixture(scope="module")
def library():
    return load_library(LAW)


class Told:
    """Facts about the husband, one after another."""

    def __init__(self):
        self.facts = []

    def say(self, kind, value, since, until=None, known_on=ON, who=HUSBAND):
        n = len(self.facts) + 1
        fact = Fact(UUID(int=1000 + n), n, kind, who, None, "", since, until, value, "fns", None, known_on,
                    datetime(2026, 6, 1, tzinfo=UTC))  # fmt: skip
        self.facts.append(fact)
        return self

    def declared(self, year, kopecks, known_on=ON):
        return self.say(DECLARED, {"year": year, "kopecks": kopecks, "months": {}}, date(year, 1, 1), known_on=known_on)

    def monthly(self, year, known_on=ON, registered=True, **months):
        told = {key.strip("m"): kopecks for key, kopecks in months.items()}
        value = {"year": year, "kopecks": sum(told.values()), "registered": registered, "months": told}
        return self.say(MONTHLY, value, date(year, 1, 1), known_on=known_on)


def derived(library, told_facts, short, on=ON):
    """What the derivation says, and what the column says, which must be the same; None for unknown."""
    spec = library.relations["member"].facts[short]
    one = _one(spec.plain, told_facts.facts, on)
    assert _everybody(spec, told_facts.facts, on) == _known(one)
    return one


def _one(plain, facts, on):
    options = plain["derive"]
    asked = Asked(Book(facts), HUSBAND, {}, plain, options, on=on, case_date=on, completeness="answer")
    try:
        found = derivations[options["name"]](asked)
    except NotKnown:
        return None
    return series_of(found) if plain["type"] == "series" else found


def _everybody(spec, facts, on):
    wife = Told().say("person.birth", {"date": "1990-01-01"}, date(1990, 1, 1), who=WIFE).facts
    husband = Told().say("person.birth", {"date": "1990-01-01"}, date(1990, 1, 1)).facts
    database = store_of([*facts, *wife, *husband])
    set_window(database, on)
    me = "(SELECT n FROM person WHERE id = ?)"
    database.execute(
        f"CREATE TABLE who AS SELECT 0 AS key, {me} AS person, ?::DATE AS day, ?::DATE AS case_day",
        [str(HUSBAND), on, on],
    )
    wanted = Wanted("who", spec.plain, spec.plain["derive"], "answer", roles={"applicant": "w.person"})
    column = told(database, columns[spec.plain["derive"]["name"]](wanted), 1, spec.type).column
    known = column.known is None or column.known[0]
    if spec.plain["type"] != "series":
        return int(column.values[0]) if known else None
    months = [int(value) if sure else None for value, sure in zip(column.values[0], known, strict=True)]
    rest = column.rest_zero if isinstance(column.rest_zero, bool) else bool(column.rest_zero[0])
    return _known(Series(column.first_month, tuple(months), rest))


def _known(one):
    """Months of a series by number, zeros left out where all others are zero."""
    if not isinstance(one, Series):
        return one
    months = enumerate(one.months, one.first)
    return one.rest_zero, {n: k for n, k in months if k is not None and (k or not one.rest_zero)}


def month(series, year, number):
    return series.amount(year * 12 + number - 1)


SHORTS = ("entrepreneur_income_12m", "npd_income_12m", "entrepreneur_income", "npd_income")


@pytest.mark.parametrize("short", SHORTS)
def test_who_was_never_registered_has_none_and_is_not_asked(library, short):
    found = derived(library, Told(), short)

    assert found == 0 if short.endswith("12m") else (month(found, 2026, 4) == 0 and month(found, 2019, 1) == 0)


@pytest.mark.parametrize(("kind", "short"), [(ENTREPRENEUR, "entrepreneur_income_12m"), (PAYER, "npd_income_12m")])
def test_only_the_registered_wait_for_an_answer(library, kind, short):
    assert derived(library, Told().say(kind, {}, date(2020, 1, 1)), short) is None
    assert derived(library, Told().say(kind, {}, date(2020, 1, 1), date(2025, 5, 1)), short) == 0
    assert derived(library, Told().say(kind, {}, date(2020, 1, 1), date(2025, 5, 2)), short) is None
    assert derived(library, Told().say(kind, {}, date(2026, 5, 1)), short) == 0


def test_an_entrepreneur_counts_with_the_tax_year_before_the_application(library):
    registered = Told().say(ENTREPRENEUR, {}, date(2020, 1, 1))

    assert derived(library, registered.declared(2024, 700_00), "entrepreneur_income_12m") is None
    assert derived(library, registered.declared(2025, 1_200_00), "entrepreneur_income_12m") == 1_200_00
    assert derived(library, registered.declared(2025, 1_300_00), "entrepreneur_income_12m") == 1_300_00


def test_a_declaration_counts_though_no_registration_is_on_record(library):
    assert derived(library, Told().declared(2025, 1_200_00), "entrepreneur_income_12m") == 1_200_00


def test_an_answer_of_a_year_that_was_not_over_is_one_of_a_part(library):
    early = Told().say(ENTREPRENEUR, {}, date(2020, 1, 1)).declared(2025, 900_00, known_on=date(2025, 12, 31))

    assert derived(library, early, "entrepreneur_income_12m") is None
    assert month(derived(library, early, "entrepreneur_income"), 2025, 5) is None


def test_a_year_declared_is_divided_by_the_months_of_registration(library):
    """44-ФЗ, article 9."""
    opened = Told().say(ENTREPRENEUR, {}, date(2025, 10, 20)).declared(2025, 100_01)

    found = derived(library, opened, "entrepreneur_income")

    assert [month(found, 2025, n) for n in (9, 10, 11, 12)] == [0, 33_33, 33_34, 33_34]
    assert month(found, 2026, 1) is None
    assert month(derived(library, Told().declared(2025, 120_00), "entrepreneur_income"), 2025, 3) == 10_00


def test_a_payer_of_npd_counts_month_by_month(library):
    payer = Told().say(PAYER, {}, date(2025, 8, 3)).monthly(2025, m08=10_00, m12=5_00)

    assert derived(library, payer, "npd_income_12m") is None
    assert derived(library, payer.monthly(2026, m01=3_00, m05=70_00), "npd_income_12m") == 18_00
    assert [month(derived(library, payer, "npd_income"), 2026, n) for n in (1, 2, 6)] == [3_00, 0, None]


def test_a_month_that_had_not_ended_by_the_answer_is_unknown(library):
    early = Told().say(PAYER, {}, date(2025, 8, 3)).monthly(2025, m08=10_00).monthly(2026, known_on=date(2026, 4, 30))

    assert derived(library, early, "npd_income_12m") is None
    assert month(derived(library, early, "npd_income"), 2026, 3) == 0


def test_without_a_registration_on_record_the_last_answer_tells_of_it(library):
    assert derived(library, Told().monthly(2025, m08=10_00), "npd_income_12m") is None
    assert derived(library, Told().monthly(2025, registered=False), "npd_income_12m") == 0
    ended = Told().say(PAYER, {}, date(2024, 1, 1), date(2026, 1, 1)).monthly(2025, m08=10_00)
    assert derived(library, ended, "npd_income_12m") == 10_00


@pytest.mark.parametrize("short", SHORTS)
def test_everybody_is_counted_as_one(library, short):
    chance = random.Random(short)
    days = [date(year, month, day) for year in (2024, 2025, 2026) for month in range(1, 13) for day in (1, 15)]
    for _ in range(20):
        facts = Told()
        for _ in range(chance.randint(0, 6)):
            since, year, known_on = chance.choice(days), chance.choice((2024, 2025, 2026)), chance.choice(days)
            match chance.randint(0, 3):
                case 0:
                    until = max(since, chance.choice(days)) if chance.random() < 0.6 else None
                    facts.say(chance.choice((ENTREPRENEUR, PAYER)), {}, since, until)
                case 1:
                    facts.declared(year, chance.choice((0, 1, 12_34_567, None)), known_on)
                case _:
                    told = {f"m{chance.randint(1, 12):02}": chance.randrange(9_000_000) for _ in range(5)}
                    facts.monthly(year, known_on, chance.random() < 0.5, **told)
        derived(library, facts, short, chance.choice(days))


def test_what_is_told_of_a_year_without_months_is_counted_by_twelfths(library):
    months = {f"{n:02}": 1_000_00 for n in range(1, 13)}
    told_of = Told().say("income.year", {"year": 2025, "months": months, "declared_kopecks": 100_00}, date(2025, 1, 1))
    told_of.say("income.year", {"year": 2026, "months": {}, "declared_kopecks": 7_00}, date(2026, 1, 1))

    assert derived(library, told_of, "income_12m") == 8 * 1_000_00 + 100_00
    found = derived(library, told_of, "income")
    assert sum(month(found, 2025, n) for n in range(1, 13)) == 12 * 1_000_00 + 100_00
    assert [month(found, 2025, n) for n in (1, 3)] == [1_008_33, 1_008_34]
    assert derived(library, told_of, "labour_income_12m") == 8 * 1_000_00
