"""Records made comparable: one spelling of names, one shape of numbers, keys to look each other up by."""

from __future__ import annotations

import duckdb

NAMES = ("surname", "forename", "patronymic")
LATIN, CYRILLIC = "abekmhopctxyuё", "авекмнорстхууе"
VOWELS = {"[оыюуэеёия]": "а"}


def plain_name(column: str) -> str:
    """Lower case, Cyrillic for Latin lookalikes, ё as е, no hyphens and spaces, doubled letters once."""
    lowered = f"translate(lower({column}), '{LATIN}', '{CYRILLIC}')"
    letters = f"regexp_replace({lowered}, '[^а-я]', '', 'g')"
    return f"nullif({_doubles_once(letters)}, '')"


def _doubles_once(text: str) -> str:
    for letter in "лнсмктрпжвбдзф":
        text = f"replace({text}, '{letter * 2}', '{letter}')"
    return text


def sound_of(column: str) -> str:
    """How a name sounds, roughly: vowels alike, voiced as voiceless, endings dropped."""
    text = f"regexp_replace({column}, '[оыюуэеия]', 'а', 'g')"
    text = f"translate({text}, 'бвгджзйщ', 'пфктшсаш')"
    return f"regexp_replace(regexp_replace({text}, '[ьъ]', '', 'g'), 'а+$', '')"


def prepare(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """Make the table `record` from `source` (id, snils, names, birth_date, sex, document, address)."""
    names = ", ".join(f"{plain_name(name)} AS {name}" for name in NAMES)
    connection.execute(f"""
        CREATE OR REPLACE TABLE record AS
        SELECT id AS unique_id, nullif(regexp_replace(snils, '[^0-9]', '', 'g'), '') AS snils, {names},
            try_cast(birth_date AS DATE)::VARCHAR AS birth_date, nullif(sex, '') AS sex,
            nullif(upper(regexp_replace(document, '[ №-]', '', 'g')), '') AS document, nullif(address, '') AS address
        FROM {source}
    """)
    connection.execute(f"""
        CREATE OR REPLACE TABLE record AS
        SELECT *, {sound_of("surname")} AS surname_sound, {sound_of("forename")} AS forename_sound,
            left(birth_date, 4) AS birth_year, substr(birth_date, 6) AS birth_day
        FROM record
    """)
