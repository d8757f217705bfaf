"""The register of enforcement documents: one officer enters or changes, another confirms, time and the debt end
them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kazna.contexts.payments.actions.pay_creditors import creditor_account_is_valid
from kazna.contexts.payments.contracts import WritState
from kazna.contexts.payments.levy_rules import rules
from kazna.contexts.payments.sources import Sources
from kazna.contexts.payments.writ_words import announce
from kazna.contexts.payments.writs import Writ, WritChange, WritProposal
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.kernel.money import roubles_and_kopecks
from kazna.plumbing.outbox import publish_many

S = WritState
FORMS = {
    "writ": "исполнительный лист",
    "court_order": "судебный приказ",
    "bailiff_order": "постановление судебного пристава",
    "notary": "нотариальное соглашение или надпись",
    "other": "другой исполнительный документ",
}
# Act → states from which it may be done, and the state after it (None: as it was).
MOVES: dict[str, tuple[tuple[WritState, ...], WritState | None]] = {
    "change": ((S.CONFIRMED, S.ACTIVE, S.SUSPENDED), None),
    "suspend": ((S.CONFIRMED, S.ACTIVE), S.SUSPENDED),
    "resume": ((S.SUSPENDED,), S.ACTIVE),
    "end": ((S.CONFIRMED, S.ACTIVE, S.SUSPENDED, S.PAID, S.ENDED), S.ENDED),
    "withdraw": ((S.CONFIRMED, S.ACTIVE, S.SUSPENDED), S.WITHDRAWN),
    "minimum": ((S.CONFIRMED, S.ACTIVE, S.SUSPENDED), None),
}
TERMS = frozenset(
    {"creditor_name", "creditor_inn", "creditor_bik", "creditor_account", "share_top", "share_bottom",
        "monthly_kopecks",
     "debt_kopecks", "percent", "last_day"}
)  # fmt: skip


class WritRefused(DomainError):
    sentence = "Исполнительный документ не принят: {reason}."


@dataclass(frozen=True, slots=True)
class NewWrit:
    """A document as it lies on the table. `last_day`: the first day on which nothing is claimed currently any more."""

    body: str
    debtor_id: UUID
    claim: str
    form: str
    number: str
    issued_on: date
    issued_by: str
    creditor_name: str
    creditor_bik: str
    creditor_account: str
    first_day: date
    creditor_inn: str = ""
    share_top: int | None = None
    share_bottom: int | None = None
    monthly_kopecks: int | None = None
    debt_kopecks: int | None = None
    percent: int | None = None
    last_day: date | None = None
    minimum_group: str = ""


@transaction.atomic
def enter_writ(new: NewWrit, *, by: str, on: date, source: str = "paper") -> UUID:
    """Enter a document; nothing is withheld until another officer confirms it. Raises WritRefused."""
    check_writ(asdict(new), on)
    row = Writ(
        id=uuid4(), number_key=number_key(new.number), state=S.ENTERED, source=source, entered_by=by, entered_on=on,
        **asdict(new),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise WritRefused(reason=f"документ № {new.number} по этому человеку уже введён") from taken
    WritProposal.objects.create(
        writ=row, body=row.body, debtor_id=row.debtor_id, act="enter", proposed_by=by, proposed_on=on
    )
    WritChange.objects.create(writ=row, act="enter", after=S.ENTERED, by=by, on=on)
    return row.pk


@transaction.atomic
def propose_act(*, writ_id: UUID, act: str, terms: Mapping[str, Any], paper: str, by: str, on: date) -> None:
    """Nothing changes until another officer agrees. `paper`: the ground, its number and day. Raises WritRefused.

    Terms: of «change», what becomes different; of «end» and «withdraw», `from` (ISO day): what was withheld on or after
    it is given back; of «minimum», `group` (empty: not kept any more).
    """
    found = _locked(writ_id)
    _check_act(found, act, terms, on)
    if not paper.strip():
        raise WritRefused(reason="назовите документ-основание: чей, номер и дату")
    _keep(found, act, terms, paper.strip(), by, on)


@transaction.atomic
def ask_minimum(*, writ_id: UUID, group: str, by: str, on: date) -> None:
    """The debtor applies for the living minimum to be kept (229-FZ art. 69 part 5.1). Raises WritRefused."""
    found = Writ.objects.get(pk=writ_id)
    _check_act(found, "minimum", {"group": group}, on)
    if not rules().claims[found.claim].keeps_minimum:
        raise WritRefused(reason="по этому требованию закон не сохраняет прожиточный минимум")
    if found.minimum_group == group:
        raise WritRefused(reason="прожиточный минимум уже сохраняется")
    _keep(found, "minimum", {"group": group}, "Заявление должника", by, on)


@transaction.atomic
def settle_proposal(
    *, writ_id: UUID, act: str, agrees: bool, remark: str, by: str, on: date, cause: Cause, sources: Sources
) -> None:
    """The other officer agrees, then it is done; or gives it back with a remark. Raises WritRefused."""
    row = _locked(writ_id)
    found = WritProposal.to_settle(WritRefused, agrees=agrees, remark=remark, by=by, writ=row, act=act)
    if agrees and act != "enter":
        _check_act(row, act, found.terms, on)
    found.settle(agrees=agrees, remark=remark, by=by, on=on)
    if agrees:
        what = _carry_out(row, found, by, on, sources)
    elif act == "enter":
        what = ""
        _move(row, "enter", S.REFUSED, by=found.proposed_by, confirmed_by=by, on=on, paper=remark.strip())
    else:
        what = "minimum_refused" if act == "minimum" else ""
    if what:
        publish_many([announce(row, what, remark.strip() if not agrees else found.paper, on, cause)])


def _carry_out(row: Writ, found: WritProposal, by: str, on: date, sources: Sources) -> str:
    """Do what was confirmed; what the debtor is told (empty: nothing)."""
    who = {"by": found.proposed_by, "confirmed_by": by, "on": on, "paper": found.paper, "terms": found.terms}
    if found.act == "enter":
        check_writ({name.name: getattr(row, name.name) for name in fields(NewWrit)}, on)
        row.confirmed_by = by
        _set_minimum(row, row.minimum_group, on, sources)
        _move(row, "enter", S.ACTIVE if row.first_day <= on else S.CONFIRMED, **who)
        return "started"
    if found.act == "change":
        for name, given in found.terms.items():
            setattr(row, name, date.fromisoformat(given) if name == "last_day" and given else given)
    if found.act == "minimum":
        _set_minimum(row, found.terms["group"], on, sources)
    if found.act in ("end", "withdraw"):
        row.ended_from = date.fromisoformat(found.terms["from"])
    _move(row, found.act, MOVES[found.act][1] or WritState(row.state), **who)
    words = {"change": "changed", "suspend": "suspended", "resume": "resumed", "end": "ended", "withdraw": "withdrawn"}
    return words.get(found.act, found.act)


def check_writ(told: Mapping[str, Any], on: date) -> None:
    """Raises WritRefused for what the law or plain sense does not allow."""
    claim = rules().claims.get(told["claim"])
    if claim is None:
        raise WritRefused(reason="назовите, что взыскивают")
    if told["form"] not in FORMS:
        raise WritRefused(reason="назовите вид документа")
    if not number_key(told["number"]) or not told["issued_by"].strip():
        raise WritRefused(reason="у документа должны быть номер и кто его выдал")
    if told["issued_on"] > on:
        raise WritRefused(reason="документ выдан позже сегодняшнего дня")
    if not told["creditor_name"].strip():
        raise WritRefused(reason="назовите взыскателя")
    if not creditor_account_is_valid(told["creditor_bik"], told["creditor_account"]):
        raise WritRefused(reason="счёт взыскателя не подходит к БИК: проверьте обе строки")
    top, bottom, monthly, debt = (told[n] for n in ("share_top", "share_bottom", "monthly_kopecks", "debt_kopecks"))
    if top is not None and (bottom is None or not 0 < top <= bottom):
        raise WritRefused(reason="доля дохода записывается как 1/4: не больше целого")
    if top is not None and 100 * top > claim.percent * bottom:
        raise WritRefused(reason=f"доля больше {claim.percent} %, столько по этому требованию удерживать нельзя")
    if top is not None and monthly:
        raise WritRefused(reason="назовите либо долю дохода, либо сумму в месяц")
    if not (top or (monthly or 0) > 0 or (debt or 0) > 0):
        raise WritRefused(reason="назовите долю дохода, сумму в месяц или долг")
    if any(sum_ is not None and sum_ <= 0 for sum_ in (monthly, debt)):
        raise WritRefused(reason="суммы должны быть больше нуля")
    if told["percent"] is not None and not 0 < told["percent"] <= claim.percent:
        raise WritRefused(reason=f"удерживать можно от 1 до {claim.percent} процентов")
    if told["claim"] == "minor_alimony" and (top or monthly) and told["last_day"] is None:
        raise WritRefused(reason="назовите день, когда ребёнку исполнится 18 лет")
    if told["last_day"] is not None and told["last_day"] <= told["first_day"]:
        raise WritRefused(reason="последний день раньше первого")
    if told["minimum_group"] and told["minimum_group"] not in rules().minimum.groups:
        raise WritRefused(reason="назовите группу, чей прожиточный минимум сохраняется")
    if told["minimum_group"] and not claim.keeps_minimum:
        raise WritRefused(reason="по этому требованию закон не сохраняет прожиточный минимум")


def number_key(number: str) -> str:
    """Letters and digits of a number: «ФС № 012-34» and «фс 01234» are one document."""
    return "".join(letter for letter in number.casefold() if letter.isalnum())


def left_of_debt(writ_ids: list[UUID]) -> dict[UUID, int]:
    """What is left of the debts named by documents, kopecks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.id, (w.debt_kopecks - coalesce(sum(p.debt_kopecks), 0))::bigint FROM payments_writ w"
            " LEFT JOIN payments_writ_part p ON p.writ_id = w.id"
            " WHERE w.id = ANY(%s) AND w.debt_kopecks IS NOT NULL GROUP BY w.id",
            [writ_ids],
        )
        return dict(cursor.fetchall())


def _check_act(row: Writ, act: str, terms: Mapping[str, Any], on: date) -> None:
    states, _ = MOVES.get(act, ((), None))
    if row.state not in states:
        raise WritRefused(reason="сейчас этого с ним сделать нельзя; обновите страницу")
    if act == "change":
        if not terms or set(terms) - TERMS:
            raise WritRefused(reason="ничего не изменено")
        told = {name.name: getattr(row, name.name) for name in fields(NewWrit)} | dict(terms)
        if isinstance(told["last_day"], str):
            told["last_day"] = date.fromisoformat(told["last_day"])
        check_writ(told, max(on, row.issued_on))
        taken = row.debt_kopecks - left_of_debt([row.pk])[row.pk] if row.debt_kopecks else 0
        if taken > (told["debt_kopecks"] or 0):
            raise WritRefused(reason=f"долга уже удержано {roubles_and_kopecks(taken)}, меньше он быть не может")
    if act in ("end", "withdraw") and date.fromisoformat(terms["from"]) < row.issued_on:
        raise WritRefused(reason="он не мог окончиться раньше, чем выдан")
    if act == "minimum" and terms["group"] and terms["group"] not in rules().minimum.groups:
        raise WritRefused(reason="назовите группу, чей прожиточный минимум сохраняется")


def _set_minimum(row: Writ, group: str, on: date, sources: Sources) -> None:
    row.minimum_group = group
    row.minimum_kopecks = sources.living_minimum({row.debtor_id: group}, on).get(row.debtor_id) if group else None


def _move(row: Writ, act: str, after: WritState, *, by: str, confirmed_by: str, on: date, **rest: Any) -> None:
    before, row.state = row.state, after
    row.save()
    WritChange.objects.create(
        writ=row, act=act, before=before, after=after, by=by, confirmed_by=confirmed_by, on=on, **rest
    )


def _keep(row: Writ, act: str, terms: Mapping[str, Any], paper: str, by: str, on: date) -> None:
    try:
        with transaction.atomic():
            WritProposal.objects.create(
                writ=row, body=row.body, debtor_id=row.debtor_id, act=act, terms=dict(terms), paper=paper,
                    proposed_by=by,
                proposed_on=on,
            )  # fmt: skip
    except IntegrityError as taken:
        raise WritRefused(reason="другое изменение уже ждёт подтверждения") from taken


def _locked(writ_id: UUID) -> Writ:
    return Writ.objects.select_for_update().get(pk=writ_id)


# What time does: (act, what the debtor is told, new state, condition over documents w and payees p).
OPEN_PARTS = """
    EXISTS (SELECT 1 FROM payments_writ_part x LEFT JOIN payments_transfer t ON t.id = x.transfer_id
            WHERE x.writ_id = w.id AND (t.id IS NULL OR t.state <> 'credited')
            GROUP BY x.order_id HAVING sum(x.current_kopecks + x.debt_kopecks) > 0)
"""
LEFT = """
    coalesce(w.debt_kopecks, 0) - (SELECT coalesce(sum(x.debt_kopecks), 0) FROM payments_writ_part x
                                   WHERE x.writ_id = w.id)
"""
# Months before the end may be paid for after it: a document is over when its last month and the next one have passed.
IS_OVER = (
    "(w.share_top IS NULL AND w.monthly_kopecks IS NULL"
    " OR date_trunc('month', w.last_day) + interval '2 months' <= %(on)s)"
)
IS_PAID = f"w.state = 'active' AND w.debt_kopecks > 0 AND {IS_OVER} AND {LEFT} <= 0 AND NOT {OPEN_PARTS}"
BY_TIME = (
    ("begin", "", "active", "w.state = 'confirmed' AND w.first_day <= %(on)s"),
    ("death", "ended", "ended", "w.state IN ('confirmed', 'active', 'suspended') AND p.died_on IS NOT NULL"),
    ("time", "ended", "ended", f"w.state = 'active' AND w.debt_kopecks IS NULL AND {IS_OVER}"),
    ("paid", "paid", "paid", IS_PAID),
)
MOVE_BY_TIME = """
    WITH due AS (
        SELECT w.id, w.state FROM payments_writ w LEFT JOIN payments_payee p ON p.person_id = w.debtor_id
        WHERE w.state IN ('confirmed', 'active', 'suspended') AND {condition}
    ), moved AS (
        UPDATE payments_writ w SET state = %(after)s FROM due WHERE due.id = w.id RETURNING w.id
    )
    INSERT INTO payments_writ_change (writ_id, act, before, after, terms, paper, by, confirmed_by, "on")
    SELECT due.id, %(act)s, due.state, %(after)s, '{{}}', '', 'kazna', '', %(on)s
    FROM due JOIN moved ON moved.id = due.id
    RETURNING writ_id
"""


@transaction.atomic
def follow_time(on: date, sources: Sources) -> int:
    """Documents whose day has come begin; those paid, over, or whose debtor died end; the minimum is the day's.

    Without documents it is a few empty questions. Returns how many changed their state.
    """
    _renew_minimum(on, sources)
    cause, told, count = Cause(None, timezone.now()), [], 0
    for act, what, after, condition in BY_TIME:
        with connection.cursor() as cursor:
            cursor.execute(MOVE_BY_TIME.format(condition=condition), {"on": on, "act": act, "after": after})
            ids = [row[0] for row in cursor.fetchall()]
        count += len(ids)
        if what and act != "death":
            told += [announce(row, what, "", on, cause) for row in Writ.objects.filter(pk__in=ids).order_by("pk")]
    publish_many(told)
    return count


def _renew_minimum(on: date, sources: Sources) -> None:
    rows = list(Writ.objects.filter(state__in=(S.CONFIRMED, S.ACTIVE, S.SUSPENDED)).exclude(minimum_group=""))
    figures = sources.living_minimum({row.debtor_id: row.minimum_group for row in rows}, on) if rows else {}
    changed = []
    for row in rows:
        if row.minimum_kopecks != figures.get(row.debtor_id):
            row.minimum_kopecks = figures.get(row.debtor_id)
            changed.append(row)
    Writ.objects.bulk_update(changed, ["minimum_kopecks"], batch_size=1000)
