"""What we send validates by its schema and reads back as it was written."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.contexts.integration.messages import snils

from kazna.contexts.integration.contracts import (
    CreditRegister,
    IdentityDocument,
    PersonRef,
    Question,
    RegisterLine,
    Residence,
)
from kazna.contexts.integration.holders import employment_service, tax_agents
from kazna.contexts.integration.holders.topic import QuestionIncomplete
from kazna.contexts.integration.readers.schemas import schema_remarks
from kazna.contexts.integration.writers.credit_register import SCHEMA, RegisterRefused, write_credit_register
from kazna.contexts.integration.writers.elements import to_bytes

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


letters = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
whole = st.text(letters | st.sampled_from("&<>\t\n\r\"'"), min_size=1)


@settings(max_examples=60, deadline=None)
@given(whole.filter(str.strip), st.none() | whole.filter(str.strip))
def test_lines_are_spelt_as_the_tree_spells_them(name, patronymic):
    odd = RegisterLine(1, name, "Имя", patronymic, name, 5)
    written = write_credit_register(replace(payer_is_valid(), lines=(odd, line(2))))

    tree = etree.fromstring(written, etree.XMLParser(remove_blank_text=True))

    assert to_bytes(tree) == written
    assert tree.findtext(".//{*}Фамилия") == name


@pytest.mark.parametrize("spoilt", ["\0", "\x1f", "\ufffe"])
def test_what_xml_may_not_hold_is_not_written(spoilt):
    with pytest.raises(ValueError, match="characters"):
        write_credit_register(replace(payer_is_valid(), lines=(RegisterLine(1, spoilt, "Имя", None, "4", 5),)))


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

    asked = etree.fromstring(tax_agents.write_question(request_id, income))
    looked_up = etree.fromstring(employment_service.write_question(request_id, unemployment))

    assert schema_remarks(asked, tax_agents.SCHEMA) == ()
    assert schema_remarks(looked_up, employment_service.SCHEMA) == ()
    assert (asked.get("ИдЗапрос"), asked.get("ОтчетГод")) == (str(request_id), "2025")


def test_a_question_without_the_needed_particulars_is_refused():
    question = Question("fns", uuid5(SPACE, "x"), replace(MOTHER, document=None), "2025", date(2026, 2, 5))

    with pytest.raises(QuestionIncomplete, match="документ"):
        tax_agents.write_question(uuid5(SPACE, "question"), question)
