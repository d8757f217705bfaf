"""Parse untrusted XML: no DTD, no entities, no network, no giant trees."""

from __future__ import annotations

from lxml import etree

from kazna.contexts.integration.readers.refusals import unreadable


def parse(payload: bytes) -> etree._Element:
    """The root element. Raises Unreadable with `xml_broken` or `xml_doctype`."""
    try:
        root = etree.fromstring(payload, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as problem:
        if b"<!DOCTYPE" in payload[:4096]:
            raise unreadable("xml_doctype", "начало документа") from problem
        line, column = getattr(problem, "position", (1, 1))
        detail = _in_russian(str(problem))
        raise unreadable("xml_broken", f"строка {line}, знак {column}", detail=detail) from problem
    if root.getroottree().docinfo.doctype:
        raise unreadable("xml_doctype", "начало документа")
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


PHRASES = {
    "Premature end of data": "документ обрывается, не все элементы закрыты",
    "Opening and ending tag mismatch": "открывающий и закрывающий теги не совпадают",
    "Document is empty": "документ пуст",
    "Start tag expected": "нет начального тега",
    "Extra content at the end": "после конца документа есть лишнее содержимое",
    "end of Start Tag": "тег не закончен, документ, вероятно, обрывается",
    "expected '>'": "тег не закончен, документ, вероятно, обрывается",
    "not proper UTF-8": "кодировка не соответствует объявленной",
    "Invalid bytes": "кодировка не соответствует объявленной, или документ оборван посреди буквы",
    "AttValue": "значение атрибута не взято в кавычки",
    "Unescaped '<'": "знак «<» внутри значения",
    "invalid element name": "недопустимое имя элемента",
    "Unsupported encoding": "кодировка не поддерживается",
    "unknown encoding": "кодировка не поддерживается",
    "redefined": "атрибут указан дважды",
    "Namespace prefix": "префикс пространства имён не объявлен",
    "attributes construct error": "ошибка в записи атрибутов",
    "Excessive depth": "слишком глубокая вложенность элементов",
    "PCDATA invalid Char": "недопустимый управляющий символ",
    "EntityRef": "неизвестная сущность",
    "Entity": "неизвестная сущность",
}


def _in_russian(message: str) -> str:
    return next(
        (russian for english, russian in PHRASES.items() if english.lower() in message.lower()),
        "нарушен синтаксис",
    )
