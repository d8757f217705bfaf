"""Words of the studio's screens."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "draft": _("Черновик"), "tested": _("Проверен"), "agreed": _("Согласован"), "published": _("Опубликован"),
    "superseded": _("Заменён"),
}  # fmt: skip
PARTS = {"lawyer": _("Юрист"), "finance": _("Финансист"), "second": _("Второй методолог")}
TOPICS = {
    "who": _("Кто"), "family": _("Семья"), "income": _("Доход"), "property": _("Имущество"), "place": _("Место"),
    "time": _("Время"),
}  # fmt: skip
FAMILIES = {
    "alone": _("Один взрослый"), "couple": _("Двое взрослых"), "single_parent": _("Один родитель с детьми"),
    "one_child": _("Семья с одним ребёнком"), "two_children": _("Семья с двумя детьми"),
    "large": _("Трое детей и больше"),
}  # fmt: skip
PATTERNS = [
    ("automatic", _("Назначаем сами, без заявления")), ("offered", _("Предлагаем, человек соглашается одной кнопкой")),
    ("applied", _("По заявлению")), ("assessed", _("По заявлению, решает комиссия или специалист")),
]  # fmt: skip
