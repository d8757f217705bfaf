"""The main menu by role."""

from dataclasses import dataclass

from django.urls import reverse
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
        ("work_appeals", _("Жалобы")),
        ("work_second", _("Вторая проверка")),
        ("work_register", _("Реестр решений")),
        ("work_recounts", _("Пересчёты")),
        ("work_programmes", _("Программы")),
        ("work_people", _("Люди")),
        ("work_corrections", _("Исправления")),
        ("work_money", _("Деньги")),
        ("work_employers", _("Работодатели")),
        ("work_quarantine", _("Карантин")),
        ("work_requests", _("Запросы")),
        ("monitor", _("Монитор")),
    ],
    "administrator": [
        ("admin_changes", _("Изменения")),
        ("admin_accounts", _("Сотрудники")),
        ("admin_bodies", _("Органы")),
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
        ("agreements", _("Передача функций")),
        ("classifier", _("Классификатор")),
        ("egisso_bodies", _("Поставщики")),
        ("egisso_monitoring", _("Загрузка сведений")),
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


NEEDS_DUTY = {"supervisor": "supervise"}


@dataclass(frozen=True, slots=True)
class MenuItem:
    title: str
    address: str
    is_here: bool


def menu_of(viewer: Viewer | None, path: str) -> list[MenuItem]:
    """The item whose address begins the current path longest is marked as the current one."""
    items = [
        (str(title), reverse(name))
        for name, title in MENUS.get(viewer.role if viewer else "", ())
        if viewer and (name not in NEEDS_DUTY or NEEDS_DUTY[name] in viewer.duties)
    ]
    here = max((address for _title, address in items if path.startswith(address)), key=len, default="")
    return [MenuItem(title, address, address == here) for title, address in items]
