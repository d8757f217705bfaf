"""Rules in Russian words: from the typed nodes, so that what is read is what is computed."""

import pytest
from tests.rules.expressions import node_of

from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.explain.reading import readable
from kazna.rules.explain.rendering import counted, say_rule


@pytest.fixture
def told(library):
    """What a rule says, with every fact of the example law at hand."""
    edition = library.edition("ru-example", library.measures["ru-example"][0].start)
    edition.facts = library.facts
    edition.relations = library.relations
    return lambda text: say_rule(node_of(library, text), edition).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("applicant.citizen", "заявитель — гражданин"),
        ("not applicant.citizen", "неверно, что заявитель — гражданин"),
        ("applicant.income <= 500 rub", "доход заявителя не больше 500,00 ₽"),
        ("applicant.years between 3 and 12", "стаж — от 3 до 12 включительно"),
        ("applicant.group = 'I'", "группа — первая"),
        ("applicant.group != 'none'", "группа — не нет"),
        ("applicant.group in {'I', 'II'}", "группа — одно из: первая, вторая"),
        ("age(child.birth_date, today) < 17", "полных лет от «дата рождения ребёнка» на «день решения» меньше 17"),
        ("application.date <= add_months(child.birth_date, 6)",
         "дата заявления не позже, чем (дата рождения ребёнка плюс 6 месяцев)"),
        ("child.birth_date > add_years(today, -1)", "дата рождения ребёнка позже, чем (день решения минус 1 год)"),
        ("applicant.citizen and (applicant.resident or applicant.years > 2)",
         "заявитель — гражданин и (живёт в России или стаж больше 2)"),
        ("min(applicant.share, 3) / 3", "(меньшее из: доля; 3) ÷ 3"),
        ("floor(applicant.years / 2)", "целая часть от (стаж ÷ 2)"),
        ("applicant.resident otherwise true", "живёт в России (нет сведений — считается да)"),
        ("applicant.years is known", "известно: стаж"),
        ("if applicant.citizen then 1 else 2", "если заявитель — гражданин, то 1; иначе 2"),
        ("round_half_up(base * 0.5, 100)", "(«Базовая сумма» × 0,5), округлённое до рубля"),
        ("base at today", "«Базовая сумма», на день решения"),
        ("pm['77'] > 1 rub", "«Прожиточный минимум», для 77 больше 1,00 ₽"),
        ("sum(member.income where member.student)",
         "сумма по списку «Семья» — доход за год, где учится очно"),
        ("count(member) >= 3", "(число людей списка «Семья») не меньше 3"),
        ("none(member where member.grants > 0)", "ни у кого из списка «Семья»: выплаты больше 0"),
        ("band(applicant.years + 1960, pension_age)", "по таблице «Возраст» для: стаж + 1960"),
    ],
)  # fmt: skip
def test_rules_are_said(told, rule, words):
    assert told(rule) == words


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 месяц"), (2, "2 месяца"), (5, "5 месяцев"), (11, "11 месяцев"), (21, "21 месяц")]
)
def test_months_are_counted_in_russian(number, said):
    assert counted(number, ("месяц", "месяца", "месяцев")) == said


def test_every_measure_of_the_law_can_be_read():
    """No node without words of its own, no latin name left in a sentence."""
    library = load_library(LAW)
    for editions in library.measures.values():
        for edition in editions:
            sections = dict(readable(edition))
            assert "Кому положено: все условия сразу" in sections
            for heading in ("Кому положено: все условия сразу", "Что считается по дороге", "Сколько", "На какой срок"):
                for line in sections.get(heading, ()):
                    assert "Ref(" not in line and "Window(" not in line and "None" not in line, line


def test_a_measure_is_read_with_figures_of_the_day(library):
    edition = library.measures["ru-example"][0]

    lines = dict(readable(edition, edition.start))["Числа закона"]

    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] == [
        "Базовая сумма: 1 000,00 ₽ с 01.01.2024 по 31.12.2024 (Закон)."
    ]
