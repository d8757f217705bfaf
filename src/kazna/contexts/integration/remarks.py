"""Everything we may object to in a document, worded once: what is wrong, why it matters, what to do.

Codes are stable and machine-readable; the texts are shown to people. Remarks about the register
(a dead mother, a second father) are worded here too, though only the tier above can find them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

CORRECT_AND_RESEND = "Исправьте документ и пришлите его снова."
ASK_HOLDER = "Сверьте с первичным документом; если он верен, решение примет сотрудник."


@dataclass(frozen=True, slots=True)
class Remark:
    """One objection. `where` names the place in the document; a refusal keeps the document in quarantine."""

    code: str
    where: str
    what: str
    why: str
    what_to_do: str
    is_refusal: bool = True

    def plain(self) -> dict[str, Any]:
        """JSON-able form for the store and the answer to the sender."""
        return {
            "code": self.code,
            "where": self.where,
            "what": self.what,
            "why": self.why,
            "what_to_do": self.what_to_do,
            "is_refusal": self.is_refusal,
        }

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Remark:
        return cls(**plain)

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.why} {self.what_to_do}"


@dataclass(frozen=True, slots=True)
class _Wording:
    what: str
    why: str
    what_to_do: str = CORRECT_AND_RESEND
    is_refusal: bool = True


CATALOGUE: dict[str, _Wording] = {
    # the envelope: bytes, archives
    "empty": _Wording("Файл пуст.", "Читать нечего.", "Проверьте выгрузку и пришлите файл снова."),
    "too_large": _Wording(
        "Документ занимает {size} байт при пределе {limit}.",
        "Такой большой документ не читается, чтобы один отправитель не остановил приём для всех.",
        "Разделите сведения на несколько документов.",
    ),
    "zip_broken": _Wording("Архив не читается.", "Оглавление архива повреждено: {detail}.", "Соберите архив заново."),
    "zip_bomb": _Wording(
        "После распаковки архив занял бы {size} байт при предельных {limit}.",
        "Архив не распаковывался: так выглядят архивы, которые выводят приёмник из строя.",
        "Разделите архив на части.",
    ),
    "zip_ratio": _Wording(
        "Файл в архиве сжат в {ratio} раз, допустимо не более {limit}.",
        "Архив не распаковывался: так выглядят архивы, которые выводят приёмник из строя.",
        "Проверьте содержимое; обычные документы сжимаются в 10–30 раз.",
    ),
    "zip_too_many": _Wording(
        "В архиве {count} файлов при пределе {limit}.", "Столько не разбирается за один раз.", "Разделите архив."
    ),
    "zip_path": _Wording(
        "Имя файла в архиве содержит папку или ссылку.",
        "Архив документов не содержит папок; пути из архива могли бы указать на чужие файлы.",
        "Сложите документы в архив без папок.",
    ),
    "zip_locked": _Wording("Файл в архиве закрыт паролем.", "Пароль приёму не известен.", "Пришлите архив без пароля."),
    # the form
    "not_readable": _Wording(
        "Файл не является ни XML, ни JSON, ни архивом zip.",
        "Вид документа определить не удалось.",
        "Проверьте, тот ли файл отправлен.",
    ),
    "xml_broken": _Wording("XML нарушен: {detail}.", "Документ оборван или собран с ошибкой, прочесть его нельзя."),
    "xml_doctype": _Wording(
        "Документ содержит объявление DOCTYPE.",
        "Через него в документ подставляют чужие файлы (XXE); официальные форматы его не используют.",
        "Уберите DOCTYPE и сущности.",
    ),
    "json_broken": _Wording("JSON нарушен: {detail}.", "Прочесть документ нельзя."),
    "json_field": _Wording("Поле «{field}» {problem}.", "Формат требует: {expected}."),
    "unknown_format": _Wording(
        "Корень документа «{root}» приёму не знаком.",
        "Ни один из принимаемых форматов не начинается так.",
        "Проверьте вид и версию формата; принимаемые перечислены в справке приёма.",
    ),
    "wrong_sender": _Wording(
        "Сведения вида «{kind}» пришли от отправителя «{agency}».",
        "Такие сведения принимаются только от их держателя: {holder}.",
        "Отправьте документ через держателя сведений.",
    ),
    "schema": _Wording("{what}", "Официальная схема формата требует: {expected}."),
    "table_manifest": _Wording(
        "Опись архива (manifest.json) не сходится: {detail}.", "Файлы могли измениться по дороге."
    ),
    "table_columns": _Wording("В таблице не те столбцы: {found}.", "Формат требует столбцы: {expected}."),
    "table_cell": _Wording("Столбец «{column}» {problem}.", "Формат требует: {expected}."),
    # logical checks that need no register
    "snils_wrong": _Wording(
        "СНИЛС {snils} не проходит проверку контрольного числа.",
        "Две последние цифры вычисляются из девяти первых и здесь не сходятся.",
        "Сверьте СНИЛС с документом, прежде всего последние две цифры.",
    ),
    "snils_repeated": _Wording("Один и тот же СНИЛС указан у двух разных лиц.", "СНИЛС у каждого человека свой."),
    "inn_wrong": _Wording("ИНН {inn} не проходит проверку контрольных цифр.", "По нему нельзя узнать работодателя."),
    "account_wrong": _Wording(
        "Номер счёта не проходит проверку контрольного ключа банка.",
        "Деньги на такой счёт не дойдут.",
        "Сверьте БИК и двадцать цифр счёта с реквизитами из банка.",
    ),
    "date_future": _Wording("{field}: {day} — это позже дня приёма {on}.", "Событие ещё не наступило."),
    "date_missing": _Wording(
        "{field}: полная дата не указана.",
        "Без дня, месяца и года нельзя установить право и срок выплаты.",
        "Пришлите документ с полной датой; если она неизвестна, обратитесь к сотруднику.",
    ),
    "death_before_birth": _Wording("Дата смерти {died_on} раньше даты рождения {born_on}.", "Так быть не может."),
    "record_before_event": _Wording(
        "Запись составлена {recorded_on}, раньше самого события {happened_on}.", "Так быть не может."
    ),
    "event_before_birth": _Wording("{field} {happened_on} раньше рождения участника {born_on}.", "Так быть не может."),
    "period_reversed": _Wording("Срок заканчивается {end}, раньше начала {start}.", "Так быть не может."),
    "parent_younger": _Wording(
        "{parent}: дата рождения {parent_born_on} позже рождения ребёнка {born_on}.",
        "Родитель не может быть моложе ребёнка; дата, вероятно, указана с ошибкой.",
        ASK_HOLDER,
        is_refusal=False,
    ),
    "name_alphabet": _Wording(
        "{field} содержит недопустимые знаки.",
        "Имена в реестре пишутся кириллицей; похожая латинская буква сделает из человека другого.",
        "Перенаберите имя русскими буквами.",
    ),
    "name_missing": _Wording("{field}: не указаны ни фамилия, ни имя.", "Человека нельзя узнать."),
    "number_range": _Wording("{field}: {value} вне допустимого.", "Формат допускает {expected}."),
    "line_repeated": _Wording("Номер строки {number} встречается дважды.", "Строки реестра нумеруются без повторов."),
    # the same document or act again
    "same_document": _Wording(
        "Этот документ уже принят.", "Байты совпали с полученными ранее.", "Ничего делать не нужно.", False
    ),
    "same_act": _Wording(
        "Эта редакция записи акта уже учтена.",
        "Содержание совпало с полученным ранее, отличается только обёртка.",
        "Ничего делать не нужно.",
        False,
    ),
    "act_other_body": _Wording(
        "Запись акта {act} той же версии уже получена с другим содержанием.",
        "Две разные записи не могут иметь одну версию; которая верна, решит держатель реестра.",
        "Если это исправление, пришлите его следующей версией с отметкой об исправлении.",
    ),
    # what only the registers can find
    "mother_dead": _Wording(
        "Мать умерла {died_on}, раньше рождения ребёнка {born_on}.",
        "Право на выплаты по такой записи установить нельзя.",
        ASK_HOLDER,
    ),
    "father_dead_long": _Wording(
        "Отец умер {died_on}, более чем за 300 дней до рождения ребёнка {born_on}.",
        "Запись об отце вызывает сомнение.",
        ASK_HOLDER,
    ),
    "second_mother": _Wording(
        "У ребёнка уже записана другая мать.", "Материнство второй раз не записывается без исправления.", ASK_HOLDER
    ),
    "own_guardian": _Wording(
        "Человек назван опекуном самого себя.",
        "Опекун и подопечный – разные люди (ГК РФ, статьи 29 и 35).",
        ASK_HOLDER,
    ),
    "second_father": _Wording(
        "У ребёнка уже записан другой отец.",
        "Отцовство второй раз записывается только исправлением записи о рождении.",
        ASK_HOLDER,
    ),
    "already_dead": _Wording(
        "Смерть этого человека уже записана другим актом ({act}).", "Человек умирает один раз.", ASK_HOLDER
    ),
    "already_born": _Wording(
        "Рождение этого человека уже записано другим актом ({act}).", "Человек рождается один раз.", ASK_HOLDER
    ),
    "person_dead": _Wording(
        "{who}: человек умер {died_on}, а событие датировано {happened_on}.",
        "После смерти этого быть не могло.",
        ASK_HOLDER,
    ),
    "birth_date_differs": _Wording(
        "{who}: дата рождения {given} расходится с реестром ({known}).",
        "Возможно, СНИЛС принадлежит другому человеку.",
        ASK_HOLDER,
    ),
    "name_differs": _Wording(
        "{who}: имя расходится с реестром.",
        "Возможно, СНИЛС принадлежит другому человеку или перемена имени ещё не дошла.",
        ASK_HOLDER,
    ),
    "person_unknown": _Wording(
        "{who}: такого человека в реестре нет.",
        "Сведения не о ком записать.",
        "Пришлите документ с СНИЛС или дождитесь записи о рождении.",
    ),
    "kind_unknown": _Wording(
        "Сведения вида «{kind}» в заявлении не принимаются.",
        "Такое сообщает только ведомство.",
        "Уберите этот раздел из заявления и пришлите документ снова.",
    ),
    "person_ambiguous": _Wording(
        "{who}: под описание подходят {count} человек.",
        "Без СНИЛС или документа выбрать между ними нельзя.",
        "Укажите СНИЛС; до этого выбор сделает сотрудник.",
    ),
    "already_married": _Wording(
        "{who} уже состоит в браке (запись акта {act}).",
        "Второй брак не регистрируется, пока не прекращён первый.",
        ASK_HOLDER,
    ),
    "snils_other": _Wording("{who}: в реестре у этого человека другой СНИЛС.", "СНИЛС даётся один раз.", ASK_HOLDER),
    "baseline_apart": _Wording(
        "Исходные данные региона не принимаются вместе с сообщениями.",
        "Они загружаются один раз, до начала приёма.",
        "Загрузите архив командой подготовки региона.",
    ),
    "marriage_unknown": _Wording(
        "Расторгаемый брак в реестре не найден.", "Прекращать нечего.", ASK_HOLDER, is_refusal=False
    ),
    "act_unknown": _Wording(
        "Запись акта {act}, на которую ссылается документ, ещё не поступала.",
        "Без неё сведения не к чему отнести.",
        "Пришлите запись акта; документ будет разобран после неё.",
    ),
    "answer_unasked": _Wording(
        "Ответ не соответствует ни одному нашему запросу.",
        "Неизвестно, о ком он.",
        "Проверьте идентификатор запроса.",
    ),
    "not_pushed": _Wording(
        "Документ {root} без запроса не принимается.",
        "Такие сведения поступают своим сообщением или ответом на запрос.",
        "Пришлите документ вида, указанного в описании приёма.",
    ),
    "older_told": _Wording(
        "Известны более поздние сведения, чем на {day}.",
        "Старые сведения не заменяют новых.",
        "Ничего делать не нужно.",
        is_refusal=False,
    ),
    "answer_error": _Wording(
        "Ведомство сообщило об ошибке: {detail}.",
        "Сведений в ответе нет, считать это ответом «нет» нельзя.",
        "Повторите запрос; если ошибка повторится, обратитесь в ведомство.",
    ),
    "answer_other_person": _Wording(
        "Ответ о другом человеке: {field} не совпадает с тем, о ком спрашивали.",
        "Чужие сведения не записываются.",
        ASK_HOLDER,
    ),
    "object_repeated": _Wording("Объект {number} указан дважды.", "Он был бы посчитан два раза."),
    "children_count": _Wording("Заявлено детей: {count}, перечислено: {told}.", "Неизвестно, о ком не сказано."),
    "born_count": _Wording("Родилось живыми {alive} из {born}.", "Живых не бывает больше, чем родившихся."),
    "kinship_circle": _Wording(
        "{who}: по реестру этот человек — потомок ребёнка.", "Родство не может идти по кругу.", ASK_HOLDER
    ),
    "parent_not_older": _Wording(
        "{who}: по реестру рождение {parent_born_on}, у ребёнка {born_on}.",
        "Родитель не может быть моложе ребёнка.",
        ASK_HOLDER,
    ),
    "register_unknown": _Wording(
        "Реестр {number} от {day} в банк не отправлялся.", "Выписку не к чему отнести.", "Проверьте номер и дату."
    ),
    "lines_differ": _Wording(
        "Выписка не совпадает с реестром: {detail}.", "Каждой строке реестра должен быть дан ответ той же суммой."
    ),
    "fact_repeated": _Wording(
        "Факт назначения {fact} встречается в пакете {count} раза.", "Каждый факт передаётся один раз."
    ),
    "measure_unknown": _Wording("Мера «{measure}» не известна.", "Согласие не к чему отнести."),
}


def remark(code: str, where: str, **facts: Any) -> Remark:
    """The remark `code` about the place `where`, its texts filled from the facts (days as 14.03.2025)."""
    wording = CATALOGUE[code]
    shown = {name: f"{fact:%d.%m.%Y}" if isinstance(fact, date) else fact for name, fact in facts.items()}
    return Remark(
        code=code,
        where=where,
        what=wording.what.format(**shown),
        why=wording.why.format(**shown),
        what_to_do=wording.what_to_do.format(**shown),
        is_refusal=wording.is_refusal,
    )
