"""YAML without its traps."""

from datetime import date
from decimal import Decimal

import pytest

from kazna.rules.documents.strict_yaml import Unreadable, parse_yaml
from kazna.rules.problems import Place


def read(text: str):
    return parse_yaml(text, name="файл.yaml").plain()


def test_words_of_yaml_1_1_stay_text():
    assert read("{on: 1, no: yes, off: NO}") == {"on": 1, "no": "yes", "off": "NO"}


def test_numbers_stay_exact():
    assert read("[640800.01, 007, 0x10, 1e3, 1_000, -5]") == [Decimal("640800.01"), "007", "0x10", "1e3", "1_000", -5]


def test_dates_keys_and_nulls():
    assert read("{77: 2025-01-31, a: null, b: ~, c: '2025-01-31'}") == {
        "77": date(2025, 1, 31),
        "a": None,
        "b": None,
        "c": "2025-01-31",
    }


def test_merge_lets_own_keys_win():
    assert read("a: &x {k: 1, l: 2}\nb: {<<: *x, k: 3}")["b"] == {"k": 3, "l": 2}


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("а: 1\nб: 2\nа: 3", 3, 1, "повторяется"),
        ("a: 2025-02-30", 1, 4, "Такого дня нет"),
        ("a: !!python/object:os.system x", 1, 4, "Метка"),
        ("a: &x [*x]", 1, 8, "сама в себя"),
        ("a: b: c", 1, 5, "не читается"),
        ("", 1, 1, "пуст"),
        ("? [1]\n: 2", 1, 3, "Ключ должен быть словом"),
    ],
)
def test_refuses_with_the_place(text, line, column, what):
    with pytest.raises(Unreadable) as caught:
        parse_yaml(text, name="файл.yaml")

    problem = caught.value.problem
    assert (problem.place, what in problem.what) == (Place("файл.yaml", line, column), True)


def test_a_bomb_of_anchors_is_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    with pytest.raises(Unreadable, match="Слишком много"):
        parse_yaml("\n".join(lines), name="файл.yaml")


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("when: abc + def", 6, 1, 13),
        ('when: "abc + def"', 6, 1, 14),
        ("when: >\n  abc\n  + def", 6, 3, 5),
        ("when: |\n  abc\n  + def\n", 4, 3, 3),
        ("кто: абв + где", 6, 1, 12),
    ],
)
def test_a_place_inside_a_folded_text_is_found(text, offset, line, column):
    entry = next(iter(parse_yaml(text, name="f").value.values()))

    assert entry.place_inside(offset) == Place("f", line, column)
