"""Two editions, or two days of one, in words."""

from datetime import date

from kazna.rules import load_library
from kazna.rules.compare import differences

BEFORE, AFTER = date(2024, 6, 1), date(2025, 6, 1)


def compared(write_law, *changes):
    library = load_library(write_law())
    first = library.measures["ru-example"][0]
    path = write_law() / "measures/ru-example/2024-01-01.yaml"
    text = path.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    second = load_library(write_law(measure=text)).measures["ru-example"][0]
    return [one.sentence.replace("\N{NO-BREAK SPACE}", " ") for one in differences(first, second, on=(BEFORE, AFTER))]


def test_a_figure_changes_with_the_day(write_law):
    assert compared(write_law) == ["Изменено — «Базовая сумма»: было 1 000,00 ₽; стало 1 100,50 ₽."]


def test_a_changed_condition_is_said_both_ways(write_law):
    (condition, _) = compared(write_law, ("< 17", "< 18"))

    assert condition == (
        "Изменено — условие «age»: было Ребёнку нет 17 лет (полных лет от «дата рождения ребёнка» на «дата заявления» "
        "меньше 17 — 1-ФЗ, статья 9); стало Ребёнку нет 17 лет (полных лет от «дата рождения ребёнка» на "
        "«дата заявления» меньше 18 — 1-ФЗ, статья 9)."
    )


def test_conditions_come_and_go(write_law):
    line = "  - {id: citizen, title: Заявитель — гражданин, when: applicant.citizen, law: fz1}\n"
    other = line.replace("citizen, title: Заявитель — гражданин", "home, title: Живёт здесь").replace(
        "applicant.citizen", "applicant.resident"
    )

    sentences = compared(write_law, (line, other))

    assert any(one.startswith("Убрано — условие «citizen»") for one in sentences)
    assert any(one.startswith("Добавлено — условие «home»") for one in sentences)


def test_amount_term_and_passport_are_compared(write_law):
    sentences = compared(
        write_law,
        ("law: fz1, value: base}", "law: fz1, value: 2 * base}"),
        ("from: month_start(application.date)", "from: application.date"),
        ("decision_days: 10", "decision_days: 5"),
    )

    assert [one.partition(":")[0] for one in sentences] == [
        "Изменено — сумма",
        "Изменено — начало срока",
        "Изменено — «Базовая сумма»",
        "Изменено — паспорт, decision_days",
    ]
