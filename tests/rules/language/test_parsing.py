"""The grammar: what is read, how tightly signs bind, where it breaks."""

import pytest

from kazna.rules.language.parsing import parse
from kazna.rules.language.tokens import Mistake


def shape(text: str) -> str:
    """The tree as brackets."""

    def write(tree) -> str:
        inner = " ".join(write(child) for child in tree.children)
        label = tree.kind if tree.value is None else f"{tree.kind}:{tree.value}"
        return f"({label} {inner})" if inner else label

    return write(parse(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "(+ number:1 (* number:2 number:3))"),
        ("a.b or not c.d and e.f", "(or name:a.b (and (not name:c.d) name:e.f))"),
        ("a.b < 5 rub", "(compare:< name:a.b rub:500)"),
        ("a.b between 1 and 2 and c.d", "(and (between name:a.b number:1 number:2) name:c.d)"),
        ("a.b in {'I', 'II'}", "(in name:a.b text:I text:II)"),
        ("a.b is unknown", "(known:unknown name:a.b)"),
        ("a.b otherwise false", "(otherwise name:a.b bool:False)"),
        ("pm at 2025-01-31", "(at name:pm date:2025-01-31)"),
        ("edv[a.b] at a.c", "(at (keyed:edv name:a.b) name:a.c)"),
        ("count(member where member.x)", "(aggregate:count name:member (where name:member.x))"),
        ("max(member.x empty 0)", "(aggregate:max name:member.x (empty number:0))"),
        ("-a.b", "(- number:0 name:a.b)"),
        ("if a.b then 1 else 2", "(if name:a.b number:1 number:2)"),
    ],
)
def test_reads(text, expected):
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "position", "code"),
    [
        ("a.b == 1", 4, "foreign_sign"),
        ("a.b && c.d", 4, "foreign_sign"),
        ("a.b ≤ 1", 4, "foreign_sign"),
        ("a.b = 'I", 6, "open_quote"),
        ("1_000", 0, "bad_number"),
        ("12.5.3", 0, "bad_number"),
        ("1e999999999", 0, "bad_number"),
        ("2 + " + "9" * 5000, 4, "bad_number"),
        ("0." + "0" * 5000 + "1", 0, "bad_number"),
        ("a.b = 2025-02-30", 6, "no_such_date"),
        ("возраст < 5", 0, "unreadable"),
        ("(a.b", 4, "grammar"),
        ("a.b and", 7, "grammar"),
        ("1 < a.b < 3", 8, "chained_comparison"),
        ("if a.b then 1", 13, "grammar"),
        ("(" * 80 + "1" + ")" * 80, 60, "too_deep"),
    ],
)
def test_says_where_it_breaks(text, position, code):
    with pytest.raises(Mistake) as caught:
        parse(text)

    assert (caught.value.position, caught.value.code) == (position, code)
