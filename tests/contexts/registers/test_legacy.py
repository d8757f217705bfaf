"""A legacy register is taken over by a mapping: judged row by row, approved by a second person, reconciled."""

import csv
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from tests.contexts.registers.family import ON, snils

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.legacy import runs as legacy_runs
from kazna.contexts.registers.models import Fact, Person
from kazna.kernel.places import FORMATS
from kazna.plumbing import clock

pytestmark = pytest.mark.django_db
legacy = registers.legacy
EXAMPLE = FORMATS / "legacy" / "example_mapping.yaml"
COLUMNS = (
    "Номер дела", "СНИЛС", "Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "Адрес", "Паспорт", "СНИЛС ребёнка",
    "Фамилия ребёнка", "Имя ребёнка", "Ребёнок родился", "Назначено с", "Назначено до", "Код меры", "Сумма",
)  # fmt: skip


@pytest.fixture(autouse=True)
def platform(db):
    clock.set_day(ON)
    registers.load_kinds()


def line(number, **changed):
    told = {
        "Номер дела": f"Д-{number}", "СНИЛС": snils(910000000 + number), "Фамилия": "ПЕТРОВА", "Имя": "Анна",
        "Отчество": "Ивановна", "Дата рождения": "05.03.1960", "Пол": "ж", "Адрес": "г. Москва, ул. Новая, д. 2",
        "Паспорт": f"4510 {number:06d}", "СНИЛС ребёнка": "", "Фамилия ребёнка": "", "Имя ребёнка": "",
        "Ребёнок родился": "", "Назначено с": "01.01.2020", "Назначено до": "", "Код меры": "12",
        "Сумма": "1 234,56", **changed,
    }  # fmt: skip
    return [told[name] for name in COLUMNS]


@pytest.fixture
def write(tmp_path):
    def write(*lines, name="old.csv", encoding="utf-8"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as text:
            csv.writer(text, delimiter=";").writerows([COLUMNS, *lines])
        return path

    return write


def mapping(text=None):
    return legacy.mapping(text.encode() if text else EXAMPLE.read_bytes(), "mapping.yaml")


def checked(path):
    return legacy.check(path, mapping(), by="lvov", on=ON, progress=lambda stage, done: None)


def loaded(run):
    legacy.approve(run.id, by="petrova", now=run.started_at)
    return legacy.load(run.id, on=ON, progress=lambda stage, done: None)


def why(run):
    return {row[1]: (row[2], row[4]) for row in legacy_runs.report_rows(run.id)}


def test_a_register_comes_in_and_agrees_to_the_kopeck(write):
    child = {"СНИЛС ребёнка": snils(920000001), "Фамилия ребёнка": "Петров", "Имя ребёнка": "Лев",
             "Ребёнок родился": "02.02.2022"}  # fmt: skip
    run = checked(write(line(1, **child), line(2, **{"Код меры": "15"})))

    before = Person.objects.count(), Fact.objects.count()
    assert before == (0, 0)
    found = loaded(run)

    assert found.agrees and found.loaded_rows == 2
    assert found.found_kopecks == 2 * 123456
    mother = registers.person_by_snils(snils(910000001))
    assert (mother.surname, mother.birth_date, mother.territory) == ("Петрова", date(1960, 3, 5), "77")
    assert len(registers.wards_of(mother.person_id, ON)) == 1
    kinds = {fact.kind for fact in registers.facts_of([registers.person_by_snils(snils(910000002)).person_id])}
    assert {"measure.assigned", "status.labour_veteran", "person.document"} <= kinds


def test_a_second_load_changes_nothing(write):
    path = write(line(1), line(2))
    run = checked(path)
    loaded(run)
    count = Fact.objects.count()

    legacy.load(run.id, on=ON, progress=lambda stage, done: None)
    again = checked(write(line(1), line(2), line(3), name="newer.csv"))

    assert Fact.objects.count() == count
    assert [verdict for verdict, _ in why(again).values()] == ["уже в реестре", "уже в реестре", "принята"]


def test_who_checked_does_not_approve(write):
    run = checked(write(line(1)))

    with pytest.raises(legacy.RunNotReady, match="второй человек"):
        legacy.approve(run.id, by="lvov", now=run.started_at)
    with pytest.raises(legacy.RunNotReady, match="не утвердил"):
        legacy.load(run.id, on=ON, progress=lambda stage, done: None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"СНИЛС": "112-233-445 96"}, "контрольного числа"),
        ({"Дата рождения": "30.02.1960"}, "нет в календаре"),
        ({"Дата рождения": "1960-03-05"}, "не вида 05.03.2026"),
        ({"Сумма": "много"}, "не вида 12 513,75"),
        ({"Сумма": "=1+1"}, "формула"),
        ({"Код меры": "99"}, "нет в карте"),
        ({"Фамилия": "<script>"}, "знаки"),
        ({"Фамилия": ""}, "пусто"),
        ({"Назначено до": "01.01.2019"}, "конец раньше начала"),
        ({"Номер дела": ""}, "пусто"),
        (
            {"Фамилия ребёнка": "Петров", "Имя ребёнка": "Лев", "Ребёнок родился": "01.01.1950"},
            "родитель не старше ребёнка",
        ),
        ({"Фамилия ребёнка": "Петров", "Имя ребёнка": ""}, "нет фамилии или имени"),
        ({"Адрес": "ы" * 5000}, "длиннее"),
        ({"Адрес": "ы" * 200_000}, "не читается"),
    ],
)
def test_a_bad_row_is_told_and_the_others_come_in(write, changed, said):
    run = checked(write(line(1, **changed), line(2)))

    told = list(legacy_runs.report_rows(run.id))
    assert [row[2] for row in told] == ["отклонена", "принята"]
    assert said in told[0][4]
    assert loaded(run).loaded_rows == 1


def test_repeats_and_conflicts_wait(write):
    loaded(checked(write(line(1), line(2))))

    run = checked(
        write(
            line(1, **{"Дата рождения": "05.03.1961", "Номер дела": "Д-7"}),
            line(8), line(8),
            line(9, **{"СНИЛС": "", "Паспорт": "4510 000002", "Номер дела": "Д-9"}),
            line(10, **{"СНИЛС": "", "Паспорт": "4599 111111", "Номер дела": "Д-10"}),
            line(11), line(12, **{"СНИЛС": snils(910000011), "Дата рождения": "01.01.1950"}),
            name="second.csv",
        )
    )  # fmt: skip

    told = [(row[2], row[4]) for row in legacy_runs.report_rows(run.id)]
    assert told[0][0] == "расхождение" and "05.03.1960" in told[0][1]
    assert [told[1][0], told[2][0]] == ["принята", "повтор в файле"]
    assert told[3][0] == "принята"
    assert told[4][0] == "расхождение" and "похож" in told[4][1]
    assert told[5][0] == told[6][0] == "расхождение"


def test_cp1251_is_found_out_and_a_wrong_claim_is_told(write):
    assert why(checked(write(line(1), encoding="cp1251")))["Д-1"][0] == "принята"

    strict = EXAMPLE.read_text("utf-8").replace("encoding: auto", "encoding: utf-8")
    with pytest.raises(legacy.SourceRefused, match="windows-1251"):
        legacy.preview(write(line(1), encoding="cp1251"), mapping(strict), 1)


def test_a_killed_check_and_load_go_on(write, monkeypatch):
    path = write(*[line(number) for number in range(1, 8)])
    monkeypatch.setattr("kazna.contexts.registers.legacy.check.PAGE", 2)
    monkeypatch.setattr("kazna.contexts.registers.legacy.runs.PAGE", 2)

    class Killed(BaseException):
        pass

    def die(stage, done):
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        legacy.check(path, mapping(), by="lvov", on=ON, progress=die)
    run = checked(path)
    assert len(why(run)) == 7
    legacy.approve(run.id, by="petrova", now=run.started_at)
    with pytest.raises(Killed):
        legacy.load(run.id, on=ON, progress=die)
    found = legacy.load(run.id, on=ON, progress=lambda stage, done: None)
    assert (found.loaded_rows, found.agrees, Person.objects.count()) == (7, True, 7)


def test_a_sheet_is_read_and_its_formulas_are_not_believed(tmp_path):
    book = Workbook()
    for row in (COLUMNS, line(1), line(2, **{"Сумма": "=SUM(A1:A2)"})):
        book.active.append(row)
    book.save(path := tmp_path / "old.xlsx")

    run = checked(path)

    assert {key: verdict for key, (verdict, _) in why(run).items()} == {"Д-1": "принята", "Д-2": "отклонена"}
    for name in ("report.csv", "report.xlsx"):
        assert legacy.write_report(run.id, tmp_path / name) == 2


def test_reports_hold_no_formulas(write, tmp_path):
    run = checked(write(line(1, **{"Номер дела": "=cmd|' /C calc'!A0"})))
    legacy.write_report(run.id, tmp_path / "report.csv")

    assert "'=cmd" in (tmp_path / "report.csv").read_text("utf-8-sig")


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"\0" * 60_000_000)
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: bomb(folder / "a.xlsx"), "слишком много"),
        (lambda folder: _bytes(folder / "a.xlsx", b"PK\3\4junk"), "не XLSX"),
        (lambda folder: _bytes(folder / "a.csv", "Фамилия;Имя\n".encode("utf-16")), "UTF-16"),
        (lambda folder: _bytes(folder / "a.csv", b""), "нет названий"),
        (lambda folder: _bytes(folder / "a.csv", "а;а\n".encode()), "дважды"),
        (lambda folder: _bytes(folder / "a.csv", "Фамилия;Имя\n".encode()), "нет столбцов"),
    ],
)
def test_a_hostile_file_is_refused(tmp_path, make, said):
    with pytest.raises(legacy.SourceRefused, match=said):
        checked(make(tmp_path))


def _bytes(path, content):
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "не YAML"),
        ("format: own_legacy/2", "own_legacy"),
        (EXAMPLE.read_text("utf-8").replace("transform: snils", "transform: eval"), "person"),
        (EXAMPLE.read_text("utf-8").replace("measure.assigned", "no.such"), "no.such"),
    ],
)
def test_a_wrong_mapping_is_explained(text, said):
    with pytest.raises(legacy.MappingRefused, match=said):
        mapping(text)
