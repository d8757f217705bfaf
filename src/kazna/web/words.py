"""Codes of the domain as words for people. A code without a word is shown as it is."""

from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

SOURCES = {
    "zags": _("ЗАГС"),
    "fri": _("Реестр инвалидов"),
    "fns": _("Налоговая служба"),
    "szn": _("Служба занятости"),
    "sfr": _("Социальный фонд"),
    "mvd": _("МВД"),
    "citizen": _("Вы сами"),
    "officer": _("Специалист"),
    "bank": _("Банк"),
    "epgu": _("Госуслуги"),
    "registers": _("Реестр"),
    "gibdd": _("ГИБДД"),
    "rosreestr": _("Росреестр"),
    "mod": _("Минобороны"),
    "fsin": _("ФСИН"),
    "edu": _("Минобрнауки"),
    "med": _("Минздрав"),
    "dszn": _("Соцзащита региона"),
    "gostehnadzor": _("Гостехнадзор"),
    "gims": _("ГИМС"),
    "jkh": _("ГИС ЖКХ"),
    "gas": _("Оператор газификации"),
    "gisec": _("Система сертификатов"),
    "post": _("Почта"),
}

CASES = {
    "received": _("Получено"),
    "collecting": _("Собираем сведения"),
    "offered": _("Ждёт согласия"),
    "determined": _("Право определено"),
    "waiting_person": _("У специалиста"),
    "decided": _("Решение принято"),
    "provided": _("Предоставлено"),
    "closed": _("Закрыто"),
}

# Titles of life situations (law/scenarios.yaml): another language says them by these.
SITUATIONS = {
    "child_born": _("Родился ребёнок"),
    "pregnant": _("Жду ребёнка"),
    "child": _("Ращу детей"),
    "many_children": _("Много детей"),
    "guardian": _("Принимаю ребёнка под опеку"),
    "disability": _("Установили инвалидность"),
    "care": _("Ухаживаю за близким"),
    "pension": _("Выхожу на пенсию"),
    "job": _("Остался без работы"),
    "poor": _("Не хватает денег"),
    "illness": _("Болею или пострадал на работе"),
    "loss": _("Ушёл из жизни близкий"),
    "service": _("Служба и заслуги"),
    "moved": _("Переехал в другой регион"),
}

ENDINGS = {
    "granted": _("Назначено"),
    "refused": _("Отказано"),
    "declined": _("Гражданин отказался"),
    "lapsed": _("Не ответили на предложение"),
    "withdrawn": _("Основание отпало"),
}

OUTCOMES = {
    "grant": _("Назначено"),
    "refuse": _("Отказано"),
    "change": _("Изменено"),
    "stop": _("Прекращено"),
    "suspend": _("Приостановлено"),
    "resume": _("Возобновлено"),
    "correct": _("Исправлено"),
}

ORDERS = {
    "scheduled": _("Запланирована"),
    "held": _("Ждёт счёта"),
    "in_register": _("В реестре банку"),
    "sent": _("Отправлена в банк"),
    "credited": _("Зачислена"),
    "returned": _("Возвращена банком"),
    "reissued": _("Отправлена заново"),
    "cancelled": _("Отменена"),
}

MODES = {
    "proactive_decision": _("Назначается само, без заявления"),
    "proactive_notice": _("Предлагаем, вы подтверждаете"),
    "application": _("По заявлению"),
    "employer_proactive": _("Назначается само по данным работодателя"),
    "depends": _("Само или после вашего согласия, смотря по обстоятельствам"),
}

PERIODS = {"once": _("один раз"), "month": _("каждый месяц"), "year": _("каждый год"), "day": _("за каждый день")}

LEVELS = {"federal": _("Федеральная"), "region": _("Региональная"), "municipality": _("Муниципальная")}

ANSWERS = {"yes": _("Да"), "no": _("Нет"), "unknown": _("Неизвестно")}

RIGHTS = {"granted": _("Положено"), "refused": _("Не положено"), "unknown": _("Нужны сведения")}

CORRECTIONS = {
    "filed": _("У специалиста"),
    "asked": _("Спросили ведомство"),
    "corrected": _("Исправлено"),
    "kept": _("Проверено, остаётся"),
}

ACTS = {
    "passkey": _("Ключ устройства"),
    "correction": _("Обращение о неверном сведении"),
    "appeal": _("Жалоба на решение"),
    "clock": _("Срок дела"),
    "programme": _("Программа адаптации"),
    "heirs": _("Выплата наследникам"),
    "writ": _("Исполнительный документ"),
    "in_kind": _("Помощь в натуре"),
    "agreement": _("Соглашение о функциях"),
    "look": _("Просмотр"),
    "search": _("Поиск"),
    "decide": _("Решение"),
    "settle": _("Разбор"),
    "application": _("Заявление"),
    "export": _("Выгрузка"),
    "purge": _("Удаление по сроку хранения"),
    "resubmit": _("Повторная загрузка"),
    "retry_request": _("Повтор запроса"),
    "consent": _("Согласие"),
    "account": _("Смена счёта"),
    "sign_in": _("Вход"),
    "sign_in_refused": _("Вход отклонён"),
    "disclose": _("Передача сведений"),
    "consumer": _("Доступ ведомства"),
    "retry": _("Повтор событий"),
    "act_for": _("Действие за подопечного"),
    "settle_alarm": _("Разбор тревоги"),
    "handover": _("Передача дел"),
    "seize": _("Дело взято у другого"),
    "propose": _("Предложено изменение"),
    "apply": _("Изменена настройка"),
}

STAGES = {
    "stored": _("храним"),
    "cached": _("храним ответ"),
    "on_demand": _("спрашиваем"),
}

ROLES = {
    "citizen": _("Гражданин"),
    "officer": _("Специалист"),
    "methodologist": _("Методолог"),
    "supplier": _("Поставщик информации"),
    "branch": _("Территориальное отделение"),
    "administrator": _("Администратор"),
    "agency": _("Ведомство"),
    "operator": _("Оператор"),
    "rules": _("Правила"),
    "system": _("Система"),
}

BODIES = {
    "sfr-77": _("Социальный фонд России по Москве"),
    "dszn-77": _("Департамент соцзащиты Москвы"),
}

DOCUMENTS = {
    "birth": _("Запись о рождении"),
    "death": _("Запись о смерти"),
    "name_change": _("Запись о перемене имени"),
    "marriage": _("Запись о браке"),
    "divorce": _("Запись о разводе"),
    "disability": _("Выписка об инвалидности"),
    "income_answer": _("Ответ о доходах"),
    "unemployment_answer": _("Ответ службы занятости"),
    "paternity": _("Установление отцовства"),
    "civil_act_answer": _("Ответ ЗАГС"),
    "year_income_answer": _("Ответ о доходах предпринимателя или плательщика НПД"),
    "payments_answer": _("Ответ о выплатах плательщиков взносов"),
    "registration_answer": _("Ответ о регистрации"),
    "vehicles_answer": _("Ответ о транспорте"),
    "realty_answer": _("Ответ о недвижимости"),
    "figures_answer": _("Ответ с показателями"),
    "pushed": _("Сведения без запроса"),
    "state_answer": _("Ответ о службе, лишении свободы, учёбе или беременности"),
    "service": _("Военная служба"),
    "imprisonment": _("Лишение свободы"),
    "studies": _("Обучение"),
    "pregnancy": _("Учёт по беременности"),
    "delivery": _("Роды"),
    "large_families": _("Многодетные семьи"),
    "guardianship": _("Опека над совершеннолетним"),
    "employment": _("Приём и увольнение"),
    "newborn_snils": _("СНИЛС новорождённых"),
    "residence": _("Место жительства"),
    "credit_statement": _("Выписка банка"),
    "citizen_act": _("Обращение гражданина"),
    "baseline": _("Исходные данные"),
    "unknown": _("Не распознано"),
}

DOCUMENT_STATES = {
    "received": _("Получен"),
    "accepted": _("Принят"),
    "duplicate": _("Повтор"),
    "quarantined": _("В карантине"),
    "resubmitted": _("Исправлен"),
}

QUESTIONS = {
    "queued": _("ждёт отправки"),
    "sent": _("отправлено"),
    "answered": _("отвечено"),
    "failed": _("не удалось спросить"),
}

DISCLOSED_FIELDS = {
    "name": _("Фамилия, имя, отчество"),
    "birth_date": _("Дата рождения"),
    "address": _("Адрес места жительства"),
    "awards": _("Назначенные меры поддержки"),
    "disability": _("Инвалидность"),
    "residence": _("Регистрация по месту жительства"),
    "citizenship": _("Гражданство"),
    "incomes": _("Выплаты и вознаграждения по месяцам"),
    "jobs": _("Работа по месяцам"),
    "obligations": _("Обязательства по назначенным мерам по месяцам"),
}
CHANGE_KINDS = {
    "FactsChanged": _("Изменились сведения"),
    "AwardGranted": _("Назначена мера"),
    "AwardStopped": _("Мера прекращена"),
    "PaymentCredited": _("Выплата зачислена"),
}

EVENT_KINDS = CHANGE_KINDS | {
    "AwardCorrected": _("Мера пересчитана"),
    "AwardsIndexed": _("Меры проиндексированы"),
    "DecisionMade": _("Принято решение"),
    "OfferDeclined": _("От предложения отказались"),
    "AppealMoved": _("Жалоба продвинулась"),
    "CorrectionFiled": _("Сведение названо неверным"),
    "CorrectionSettled": _("Исправление рассмотрено"),
    "CasesReturned": _("Дела возвращены"),
    "StatementReceived": _("Принято сообщение"),
    "MessageDelivered": _("Сообщение доставлено"),
    "LifeEventFound": _("Найдено жизненное событие"),
    "RightFound": _("Определено право"),
    "PaymentReturned": _("Выплата вернулась"),
    "CertificateIssued": _("Сертификат выдан"),
    "WritChanged": _("Изменён исполнительный документ"),
    "HeirsNamed": _("Названы наследники"),
    "HeirsNotPaid": _("Наследникам нечего выплачивать"),
    "OverpaymentDecided": _("Решено о переплате"),
    "PaymentsUnclaimed": _("Выплаты не получены"),
    "ProgrammeBroken": _("Программа нарушена"),
    "ProgrammeReported": _("Отчёт по программе"),
    "ConflictFound": _("Источники разошлись"),
}

EVENT_KINDS |= {
    "PackageTaken": _("Принят пакет поставщика"),
    "ApplicationTaken": _("Получена заявка участника ЕГИССО"),
}

CONTEXTS = {  # the parts of the platform, as the monitor names them
    "registers": _("Реестр сведений"),
    "life_events": _("События жизни"),
    "measures": _("Права"),
    "cases": _("Дела"),
    "payments": _("Выплаты"),
    "notifications": _("Уведомления"),
    "corrections": _("Исправления сведений"),
    "disclosure": _("Передача сведений ведомствам"),
    "programmes": _("Программы адаптации"),
    "suppliers": _("Поставщики ЕГИССО"),
    "egisso": _("ЕГИССО"),
    "integration": _("Обмен с ведомствами"),
    "delegation": _("Передача функций"),
}

LOGINS = {"rules": _("Правила"), "system": _("Система")}

PLACES = {  # of a template of messages
    "title": _("заголовок"),
    "happened": _("что произошло"),
    "why": _("почему"),
    "next_step": _("что делать дальше"),
}

PROVIDERS = {"esia": _("Госуслуги"), "oidc": _("OpenID")}

OVERPAYMENTS = {"found": _("Ждёт решения"), "owed": _("Возвращается"), "closed": _("Закрыта")}

FAULTS = {
    "false_data": _("Неверные сведения"),
    "breach": _("Программа не выполнена"),
    "agency_error": _("Ошибка ведомства"),
    "none": _("Ничьей вины нет"),
}

MEANS = {
    "withholding": _("Удержание из выплат"),
    "voluntary": _("Человек вернёт сам"),
    "court": _("Удержание по решению суда"),
    "write_off": _("Не взыскивается"),
}

RECOVERIES = {
    "withheld": _("Удержано из выплаты"),
    "repaid": _("Возвращено"),
    "written_off": _("Списано"),
    "bank_returned": _("Вернул банк"),
    "restored": _("Право подтвердилось"),
}

WRITS = {
    "entered": _("Ждёт подтверждения"),
    "refused": _("Не принят"),
    "confirmed": _("Подтверждён, день не наступил"),
    "active": _("Исполняется"),
    "suspended": _("Приостановлен"),
    "paid": _("Погашен"),
    "ended": _("Окончен"),
    "withdrawn": _("Отозван"),
}

WRIT_ACTS = {
    "enter": _("Ввод документа"),
    "change": _("Условия изменены"),
    "suspend": _("Приостановление"),
    "resume": _("Возобновление"),
    "end": _("Окончание"),
    "withdraw": _("Отзыв"),
    "minimum": _("Прожиточный минимум"),
    "begin": _("Наступил день начала"),
    "death": _("Должник умер"),
    "time": _("Срок вышел"),
    "paid": _("Всё взыскано"),
}

MINIMUM_GROUPS = {"working_age": _("Трудоспособные"), "pensioner": _("Пенсионеры")}

TRANSFERS = {
    "made": _("Готово"),
    "sent": _("Отправлено"),
    "credited": _("Зачислено"),
    "returned": _("Вернулось"),
    "moved": _("Отправлено заново"),
}

PROGRAMMES = {
    "requested": _("Ждём специалиста"),
    "drafted": _("Ждёт вашей подписи"),
    "agreed": _("Решение принимают"),
    "active": _("Идёт"),
    "breaking": _("Проверяют выполнение"),
    "finished": _("Закончена"),
    "closed": _("Закрыта"),
    "broken": _("Не выполнена"),
    "declined": _("Не заключена"),
}

REPORTS = {
    "waited": _("Не сдан"),
    "filed": _("Сдан, проверяют"),
    "accepted": _("Принят"),
    "returned": _("Вернули"),
}

REGISTERS = {"made": _("Готов"), "sent": _("Отправлен"), "answered": _("Банк ответил")}

CERTIFICATES = {
    "OWNS0000": _("Ждёт денег бюджета"),
    "OWNS0001": _("Можно покупать"),
    "OWNS0002": _("Потрачен"),
    "OWNS0003": _("Срок вышел"),
    "OWNS0004": _("Закрыт"),
    "OWNS0005": _("Отозван"),
}

CERTIFICATE_STATES = {
    "waiting": _("Ждёт денег бюджета"),
    "issued": _("Можно покупать"),
    "lapsed": _("Срок вышел"),
    "spent": _("Потрачен"),
    "blocked": _("Закрыт: назначение прекращено"),
    "died": _("Закрыт: владельца нет в живых"),
    "revoked": _("Отозван: назначение отменено"),
}

CERTIFICATE_STEPS = {
    "granted": _("Назначен"),
    "issued": _("Выпущен"),
    "used": _("Покупка"),
    "back": _("Товар вернули, деньги снова на сертификате"),
    "back_late": _("Товар вернули, деньги ушли в бюджет"),
    "lapsed": _("Срок вышел, остаток вернулся в бюджет"),
    "spent": _("Срок вышел, остатка не было"),
    "blocked": _("Назначение прекращено, остаток вернулся в бюджет"),
    "died": _("Владельца нет в живых, остаток вернулся в бюджет"),
    "revoked": _("Назначение отменено, остаток вернулся в бюджет"),
}

VOCABULARIES = {
    "situation": SITUATIONS,
    "correction": CORRECTIONS,
    "certificate": CERTIFICATES,
    "certificate_state": CERTIFICATE_STATES,
    "certificate_step": CERTIFICATE_STEPS,
    "overpayment": OVERPAYMENTS,
    "fault": FAULTS,
    "means": MEANS,
    "recovery": RECOVERIES,
    "writ": WRITS,
    "writ_act": WRIT_ACTS,
    "transfer": TRANSFERS,
    "minimum_group": MINIMUM_GROUPS,
    "programme": PROGRAMMES,
    "report": REPORTS,
    "register": REGISTERS,
    "provider": PROVIDERS,
    "context": CONTEXTS,
    "place": PLACES,
    "disclosed": DISCLOSED_FIELDS,
    "event": EVENT_KINDS,
    "document": DOCUMENTS,
    "document_status": DOCUMENT_STATES,
    "question": QUESTIONS,
    "source": SOURCES,
    "case": CASES,
    "outcome": OUTCOMES,
    "ending": ENDINGS,
    "order": ORDERS,
    "mode": MODES,
    "period": PERIODS,
    "level": LEVELS,
    "answer": ANSWERS,
    "right": RIGHTS,
    "act": ACTS,
    "stage": STAGES,
    "role": ROLES,
    "body": BODIES,
}


def word(code: str, vocabulary: str) -> str:
    """«credited», «order» → «Зачислена» in the language of the request."""
    return _word(code, vocabulary, translation.get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=4096)
def _word(code: str, vocabulary: str, _language: str) -> str:
    """A page of an officer says some sixty of them."""
    return str(VOCABULARIES[vocabulary].get(code, code))
