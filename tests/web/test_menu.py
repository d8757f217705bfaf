"""The menu marks the section a page belongs to, whatever its address says."""

import pytest

from kazna.plumbing.access import Viewer
from kazna.web.menu import menu_of


@pytest.mark.parametrize(
    ("role", "path", "expected"),
    [
        ("citizen", "/my/", "Главная"),
        ("citizen", "/my/debts/", "Выплаты"),
        ("citizen", "/my/looks/", "Мои данные"),
        ("citizen", "/my/acting/", "Семья"),
        ("officer", "/work/needy/", "Люди"),
        ("officer", "/work/alarms/", "Монитор"),
        ("officer", "/work/money/heirs/", "Деньги"),
        ("officer", "/", None),
    ],
)
def test_the_section_of_a_page(role, path, expected):
    items = [item for group in menu_of(Viewer(role, "somebody"), path) for item in group.items]
    assert [item.title for item in items if item.is_here] == ([expected] if expected else [])
