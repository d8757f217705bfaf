"""Editions of classifiers: which is in force, what a load refuses, what a later edition changes."""

from datetime import date

import pytest

from kazna.contexts.reference import editions as shelf
from kazna.contexts.reference import public as reference

HEAD = "code,name,months\n"


@pytest.fixture(autouse=True)
def loaded_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "LOADED", tmp_path / "loaded")
    return tmp_path / "loaded"


@pytest.fixture
def file(tmp_path):
    def written(text, name="periodicity_2027-01-01.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def test_every_classifier_of_the_catalogue_has_an_edition():
    assert all(reference.classifier_editions(kind=one.kind) for one in reference.classifiers_list())


def test_shipped_files_would_pass_their_own_checks(tmp_path, monkeypatch):
    for one in reference.classifiers_list():
        (edition,) = reference.classifier_editions(kind=one.kind)

        assert not reference.load_edition(path=edition.path, kind=one.kind, start=edition.start).is_new


def test_a_loaded_edition_is_in_force_from_its_day(file):
    loaded = reference.load_edition(path=file(HEAD + "own_01,Единовременно,\n"))

    assert loaded.is_new
    before = reference.edition_in_force(kind="periodicity", on=date(2026, 12, 31))
    after = reference.edition_in_force(kind="periodicity", on=date(2027, 1, 1))
    assert (len(reference.classifier_rows(edition=before)), len(reference.classifier_rows(edition=after))) == (7, 1)


def test_a_repeated_load_changes_nothing(file):
    reference.load_edition(path=file(HEAD + "own_01,Единовременно,\n"))

    assert not reference.load_edition(path=file(HEAD + "own_01,Единовременно,\n")).is_new


def test_another_content_for_the_same_day_is_refused(file):
    reference.load_edition(path=file(HEAD + "own_01,Единовременно,\n"))

    with pytest.raises(reference.EditionRefused, match="уже есть с другим содержанием"):
        reference.load_edition(path=file(HEAD + "own_01,Раз,\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "01,Раз,\n", "без own_"),
        (HEAD + "own_01,Раз,\nown_01,Два,\n", "строка 3: код «own_01» уже стоит в строке 2"),
        (HEAD + "own_01,,\n", "строка 2: пустой код или название"),
        (HEAD + "own_01,Раз\n", "строка 2: не то число столбцов"),
        (HEAD + "own_01,Раз,1,2\n", "строка 2: не то число столбцов"),
        ("code,name\nown_01,Раз\n", "нет столбцов: months"),
        (HEAD, "нет ни одной строки"),
        (b"", "нет столбцов"),
        ("код".encode("cp1251"), "не UTF-8"),
        (HEAD + "own_01,\0,\n", "нулевой байт"),
        (HEAD + 'own_01,"Раз,\n', "не читается"),
    ],
)
def test_a_bad_file_is_refused_with_its_mistakes(file, loaded_folder, text, told):
    with pytest.raises(reference.EditionRefused) as refusal:
        reference.load_edition(path=file(text))

    assert told in str(refusal.value)
    assert not loaded_folder.exists()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("own_1,own_9,Бюджет\n", "вышестоящего кода «own_9» нет"),
        ("own_1,own_2,Бюджет\nown_2,own_1,Фонд\n", "выше самого себя"),
    ],
)
def test_a_broken_tree_is_refused(file, rows, told):
    with pytest.raises(reference.EditionRefused, match=told):
        reference.load_edition(path=file("code,parent,name\n" + rows, "funding_sources_2027-01-01.csv"))


@pytest.mark.parametrize("name", ["periodicity.csv", "periodicity_2027-13-01.csv", "../x_2027-01-01.csv.exe"])
def test_a_name_that_says_nothing_needs_kind_and_day(file, name):
    path = file(HEAD + "own_01,Раз,\n", name.replace("/", "_"))

    with pytest.raises(reference.EditionRefused, match="имя файла"):
        reference.load_edition(path=path)
    assert reference.load_edition(path=path, kind="periodicity", start=date(2027, 1, 1)).is_new


def test_an_unknown_kind_names_those_there_are(file):
    with pytest.raises(reference.NoClassifier, match="Есть: regions, oksm"):
        reference.load_edition(path=file(HEAD, "kladr_2027-01-01.csv"))


def test_editions_are_compared_by_code(file):
    text = HEAD + "own_01,Один раз,\nown_02,Ежемесячно,1\nown_09,Раз в три года,36\n"
    after = reference.load_edition(path=file(text)).edition
    before = reference.edition_in_force(kind="periodicity", on=date(2026, 6, 1))

    found = reference.compare_editions(before=before, after=after)

    assert [row["code"] for row in found.added] == ["own_09"]
    assert [row["code"] for row in found.removed] == ["own_03", "own_04", "own_05", "own_06", "own_07"]
    assert [(old["name"], new["name"]) for old, new in found.changed] == [("Единовременно", "Один раз")]


def test_a_later_calendar_adds_its_years(file):
    day = date(2028, 1, 3)
    with pytest.raises(reference.CalendarUnknown):
        reference.is_working_day(day)

    reference.load_edition(path=file("date,kind\n2028-01-03,holiday_weekday\n", "production_calendar_2028.csv"))

    assert not reference.is_working_day(day)
    assert reference.is_working_day(date(2028, 1, 10))
    assert not reference.is_working_day(date(2026, 1, 1))


def test_before_the_first_edition_nothing_is_guessed():
    with pytest.raises(reference.NoEditionThen, match="Первая действует с 2023-12-01"):
        reference.edition_in_force(kind="okved2", on=date(2020, 1, 1))


@pytest.mark.parametrize("code", ["04452522", "0445252251", "=1+1", "ABCDEFGHI"])
def test_a_code_of_another_shape_is_refused(file, code):
    text = f"bic,name,correspondent_account\n{code},Банк,30101810400000000225\n"

    with pytest.raises(reference.EditionRefused, match="не по образцу"):
        reference.load_edition(path=file(text, "banks_2027-01-01.csv"))
