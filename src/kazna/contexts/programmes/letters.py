"""What people are told about their programmes: what happened, why, what next."""

from __future__ import annotations

from datetime import date

from kazna.contexts.notifications.public import NewNotice
from kazna.contexts.programmes.models import Programme
from kazna.events.cause import Cause

WORDS = {
    "drafted": ("Программа готова: {title}", "Специалист составил программу на {months} мес.",
                "Контракт заключают по программе, с которой вы согласны.", "Прочитайте шаги и подпишите программу."),
    "active": ("Программа начата: {title}", "Контракт действует с {signed} по {ends}.",
               "Решение принято, деньги назначены.", "Раз в месяц отчитывайтесь о программе в кабинете."),
    "finished": ("Программа закончена: {title}", "{outcome}", "Срок программы вышел или цель достигнута.",
                 "Ещё {watch} мес. мы смотрим, как изменились доходы семьи. Документы приносить не нужно."),
    "broken": ("Программа прекращена: {title}", "{outcome}", "Программа не выполнена.",
               "Если вы не согласны, подайте жалобу на решение."),
    "declined": ("Программа не заключена: {title}", "{outcome}",
                 "Без согласованной программы контракт не заключают.", ""),
    "report": ("Нужен отчёт: {title}", "Ждём отчёт за месяц с {first}.", "Отчёт сдают каждый месяц контракта.",
               "Напишите отчёт до {due}."),
    "late": ("Отчёт не сдан: {title}", "Отчёт за месяц с {first} не сдан до {due}.",
             "Без отчёта выплату могут приостановить.", "Напишите отчёт сейчас."),
    "returned": ("Отчёт вернули: {title}", "{remark}", "Отчёт нужно дополнить.", "Исправьте отчёт и сдайте его снова."),
}  # fmt: skip


def letter(programme: Programme, what: str, cause: Cause, *, on: date, tag: str = "", **more: object) -> NewNotice:
    """A notice; `tag` tells repeated ones apart (the number of a report)."""
    title, happened, why, next_step = WORDS[what]
    words = {
        "title": programme.title, "months": programme.months, "outcome": programme.outcome,
        "signed": _day(programme.signed_on), "ends": _day(programme.ends_on),
        **{name: _day(value) if isinstance(value, date) else value for name, value in more.items()},
    }  # fmt: skip
    return NewNotice(
        recipient_id=programme.person_id,
        key=f"programme:{programme.id}:{what}:{tag}",
        title=title.format(**words),
        happened=happened.format(**words),
        why=why.format(**words),
        next_step=next_step.format(**words),
        link=f"/programmes/{programme.id}/",
        on=on,
        cause=cause,
    )


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
