"""What crosses the door of the studio; no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kazna.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft in a list."""

    id: UUID
    measure: str
    title: str
    region: str
    first_day: date
    state: str
    version: int
    author: str
    begun_at: datetime
    published_at: datetime | None
    begun_from: str
    launched_on: date | None = None
    held_because: str = ""


@dataclass(frozen=True, slots=True)
class VersionView:
    number: int
    measure_text: str
    figures_text: str
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class RemarkView:
    version: int
    line: int
    text: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class AgreementView:
    """`part`: lawyer, finance or second."""

    part: str
    agrees: bool
    remark: str
    given_by: str
    given_at: datetime


class DraftNotFound(DomainError):
    sentence = "Такого черновика нет, или он другого региона."


class ChangedMeanwhile(DomainError):
    """Somebody saved a newer version since the page was opened."""

    sentence = (
        "Пока вы правили, {by} сохранил версию {number}. Ваш текст не потерян: сравните и соедините обе правки ниже."
    )


class NotChangeable(DomainError):
    sentence = "Черновик уже опубликован: изданное не меняют. Начните новую редакцию."


class NotReady(DomainError):
    """A move the state does not allow."""

    sentence = "{why}"


class MeasureTaken(DomainError):
    sentence = "Мера «{measure}» уже есть. Выберите другое имя или начните её новую редакцию."


class BadStart(DomainError):
    sentence = "{why}"


class BackdatedEdition(DomainError):
    """The edition begins in months that are already paid."""

    sentence = (
        "Редакция начинается {start} — раньше завтрашнего дня, за эти месяцы уже платили. Перенесите начало на"
        " {tomorrow} или отметьте «Пересмотреть прошлое» и напишите основание: тогда выплаченное пересмотрят."
    )


class NegativeSum(DomainError):
    sentence = (
        "По этому правилу {people} человек получат отрицательную сумму, наименьшую {roubles} ₽. Исправьте размер:"
        " платить меньше нуля нельзя."
    )


class TooFewAlike(DomainError):
    """Every combination is shared by fewer cases than may be shown."""

    sentence = (
        "Решённых дел на территории {cases}, но одинаковых среди них меньше {least}: пример указал бы на конкретную"
        " семью. Подберите вымышленных людей на вкладке «Текст и люди»."
    )


class NoSnapshot(DomainError):
    sentence = "Снимка людей территории «{code}» ещё нет. Его снимает ночной пересчёт или команда kazna determine."


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """`result`: counts and sums under disclosure control, see scenarios/play.py; None stands for fewer than five."""

    id: UUID
    draft_id: UUID
    version: int
    name: str
    territory: str
    on: date
    figures: dict[str, str]
    result: dict[str, object]
    played_by: str
    played_at: datetime


@dataclass(frozen=True, slots=True)
class ImpactView:
    """`result`: estimates under disclosure control, see impact/study.py. `territory` empty: all of the snapshot."""

    id: UUID
    measure: str
    territory: str
    since: date
    until: date
    result: dict[str, object]
    asked_by: str
    asked_at: datetime


class ImpactNotFound(DomainError):
    sentence = "Такой оценки нет, или она другого региона."


class DaysTooClose(DomainError):
    sentence = (
        "Между {since} и {until} мало времени: с мерой надо прожить шесть месяцев, о доходах которых уже известно."
        " Выберите дни хотя бы через девять месяцев, лучше через год."
    )


class NoMinimum(DomainError):
    sentence = (
        "Прожиточного минимума территории {region} на {day} в праве нет: бедность не посчитать. Выберите другой день."
    )


class UnknownMeasure(DomainError):
    sentence = "Меры «{measure}» нет. Выберите меру из списка."


class MatchingNotInstalled(DomainError):
    sentence = "Для поиска похожих семей нужен пакет scikit-learn: установите kazna[impact]."
