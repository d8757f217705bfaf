"""What the control may object to: rule code, whether it refuses the record, the official sentence, the way to mend.

Codes 001-066 and the wording of their reports are those of the published answers. The full official list of rules
was not published, so what it does not name has codes of our own, 900 and above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ERROR, WARNING = 1, 2  # messageType of the protocol
LONGEST_REPORT = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the protocol about one record or about the whole package (`line` 0)."""

    rule_code: str
    severity: int
    message: str
    what_to_do: str
    line: int = 0

    @property
    def is_refusal(self) -> bool:
        return self.severity == ERROR

    def plain(self) -> dict[str, Any]:
        return {
            "rule_code": self.rule_code,
            "severity": "error" if self.is_refusal else "warning",
            "message": self.message,
            "what_to_do": self.what_to_do,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    message: str
    what_to_do: str
    severity: int = ERROR


def _list(code: str, title: str) -> _Rule:
    return _Rule(
        code,
        f'Значение кода {{code}} не найдено в справочнике "{title}"',
        f"Возьмите код из действующей версии справочника «{title}».",
    )


KMSZ = "Сверьте код со списком правил действующей версии КМСЗ; запись принята, но сопоставление надо поправить."
RULES: dict[str, _Rule] = {
    "part": _list("001", "Структура КМСЗ"),
    "msz": _list("002", "Реестр МСЗ"),
    "category": _list("003", "Категории получателей"),
    "form": _list("004", "Форма предоставления"),
    "funding": _list("005", "Уровень финансирования"),
    "level": _list("006", "Уровни регулирования"),
    "oktmo": _list("007", "ОКТМО"),
    "periodicity": _list("008", "Периодичность предоставления"),
    "measure": _Rule(
        "014",
        "Значение идентификатора ЛМСЗ {code} в реестре не найдено",
        "Сначала загрузите меру сообщением 10.05.I или укажите идентификатор её действующей версии.",
    ),
    "funding_source": _Rule(
        "015",
        "Код источника финансирования {code} не корректен",
        "Код одного источника состоит из нулей и одной единицы, например 0100; доли разных источников указываются "
        "отдельными строками.",
    ),
    "shares": _Rule(
        "016",
        "Сумма долей софинансирования не равна 100%",
        "Сейчас сумма долей {total} %. Исправьте доли так, чтобы вместе они давали 100 %.",
    ),
    "funding_total": _Rule(
        "018",
        'Значение суммарного кода не найдено в справочнике "Уровень финансирования"',
        "Суммарный код источников {code}: такого сочетания источников в справочнике нет.",
    ),
    "combination": _Rule("018", "Комбинация меры и категории не найдена в перечне правил КМСЗ", KMSZ, WARNING),
    "full_code": _Rule("018", "Код {code} отсутствует в КМСЗ", KMSZ, WARNING),
    "decided_outside": _Rule(
        "019",
        "Дата решения о назначении {day} не входит в период действия локальной МСЗ",
        "Мера действует {period}. Проверьте дату решения или версию меры.",
        WARNING,
    ),
    "start_outside": _Rule(
        "019",
        "Дата начала действия назначения {day} не входит в период действия локальной МСЗ",
        "Мера действует {period}. Проверьте дату начала или версию меры.",
        WARNING,
    ),
    "kbk": _Rule(
        "022",
        "Указан некорректный код КБК {code}",
        "КБК из 20 знаков: 7 цифр администратора и раздела, 10 знаков целевой статьи, 3 цифры вида расходов.",
    ),
    "point": _Rule(
        "039",
        "Значение идентификатора точки присутствия {code} в реестре не найдено",
        "Сначала загрузите эту точку присутствия или исправьте ссылку на её прежнюю запись.",
    ),
    "born_later": _Rule(
        "051",
        "Дата рождения {born} больше даты загрузки внесения записи в источник данных {loaded}",
        "Исправьте дату рождения.",
    ),
    "criterion_unknown": _Rule(
        "059",
        'Значение кода {code} не найдено в справочнике "Критерии нуждаемости"',
        "Возьмите код из действующего справочника критериев нуждаемости.",
    ),
    "criterion_twice": _Rule(
        "059",
        'Значение кода {code} дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"',
        "Оставьте критерий один раз.",
    ),
    "criterion_foreign": _Rule(
        "059",
        "Значение кода {code} критерия нуждаемости не найдено у указанной ЛМСЗ",
        "Укажите критерий, который назван в карточке меры для этой категории, или дополните карточку.",
    ),
    "minimum_known": _Rule(
        "066",
        "Запись для {oktmo} за {year} год {quarter} квартал существует в списке прожиточных минимумов",
        "Чтобы исправить запись, укажите previousID той, что уже загружена ({known}).",
    ),
    # own codes: the official list of rules was not published
    "unreadable": _Rule("900", "{what}", "Исправьте файл и пришлите его снова."),
    "version": _Rule("901", "{what}", "Выгрузите пакет в принимаемой версии формата."),
    "schema": _Rule("902", "{what}", "Ожидается {expected}. Исправьте запись и пришлите её снова."),
    "too_many": _Rule("903", "{what}", "Разделите пакет: не больше 1000 записей каждого вида."),
    "repeated": _Rule(
        "904",
        "Идентификатор {code} встречается в пакете не один раз",
        "Дайте каждой записи свой UUID; запись оставлена только в первом месте.",
    ),
    "known": _Rule(
        "905",
        "Запись с идентификатором {code} уже принята раньше",
        "Повторно присылать её не нужно. Чтобы изменить, пришлите изменение с новым UUID события.",
    ),
    "package_known": _Rule(
        "906",
        "Пакет {code} уже принят {when}",
        "Ничего не изменено. Новые записи пришлите в пакете с новым идентификатором.",
    ),
    "snils": _Rule(
        "907",
        "СНИЛС {code} не проходит проверку контрольного числа",
        "Сверьте СНИЛС с документом; чаще всего ошибка в последних двух цифрах.",
    ),
    "latin": _Rule(
        "908",
        "В поле «{name}» латинские буквы: {code}",
        "Наберите имя русскими буквами: латинские похожи на них только на вид.",
    ),
    "foreign_category": _Rule(
        "909",
        "Категория {code} не относится к указанной ЛМСЗ",
        "Укажите идентификатор локальной категории из карточки этой меры.",
    ),
    "foreign_fact": _Rule(
        "910",
        "Факт {code} загружен другим поставщиком ({owner})",
        "Изменить его может только он или его правопреемник: тогда укажите providerCode прежнего поставщика.",
    ),
    "fact_unknown": _Rule(
        "911",
        "Факт назначения {code} в реестре не найден",
        "Сначала загрузите сам факт или исправьте ссылку на него.",
    ),
    "out_of_order": _Rule(
        "912",
        "Факт {code} уже {state}: изменение к нему не принимается",
        "Проверьте порядок отправки; новое назначение загружается новым фактом.",
    ),
    "period": _Rule(
        "913", "Дата окончания {last} раньше даты начала {first}", "Исправьте даты: окончание не раньше начала."
    ),
    "certificate_term": _Rule(
        "914",
        "Для электронного сертификата не указана дата окончания действия",
        "Заполните dateFinish: по сертификату она обязательна.",
    ),
    "form_differs": _Rule(
        "915",
        "Форма предоставления в факте ({code}) не та, что в карточке меры ({known})",
        "Исправьте форму в факте или карточку меры.",
        WARNING,
    ),
    "body": _Rule(
        "916",
        "Код органа {code} в реестре участников не найден",
        "Проверьте код; если орган новый, сначала подайте заявку в реестр участников (10.11.I).",
    ),
    "amount": _Rule("917", "Размер {code} не может быть меньше нуля", "Укажите размер числом не меньше нуля."),
    "signature": _Rule("919", "{what}", "Подпишите пакет сертификатом, указанным в карточке поставщика."),
    "archive": _Rule("920", "{what}", "В архиве оставьте только пакеты XML и их подписи."),
    "right_unknown": _Rule(
        "921", "Запись {code}, на которую ссылается изменение, в реестре не найдена", "Исправьте ссылку."
    ),
    "decided_later": _Rule(
        "922", "Дата решения {day} позже дня загрузки {loaded}", "Исправьте дату решения.", WARNING
    ),
    "version_state": _Rule("923", "{what}", "Исправьте номер или состояние версии классификатора."),
}


def finding(rule: str, *, line: int = 0, **facts: Any) -> Finding:
    """A remark by the name of its rule; the sentence is cut to what the protocol holds."""
    found = RULES[rule]
    message = found.message.format(**facts)[:LONGEST_REPORT]
    return Finding(found.code, found.severity, message, found.what_to_do.format(**facts), line)
