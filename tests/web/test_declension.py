"""Names stand in the case the sentence needs; what the dictionary does not know stays as written."""

import pytest

from kazna.web.declension import accusative, dative, genitive


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Васильев Иван Ильич", "Васильева Ивана Ильича"),
        ("Смирнова Анна Сергеевна", "Смирновой Анны Сергеевны"),
        ("Ёлкин Пётр Ильич", "Ёлкина Петра Ильича"),
        ("Толстая Любовь Павловна", "Толстой Любови Павловны"),
        ("Иванов Лев Игоревич", "Иванова Льва Игоревича"),
        ("Петрова-Смирнова Мария Львовна", "Петровой-Смирновой Марии Львовны"),
        ("Абвгд Ывапр Щщщщ", "Абвгд Ывапр Щщщщ"),
        ("Одно", "Одно"),
        ("", ""),
    ],
)
def test_a_name_in_the_genitive(name, expected):
    assert genitive(name) == expected


@pytest.mark.parametrize(
    ("name", "to_whom", "whom"),
    [
        ("Васильев Иван Ильич", "Васильеву Ивану Ильичу", "Васильева Ивана Ильича"),
        ("Смирнова Анна Сергеевна", "Смирновой Анне Сергеевне", "Смирнову Анну Сергеевну"),
        ("Ёлкин Пётр Ильич", "Ёлкину Петру Ильичу", "Ёлкина Петра Ильича"),
        ("Толстая Любовь Павловна", "Толстой Любови Павловне", "Толстую Любовь Павловну"),
        ("Абвгд Ывапр Щщщщ", "Абвгд Ывапр Щщщщ", "Абвгд Ывапр Щщщщ"),
    ],
)
def test_a_name_to_whom_and_whom(name, to_whom, whom):
    assert (dative(name), accusative(name)) == (to_whom, whom)
