"""What we send validates by its schema and reads back as it was written."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.contexts.integration.messages import snils

from kazna.contexts.integration.contracts import (
    AssignmentFact,
    CreditRegister,
    IdentityDocument,
    PersonRef,
    Question,
    RegisterLine,
    Residence,
)
from kazna.contexts.integration.egisso.validate import validate_file
from kazna.contexts.integration.egisso.write_packages import NOT_SENT, write_packages
from kazna.contexts.integration.readers.schemas import schema_remarks
from kazna.contexts.integration.writers import agency_requests
from kazna.contexts.integration.writers.credit_register import SCHEMA, RegisterRefused, write_credit_register

SPACE = UUID("00000000-0000-0000-0000-00000000abcd")
MOTHER = PersonRef(
    surname="Иванова",
    forename="Анна",
    patronymic="Петровна",
    birth_date=date(1994, 1, 3),
    snils=snils(112233445),
    sex="F",
    document=IdentityDocument("21", "4507123456", date(2014, 2, 1), "ОВД «Хамовники» г. Москвы"),
    citizenship="643",
    residence=Residence("Москва", "45000000", "77"),
)
CHILD = PersonRef("Иванова", "Мария", None, date(2026, 2, 1), snils(998877665), "F")


def register(lines: tuple[RegisterLine, ...]) -> CreditRegister:
    return CreditRegister(
        register_id=uuid5(SPACE, "register"),
        number="17",
        register_date=date(2026, 2, 3),
        formed_on=date(2026, 2, 3),
        contract_number="1-77",
        contract_date=date(2024, 11, 1),
        payer_name="Отделение Социального фонда",
        payer_inn="7703363868",
        payer_account="40817810500000000001",
        payer_bik="044525225",
        bank_branch="9038",
        lines=lines,
    )


def line(number: int, amount_kopecks: int = 100) -> RegisterLine:
    return RegisterLine(number, "Иванова", "Анна", None, "40817810000000000001", amount_kopecks)


def payer_is_valid() -> CreditRegister:
    """A register with the payer's account fixed to carry the right key."""
    from kazna.kernel.identifiers import account_is_valid

    sample = register((line(1),))
    for key in range(10):
        account = f"40817810{key}00000000001"
        if account_is_valid(sample.payer_bik, account):
            return replace(sample, payer_account=account)
    raise AssertionError("no key fits")


names = st.text("АБВГДЕЖЗабвгдежз-", min_size=1, max_size=20)
lines = st.lists(
    st.builds(
        RegisterLine,
        number=st.just(0),
        surname=names,
        forename=names,
        patronymic=st.none() | names,
        account=st.text("0123456789", min_size=20, max_size=20),
        amount_kopecks=st.integers(1, 10**12),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(lines)
def test_a_credit_register_reads_back_as_written(drawn):
    numbered = tuple(replace(one, number=number) for number, one in enumerate(drawn, 1))
    written = replace(payer_is_valid(), lines=numbered)

    root = etree.fromstring(write_credit_register(written))

    assert schema_remarks(root, SCHEMA) == ()
    read = [
        (
            one.get("Нпп"),
            one.findtext("{*}Фамилия"),
            one.findtext("{*}Отчество"),
            one.findtext("{*}ЛицевойСчет"),
            one.findtext("{*}Сумма"),
        )
        for one in root.iter("{*}Сотрудник")
    ]
    assert read == [
        (str(x.number), x.surname, x.patronymic, x.account, f"{x.amount_kopecks // 100}.{x.amount_kopecks % 100:02d}")
        for x in numbered
    ]
    total = written.total_kopecks
    assert root.findtext(".//{*}СуммаИтого") == f"{total // 100}.{total % 100:02d}"


@pytest.mark.parametrize(
    "spoil",
    [{"lines": ()}, {"lines": (line(2),)}, {"lines": (line(1, 0),)}, {"payer_account": "4" * 20}],
    ids=["no lines", "gap in numbers", "zero sum", "wrong account"],
)
def test_a_register_the_bank_would_return_is_not_written(spoil):
    with pytest.raises(RegisterRefused):
        write_credit_register(replace(payer_is_valid(), **spoil))


def test_questions_validate_by_their_schemas():
    request_id = uuid5(SPACE, "question")
    income = Question("fns", uuid5(SPACE, "mother"), MOTHER, "2025", date(2026, 2, 5))
    unemployment = Question("szn", uuid5(SPACE, "mother"), MOTHER, "2026-02-05", date(2026, 2, 5))

    asked = etree.fromstring(agency_requests.income_request(request_id, income))
    looked_up = etree.fromstring(agency_requests.unemployment_request(request_id, unemployment))

    assert schema_remarks(asked, agency_requests.INCOME_SCHEMA) == ()
    assert schema_remarks(looked_up, agency_requests.UNEMPLOYMENT_SCHEMA) == ()
    assert (asked.get("ИдЗапрос"), asked.get("ОтчетГод")) == (str(request_id), "2025")


def test_a_question_without_the_needed_particulars_is_refused():
    question = Question("fns", uuid5(SPACE, "x"), replace(MOTHER, document=None), "2025", date(2026, 2, 5))

    with pytest.raises(agency_requests.QuestionIncomplete, match="документ"):
        agency_requests.income_request(uuid5(SPACE, "question"), question)


def fact(number: int, **changes: object) -> AssignmentFact:
    return replace(
        AssignmentFact(
            award_id=uuid5(SPACE, str(number)),
            recipient=MOTHER,
            grounds=(CHILD,),
            body="sfr-77",
            measure_id=uuid5(SPACE, "measure"),
            category_id=uuid5(SPACE, "category"),
            decided_on=date(2026, 2, 5),
            first_day=date(2026, 2, 1),
            last_day=None,
            amount_kopecks=2694171,
        ),
        **changes,
    )


FORMS = [
    {},
    {"last_day": date(2027, 1, 31), "uses_need": True},
    {"form": "in_kind", "quantity": 2, "content": "Набор школьника"},
    {"form": "service", "unit_code": "876"},
    {"grounds": (), "body": "ABCD.123456"},
    {"recipient": replace(MOTHER, document=IdentityDocument("03", "VIIМЮ123456", date(2014, 2, 1), "ЗАГС"))},
    {"recipient": replace(MOTHER, document=IdentityDocument("21", "странный", date(2014, 2, 1), "ЗАГС"))},
]


@pytest.mark.parametrize("changes", FORMS, ids=range(len(FORMS)))
def test_every_form_of_provision_validates(tmp_path: Path, changes):
    (path,) = write_packages([fact(1, **changes)], tmp_path)

    assert validate_file(path) == []


def test_packages_hold_a_thousand_and_equal_facts_give_equal_bytes(tmp_path: Path):
    first = write_packages((fact(n) for n in range(2001)), tmp_path / "a")
    again = write_packages((fact(n) for n in range(2001)), tmp_path / "b")

    assert [path.name for path in first] == [f"10.06.S-1.1.0-0000{n}.xml" for n in (1, 2, 3)]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert [etree.parse(path).getroot().xpath("count(.//*[local-name()='fact'])") for path in first] == [1000, 1000, 1]


def test_a_fact_that_cannot_be_sent_is_listed_and_does_not_hold_the_others(tmp_path: Path):
    newborn = replace(CHILD, snils=None)
    latin = replace(MOTHER, surname="Ivanova")

    (path,) = write_packages([fact(1), fact(2, grounds=(newborn,)), fact(3, recipient=latin)], tmp_path)

    assert validate_file(path) == []
    text = (tmp_path / NOT_SENT).read_text("utf-8")
    assert str(fact(2).award_id) in text and "СНИЛС" in text and str(fact(3).award_id) in text


def test_a_spoiled_package_is_told_what_is_wrong(tmp_path: Path):
    (path,) = write_packages([fact(1), fact(2)], tmp_path)
    good = path.read_text("utf-8")
    spoiled = {
        "schema": good.replace("<af:amount>26941.71", "<af:amount>много", 1),
        "snils_wrong": good.replace(MOTHER.snils, "11223344599"),
        "fact_repeated": good.replace(str(fact(2).award_id), str(fact(1).award_id)),
        "xml_broken": good[:-20],
        "unknown_format": "<a/>",
    }
    for code, text in spoiled.items():
        path.write_text(text, "utf-8")
        assert {remark.code for remark in validate_file(path)} == {code}
