"""Whether the name of a local measure lets people know what it is and for whom (source document 003, 2.3.3).

The recommendations ask that a name determine the categories of recipients and the main characteristics of the
measure: what is given, to whom, how often, in which form. Each rule here is one such question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kazna.contexts.egisso.measures.search import WORD, lemmas, lemmas_of

Card = dict[str, Any]
SHORTEST, LONGEST = 20, 400
SUPPORT = frozenset({
    "пособие", "выплата", "компенсация", "доплата", "субсидия", "помощь", "пенсия", "денежный", "стипендия",
    "льгота", "освобождение", "скидка", "возмещение", "обеспечение", "предоставление", "содержание", "обслуживание",
    "услуга", "питание", "капитал", "сертификат", "проезд", "путевка", "надбавка", "вознаграждение", "оплата",
    "поддержка", "бесплатный", "субсидирование", "материальный", "снижение", "уменьшение",
})  # fmt: skip
PERIODS = {
    "01": {"единовременный", "разовый", "однократный", "единовременно"},
    "02": {"ежемесячный", "ежемесячно", "месячный"},
    "03": {"ежеквартальный", "ежеквартально", "квартальный"},
    "05": {"ежегодный", "ежегодно", "годовой"},
}
PERIOD_NAMES = {"01": "единовременно", "02": "ежемесячно", "03": "ежеквартально", "05": "ежегодно"}
MONEY = {"пособие", "выплата", "доплата", "стипендия", "субсидия", "пенсия"}
CASH = "01"
SMALL = frozenset({
    "лицо", "гражданин", "категория", "отдельный", "иной", "другой", "который", "российский", "федерация", "мера",
    "поддержка", "социальный", "получатель", "имеющий", "право",
})  # fmt: skip
ABBREVIATION = re.compile(r"\b[А-ЯЁ]{2,}\b")
KNOWN_ABBREVIATIONS = {"РФ", "СССР", "ЖКХ", "ЖКУ", "ВОВ", "ЧАЭС", "ПО", "РСФСР", "МВД"}
MIXED = re.compile(r"[а-яё][a-z]|[a-z][а-яё]", re.IGNORECASE)
ACT_ONLY = re.compile(r"^\W*(мера|выплата|пособие|помощь|льгота)?\s*(по|согласно|в соответствии с)?\s*"
                      r"(закон\w*|постановлени\w*|приказ\w*|решени\w*|указ\w*)\b.{0,80}$", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameRemark:
    """What is wrong with a name and how to mend it. `kind` is the rule's name."""

    kind: str
    message: str
    what_to_do: str


def check_name(card: Card, *, others: Sequence[str] = ()) -> list[NameRemark]:
    """Remarks to the name of a card in our words; `others`: titles of the body's measures in force at the same time."""
    title = str(card.get("title", ""))
    if not title.strip():
        return [NameRemark("empty", "Наименование не указано", "Напишите, что даётся, кому и как часто.")]
    found = [remark for rule in RULES for remark in rule(title, card)]
    plain = _plain(title)
    if any(_plain(other) == plain for other in others):
        found.append(NameRemark(
            "repeated", "У вашего органа уже есть действующая мера с таким наименованием",
            "Добавьте то, чем меры различаются: категорию, условие или форму; новая версия той же меры "
            "создаётся кнопкой «Новая версия»."))  # fmt: skip
    return found


def _length(title: str, card: Card) -> Iterator[NameRemark]:
    if len(title) < SHORTEST:
        yield NameRemark("short", f"Наименование короче {SHORTEST} знаков: по нему не понять, что это за мера",
                         "Назовите вид поддержки и категорию получателей.")  # fmt: skip
    if len(title) > LONGEST:
        yield NameRemark("long", f"Наименование длиннее {LONGEST} знаков",
                         "Условия перенесите в поле «Условия», реквизиты — в «Основания».")  # fmt: skip


def _writing(title: str, card: Card) -> Iterator[NameRemark]:
    if MIXED.search(title):
        yield NameRemark(
            "latin", "В слове смешаны русские и латинские буквы", "Наберите слово заново русскими буквами."
        )
    if title != title.strip() or "  " in title or title.rstrip().endswith((".", ",", ";")):
        yield NameRemark("spaces", "Лишние пробелы или знак в конце", "Уберите пробелы и точку в конце.")
    if title.isupper():
        yield NameRemark("capitals", "Наименование набрано прописными буквами", "Наберите его как обычное предложение.")
    strange = sorted(set(ABBREVIATION.findall(title)) - KNOWN_ABBREVIATIONS) if not title.isupper() else []
    if strange:
        yield NameRemark("abbreviation", f"Сокращения непонятны получателям: {', '.join(strange)}",
                         "Напишите слова полностью.")  # fmt: skip


def _what(title: str, card: Card) -> Iterator[NameRemark]:
    if ACT_ONLY.match(title):
        yield NameRemark("act_only", "Вместо меры назван только акт",
                         "Назовите вид поддержки и получателей; акт указывается в поле «Основания».")  # fmt: skip
    if not lemmas_of([title]) & SUPPORT:
        yield NameRemark("kind", "Из наименования не видно, что даётся",
                         "Назовите вид поддержки: пособие, выплата, компенсация, льгота, услуга…")  # fmt: skip


def _whom(title: str, card: Card) -> Iterator[NameRemark]:
    """A word of the local or the typical category has to stand in the name."""
    categories = [str(one.get("title", "")) for one in card.get("categories", ())]
    names = [str(one) for one in card.get("category_names", ())]
    wanted = lemmas_of([*categories, *names]) - SMALL - SUPPORT
    if wanted and not wanted & lemmas_of([title]):
        yield NameRemark("category", "Из наименования не видно, кому даётся мера",
                         f"Назовите получателей, например: «{next(iter([*categories, *names]))}».")  # fmt: skip


def _how_often(title: str, card: Card) -> Iterator[NameRemark]:
    said = {code for code, words in PERIODS.items() if words & _all_lemmas(title)}
    periodicity = str(card.get("periodicity", ""))
    if said and periodicity and periodicity not in said:
        told = ", ".join(PERIOD_NAMES[code] for code in sorted(said))
        yield NameRemark("periodicity", f"В наименовании сказано «{told}», а периодичность в карточке другая",
                         "Исправьте наименование или периодичность.")  # fmt: skip
    if not said and periodicity in PERIODS and card.get("form") == CASH:
        yield NameRemark("no_periodicity", "Из наименования не видно, как часто платят",
                         f"Добавьте, например: «{PERIOD_NAMES[periodicity]}».")  # fmt: skip


def _form(title: str, card: Card) -> Iterator[NameRemark]:
    if card.get("form") in ("02", "03", "04") and (said := lemmas_of([title]) & MONEY):
        yield NameRemark("form", f"Названы деньги («{sorted(said)[0]}»), а форма предоставления не денежная",
                         "Исправьте наименование или форму предоставления.")  # fmt: skip


RULES: tuple[Callable[[str, Card], Iterator[NameRemark]], ...] = (_length, _writing, _what, _whom, _how_often, _form)


def _all_lemmas(title: str) -> set[str]:
    return {lemma for word in WORD.findall(title.lower()) for lemma in lemmas(word)}


def _plain(title: str) -> str:
    return " ".join(WORD.findall(title.lower().replace("ё", "е")))
