"""A register for the post: who is brought how much, where and on which day. Format own_postal_delivery/1."""

from __future__ import annotations

from lxml import etree

from kazna.contexts.payments import models
from kazna.contexts.payments.payers import payer_of

NAMESPACE = "urn://kazna/own_postal_delivery/1"


def write_postal_register(register: models.Register) -> bytes:
    """Bytes that follow from the register's lines alone; sums in kopecks, days as 2026-03-05."""
    payer = payer_of(register.body)
    root = etree.Element(
        "ВедомостьДоставки", nsmap={None: NAMESPACE}, Номер=register.number, Дата=register.date.isoformat(),
        Плательщик=payer.name, ИНН=payer.inn, Почтамт=register.bik.removeprefix("post-"),
    )  # fmt: skip
    lines = register.lines.order_by("number")
    for line in lines:
        row = etree.SubElement(
            root, "Доставка", Нпп=str(line.number), День=line.delivery_on.isoformat(), Индекс=line.account,
            Копеек=str(line.amount_kopecks),
        )  # fmt: skip
        names = [line.surname, line.forename, line.patronymic]
        etree.SubElement(row, "Получатель").text = " ".join(filter(None, names))
        etree.SubElement(row, "Адрес").text = line.address
    etree.SubElement(root, "Итого", Строк=str(register.lines_count), Копеек=str(register.total_kopecks))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
