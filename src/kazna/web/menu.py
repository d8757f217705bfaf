"""The main menu by role."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazna.plumbing.access import Viewer

MENUS = {
    "citizen": [
        ("my_home", _("Главная")),
        ("my_rights", _("Что положено")),
        ("apply", _("Подать заявление")),
        ("my_payments", _("Выплаты")),
        ("my_inbox", _("Сообщения")),
        ("my_family", _("Семья")),
        ("my_data", _("Мои данные")),
    ],
    "officer": [
        ("work_queue", _("Очередь")),
        ("supervisor", _("Отдел")),
        ("work_second", _("Вторая проверка")),
        ("work_appeals", _("Жалобы")),
        ("work_people", _("Люди")),
        ("work_money", _("Деньги")),
    ],
    "administrator": [
        ("admin_changes", _("Изменения")),
        ("admin_accounts", _("Сотрудники")),
        ("admin_bodies", _("Органы")),
        ("admin_doubles", _("Дубли фактов")),
        ("admin_agreements", _("Соглашения")),
        ("admin_settings", _("Настройки")),
        ("admin_templates", _("Тексты")),
        ("admin_journal", _("Журнал")),
        ("monitor", _("Монитор")),
    ],
    "methodologist": [
        ("law_measures", _("Меры")),
        ("studio", _("Студия")),
        ("law_kinds", _("Виды сведений")),
        ("law_criteria", _("Критерии")),
        ("egisso_measures", _("Локальные меры")),
        ("monitor", _("Монитор")),
    ],
    "supplier": [
        ("egisso_measures", _("Локальные меры")),
        ("egisso_facts", _("Факты назначения")),
        ("egisso_check", _("Проверить файл")),
        ("egisso_own", _("Карточка органа")),
    ],
    "branch": [
        ("egisso_monitoring", _("Загрузка сведений")),
        ("egisso_bodies", _("Поставщики")),
        ("egisso_measures", _("Локальные меры")),
        ("egisso_group", _("Рабочая группа")),
        ("portal_desk", _("Обращения")),
        ("portal_requests", _("Запросы ведомств")),
    ],
}

GROUPS = {  # under one word each, after the items that are opened all day
    "officer": [
        (
            _("Решения"),
            [
                ("work_register", _("Реестр решений")),
                ("work_recounts", _("Пересчёты")),
                ("work_programmes", _("Программы")),
                ("work_corrections", _("Исправления")),
            ],
        ),
        (
            _("Обмен"),
            [
                ("work_requests", _("Запросы")),
                ("work_quarantine", _("Карантин")),
                ("work_employers", _("Работодатели")),
                ("monitor", _("Монитор")),
            ],
        ),
    ],
    "methodologist": [
        (
            _("Поставщики ЕГИССО"),
            [
                ("classifier", _("Классификатор")),
                ("egisso_bodies", _("Поставщики")),
                ("egisso_monitoring", _("Загрузка сведений")),
                ("agreements", _("Передача функций")),
            ],
        ),
    ],
}
UNDER = {  # pages whose addresses do not say of which section they are
    "my_debts": "my_payments",
    "my_withheld": "my_payments",
    "my_acting": "my_family",
    "my_looks": "my_data",
    "my_shared": "my_data",
    "my_corrections": "my_data",
    "work_needy": "work_people",
    "work_alarms": "monitor",
}
NEEDS_DUTY = {"supervisor": "supervise"}


@dataclass(frozen=True, slots=True)
class MenuItem:
    title: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Items that stand in the line of the menu («»), or open under a word."""

    title: str
    items: list[MenuItem]

    @property
    def is_here(self) -> bool:
        return any(item.is_here for item in self.items)


def menu_of(viewer: Viewer | None, path: str) -> list[MenuGroup]:
    """The item whose address begins the current path longest is marked as the current one."""
    if viewer is None:
        return []
    duties = tuple(sorted({*viewer.duties} & {*NEEDS_DUTY.values()}))
    addresses = [address for _word, items in _told(viewer.role, duties, get_language()) for _title, address in items]
    sections = {address: address for address in addresses} | _under()
    found = max((address for address in sections if path.startswith(address)), key=len, default="")
    here = sections.get(found, "")
    return _menu(viewer.role, duties, get_language(), here)


@lru_cache(maxsize=1)
def _under() -> dict[str, str]:
    return {reverse(page): reverse(section) for page, section in UNDER.items()}


@lru_cache(maxsize=1024)
def _menu(role: str, duties: tuple[str, ...], language: str | None, here: str) -> list[MenuGroup]:
    return [
        MenuGroup(word, [MenuItem(title, address, address == here) for title, address in items])
        for word, items in _told(role, duties, language)
        if items
    ]


@lru_cache(maxsize=256)
def _told(role: str, duties: tuple[str, ...], _language: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Words with their titles and addresses: once for all who have this role, these duties and this language."""
    groups = [("", MENUS.get(role, [])), *GROUPS.get(role, [])]
    return [
        (str(word), [(str(title), reverse(name)) for name, title in items if _may_open(name, duties)])
        for word, items in groups
    ]


def _may_open(name: str, duties: tuple[str, ...]) -> bool:
    return name not in NEEDS_DUTY or NEEDS_DUTY[name] in duties
