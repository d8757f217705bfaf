"""Letters to bodies that load late or not at all, and the report by e-mail."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage

from kazna.contexts.suppliers.actions.collect import DUE_DAYS
from kazna.contexts.suppliers.models import Application, Letter
from kazna.contexts.suppliers.reports import SILENT_WEEKS, Line, Report, report
from kazna.contexts.suppliers.workbook import workbook
from kazna.kernel.errors import DomainError

LATE = """Уважаемые коллеги!

За неделю с {week} ваш орган ({title}, код {code}) загрузил в ЕГИССО фактов назначения: {facts}. Из них позже {due} дней
после решения: {late}; дольше всего ждал факт с задержкой {slowest} дней.

Просим загружать сведения в срок. Файл можно проверить до отправки на странице «Проверить файл»; за помощью обратитесь
в отделение.
"""
SILENT = """Уважаемые коллеги!

Ваш орган ({title}, код {code}) не загружал факты назначения {weeks} недель и дольше{last}. В реестре ваших действующих
мер: {measures}, без единого факта: {unused}.

Просим загрузить сведения или сообщить, что назначений нет. За помощью обратитесь в отделение.
"""


class NoAddress(DomainError):
    sentence = "У органа {body} нет адреса электронной почты: впишите его в заявку или отправьте письмо почтой."


class NothingCounted(DomainError):
    sentence = "За неделю ещё ничего не посчитано: нажмите «Пересчитать»."


def prepare_letters(*, week: date, region: str = "", now: datetime) -> int:
    """A letter per late or silent body of the week; one prepared already is left as it is. Returns how many are new."""
    told = report(week=week, region=region)
    if told.counted_on is None:
        raise NothingCounted()
    emails = dict(Application.objects.filter(state="registered").values_list("code", "email"))
    letters = [
        Letter(body=line.key, region=line.region, week=told.week, kind=kind, email=emails.get(line.key, ""),
               text=_text(line, kind, told.week), prepared_at=now)
        for line in told.lines
        for kind in (["late"] if line.late else []) + (["silent"] if line.silent else [])
    ]  # fmt: skip
    before = Letter.objects.filter(week=told.week).count()
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    return Letter.objects.filter(week=told.week).count() - before


def send_letter(letter_id: int, *, now: datetime) -> None:
    """Send once. Raises NoAddress."""
    letter = Letter.objects.get(pk=letter_id)
    if not letter.email:
        raise NoAddress(body=letter.body)
    if letter.sent_at is None:
        EmailMessage("Загрузка сведений в ЕГИССО", letter.text, to=[letter.email]).send()
        letter.sent_at = now
        letter.save()


def mail_report(told: Report, *, to: str) -> None:
    """The workbook of the report by e-mail."""
    facts = sum(line.facts for line in told.lines)
    late = sum(line.late for line in told.lines)
    last = told.week + timedelta(days=6)
    text = (f"Неделя {told.week:%d.%m.%Y}–{last:%d.%m.%Y}. Фактов загружено: {facts}, из них поздно: {late}. "
            f"Подробности в приложенной книге.")  # fmt: skip
    message = EmailMessage(f"Еженедельный отчёт ЕГИССО, {told.week:%d.%m.%Y}", text, to=[to])
    message.attach(f"egisso-{told.week}.xlsx", workbook(told),
                   "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")  # fmt: skip
    message.send()


def _text(line: Line, kind: str, week: date) -> str:
    last = f", последний раз {line.last_loaded_on:%d.%m.%Y}" if line.last_loaded_on else ""
    return (LATE if kind == "late" else SILENT).format(
        week=f"{week:%d.%m.%Y}", title=line.title, code=line.key, facts=line.facts, late=line.late, due=DUE_DAYS,
        slowest=line.slowest_days, weeks=SILENT_WEEKS, last=last, measures=line.measures, unused=line.unused,
    )  # fmt: skip
