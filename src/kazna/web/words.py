"""Codes of the domain as words for people. A code without a word is shown as it is."""

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
}

HOLDERS = {
    "own": _("Социальный фонд"),
    "vitrine": _("витрина данных"),
    "request": _("межведомственный запрос"),
    "citizen": _("вы сами"),
    "parameter": _("нормативный акт"),
}

CASES = {
    "received": _("Получено"),
    "collecting": _("Собираем сведения"),
    "offered": _("Ждёт вашего согласия"),
    "determined": _("Право определено"),
    "waiting_person": _("У специалиста"),
    "decided": _("Решение принято"),
    "provided": _("Предоставлено"),
    "closed": _("Закрыто"),
    "declined": _("Вы отказались"),
}

OUTCOMES = {
    "grant": _("Назначено"),
    "refuse": _("Отказано"),
    "stop": _("Прекращено"),
    "recount": _("Пересчитано"),
}

ORDERS = {
    "scheduled": _("Запланирована"),
    "waiting_account": _("Ждёт счёта"),
    "registered": _("В реестре банку"),
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
}

PERIODS = {"once": _("один раз"), "month": _("каждый месяц")}

LEVELS = {"federal": _("Федеральная"), "region": _("Региональная"), "municipality": _("Муниципальная")}

ANSWERS = {"yes": _("Да"), "no": _("Нет"), "unknown": _("Неизвестно")}

RIGHTS = {"granted": _("Положено"), "refused": _("Не положено"), "unknown": _("Нужны сведения")}

ACTS = {
    "look": _("Просмотр"),
    "search": _("Поиск"),
    "decide": _("Решение"),
    "settle": _("Разбор"),
    "resubmit": _("Повторная загрузка"),
    "consent": _("Согласие"),
    "account": _("Смена счёта"),
    "sign_in": _("Вход"),
}

ROLES = {
    "citizen": _("Гражданин"),
    "officer": _("Специалист"),
    "methodologist": _("Методолог"),
    "agency": _("Ведомство"),
}

BODIES = {
    "sfr-77": _("Социальный фонд России по Москве"),
    "dszn-77": _("Департамент соцзащиты Москвы"),
}

LIFE_EVENTS = {
    "CHILD_BORN": _("Родился ребёнок"),
    "THIRD_CHILD": _("Родился третий или следующий ребёнок"),
    "DEATH_CITIZEN": _("Человек умер"),
    "DISABILITY_SET": _("Установлена инвалидность"),
    "DISABILITY_CHANGED": _("Изменена группа инвалидности"),
    "DISABILITY_EXPIRING": _("Истекает срок инвалидности"),
    "DISABILITY_ENDED": _("Срок инвалидности истёк"),
    "JOB_LOST": _("Потеря работы"),
    "MARRIAGE": _("Брак"),
    "DIVORCE": _("Развод"),
    "MOVE_REGION": _("Переезд в другой регион"),
    "RETIREMENT_AGE_COMING": _("Скоро пенсионный возраст"),
    "RETIREMENT_AGE": _("Пенсионный возраст"),
    "CHILD_1_5": _("Ребёнку полтора года"),
    "CHILD_3": _("Ребёнку три года"),
    "CHILD_17": _("Ребёнку семнадцать лет"),
}

VOCABULARIES = {
    "source": SOURCES,
    "holder": HOLDERS,
    "case": CASES,
    "outcome": OUTCOMES,
    "order": ORDERS,
    "mode": MODES,
    "period": PERIODS,
    "level": LEVELS,
    "answer": ANSWERS,
    "right": RIGHTS,
    "act": ACTS,
    "role": ROLES,
    "body": BODIES,
    "life_event": LIFE_EVENTS,
}


def word(code: str, vocabulary: str) -> str:
    """«credited», «order» → «Зачислена» in the language of the request."""
    return str(VOCABULARIES[vocabulary].get(code, code))
