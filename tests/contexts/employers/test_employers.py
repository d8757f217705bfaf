"""Employers from files shaped like the open extracts; bad records are told, the others go on."""

import json
from datetime import date
from pathlib import Path

import pytest

from kazna.contexts.employers import public as employers
from kazna.contexts.employers.numbers import kpp_is_valid, ogrn_is_valid, ogrnip_is_valid
from kazna.kernel.identifiers import inn_is_valid

pytestmark = pytest.mark.django_db
SBER = {
    "ogrn": "1027700132195", "inn": "7707083893", "kpp": "773601001", "name": "ПУБЛИЧНОЕ ОБЩЕСТВО «ЁЛКА»",
    "since": "1991-06-20", "as_of": "2026-01-10", "okved": "64.19",
}  # fmt: skip


def organisation(**changed):
    told = SBER | changed
    removed = f'<СвПрекр ДатаПрекр="{told["removed"]}" Причина="Ликвидация"/>' if "removed" in told else ""
    return (
        f'<СвЮЛ ДатаВып="{told["as_of"]}" ОГРН="{told["ogrn"]}" ДатаОГРН="{told["since"]}" ИНН="{told["inn"]}"'
        f' КПП="{told["kpp"]}"><СвНаимЮЛ НаимЮЛПолн="{told["name"]}"/><СвАдрес КодРегион="77" Адрес="г. Москва"/>'
        f'<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="{told["okved"]}"/><СвОКВЭДДоп КодОКВЭД="66.1"/></СвОКВЭД>'
        f'<СвПодразд><СвФилиал КПП="780101001" Наим="Филиал" Адрес="г. Санкт-Петербург"/></СвПодразд>{removed}</СвЮЛ>'
    )


def entrepreneur():
    return (
        '<СвИП ДатаВып="2026-01-10" ОГРНИП="304500116000157" ДатаОГРНИП="2004-06-08" ИННФЛ="500100732259">'
        '<СвФЛ><ФИОРус Фамилия="Ёжикова" Имя="Анна" Отчество="Петровна"/></СвФЛ>'
        '<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="47.11"/></СвОКВЭД></СвИП>'
    )


@pytest.fixture
def load(tmp_path):
    def load(*records, text=None):
        path = tmp_path / "extract.xml"
        path.write_text(text or f"<?xml version='1.0' encoding='UTF-8'?><Файл>{''.join(records)}</Файл>", "utf-8")
        return employers.load_employers(path)

    return load


def test_numbers_follow_their_vectors():
    told = json.loads((Path(__file__).parent / "check_digit_vectors.json").read_text("utf-8"))

    checks = {"inn10": inn_is_valid, "inn12": inn_is_valid, "ogrn": ogrn_is_valid, "ogrnip": ogrnip_is_valid}
    for name, check in checks.items():
        assert all(map(check, told[name]["valid"])), name
        assert not any(map(check, told[name]["invalid"])), name
    assert kpp_is_valid("773601001") and not kpp_is_valid("77360100")


def test_an_extract_is_taken_in_once(load):
    first, again = load(organisation(), entrepreneur()), load(organisation(), entrepreneur())

    assert (first.new, first.wrong, again.new, again.same) == (2, (), 0, 2)
    found = employers.employer("7707083893").record
    assert (found.okveds, found.branches[0]["kpp"]) == (("64.19", "66.1"), "780101001")
    assert [one.ogrn for one in employers.find("ежикова")] == ["304500116000157"]
    assert [one.ogrn for one in employers.find("публичное общество елка")] == ["1027700132195"]


def test_history_keeps_the_day_whatever_the_order(load):
    load(organisation(as_of="2026-03-01", name="НОВОЕ"))
    older = load(organisation(as_of="2025-03-01", name="СТАРОЕ"))

    assert (older.older, employers.employer("1027700132195").record.name) == (1, "НОВОЕ")
    assert employers.employer("1027700132195", on=date(2025, 6, 1)).record.name == "СТАРОЕ"
    assert len(employers.history("1027700132195")) == 2


def test_a_removed_employer_is_not_registered(load):
    load(organisation(removed="2026-01-05"))

    assert not employers.employer("7707083893").is_registered_on(date(2026, 1, 5))
    assert employers.find("", registered_on=date(2026, 2, 1)) == []
    assert len(employers.find("", registered_on=date(2026, 1, 4))) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ogrn": "1027700132196"}, "ОГРН"),
        ({"inn": "7707083894"}, "ИНН"),
        ({"inn": "500100732259"}, "ИНН"),
        ({"kpp": "12"}, "КПП"),
        ({"okved": "'; DROP"}, "ОКВЭД"),
        ({"since": "32.13.2020"}, "не читается"),
        ({"removed": "1990-01-01"}, "раньше"),
        ({"name": ""}, "наименования"),
        ({"name": "Ж" * 2000}, "1000 знаков"),
    ],
)
def test_a_bad_record_is_told_and_the_rest_goes_on(load, changed, said):
    loaded = load(organisation(**changed), entrepreneur())

    (wrong,) = loaded.wrong
    assert (loaded.new, wrong.number) == (1, 1)
    assert said in "; ".join(wrong.remarks)


@pytest.mark.parametrize(
    "text",
    [
        "<Файл></Файл>",
        "не XML",
        f"<Файл>{entrepreneur()}<СвЮЛ",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><Файл><СвЮЛ ОГРН='&b;'/></Файл>",
        "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><Файл><СвЮЛ><СвНаимЮЛ НаимЮЛПолн='&c;'/></СвЮЛ></Файл>",
    ],
)
def test_a_hostile_file_is_refused(load, text):
    with pytest.raises(employers.EmployersRefused):
        load(text=text)
