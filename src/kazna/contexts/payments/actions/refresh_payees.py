"""Keep in step with the registers where each recipient's money goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from kazna.contexts.payments.models import Payee
from kazna.contexts.payments.sources import Sources
from kazna.contexts.registers.contracts import Fact, PersonCard
from kazna.kernel.periods import full_years
from kazna.plumbing.new_rows import insert_all

DELIVERY, GUARDIANSHIP = "person.delivery", "family.guardianship"
PARENTS = {"guardian": 0, "adoptive": 1, "mother": 2}  # the order in which they receive; others last
FIRST_DAY, LAST_DAY = 3, 25  # days of the month on which the post brings money
WITHOUT_OWN_ACCOUNT = 18  # years: until then a child's money may go to a parent
FIELDS = (
    *("holder_id", "snils", "surname", "forename", "patronymic", "bik", "account", "email", "died_on"),
    *("is_foreign_card", "delivery_day", "address"),
)


def take_on_payees(person_ids: Collection[UUID], on: date, sources: Sources) -> None:
    """Make payees of recipients not seen before."""
    known = set(Payee.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))
    fresh = sorted(set(person_ids) - known, key=str)
    insert_all(_payees(fresh, on, sources))


def refresh_payees(person_ids: Collection[UUID], on: date, sources: Sources) -> list[UUID]:
    """Read anew the payees these people are, receive for or may receive for; return those whose way changed.

    A changed account or name lifts the bank's refusal.
    """
    people = [*person_ids, *sources.bound_to(list(person_ids))]
    concerned = Payee.objects.filter(Q(person_id__in=people) | Q(holder_id__in=people))
    old = {row.person_id: row for row in concerned.select_for_update().order_by("person_id")}
    changed, moved = [], []
    for new in _payees(sorted(old, key=str), on, sources):
        before = old[new.person_id]
        new.is_refused = before.is_refused and _way(new) == _way(before)
        if any(getattr(new, name) != getattr(before, name) for name in (*FIELDS, "is_refused")):
            changed.append(new)
            if _way(new) != _way(before):
                moved.append(new.person_id)
    Payee.objects.bulk_update(changed, [*FIELDS, "is_refused"], batch_size=500)
    return moved


def _way(payee: Payee) -> tuple[str | None, ...]:
    """What the bank compares: the account and the holder's names."""
    return (payee.bik, payee.account, payee.surname, payee.forename, payee.patronymic)


def _payees(person_ids: Collection[UUID], on: date, sources: Sources) -> list[Payee]:
    if not person_ids:
        return []
    cards = dict(sources.cards(person_ids))
    facts = _by_subject(sources.payee_facts(person_ids))
    others = {p: _receive_for(cards[p], facts[p], on) for p in person_ids}
    wanted = sorted({other for found in others.values() for other in found} - set(cards), key=str)
    if wanted:
        cards |= sources.cards(wanted)
        facts |= _by_subject(sources.payee_facts(wanted))
    return [_payee(cards[p], _holder(p, others[p], cards, facts, on), facts, on) for p in person_ids]


def _payee(card: PersonCard, holder: PersonCard, facts: Mapping[UUID, list[Fact]], on: date) -> Payee:
    account = _account(facts.get(holder.person_id, []), on) or {}
    contacts = [fact.value.get("email") for fact in facts.get(holder.person_id, []) if fact.kind == "person.contact"]
    return Payee(
        person_id=card.person_id,
        holder_id=holder.person_id,
        snils=card.snils or "",
        surname=holder.surname,
        forename=holder.forename,
        patronymic=holder.patronymic,
        bik=account.get("bik"),
        account=account.get("account"),
        email=contacts[-1] if contacts else None,
        died_on=card.died_on,
        is_foreign_card=_is_foreign_card(facts.get(holder.person_id, []), on),
        **_by_post(account, holder),
    )


def _holder(
    person_id: UUID,
    others: Iterable[UUID],
    cards: Mapping[UUID, PersonCard],
    facts: Mapping[UUID, list[Fact]],
    on: date,
) -> PersonCard:
    """The first living one of those who receive for the person and have an account, else the person."""
    for other in others:
        if cards[other].died_on is None and _account(facts.get(other, []), on):
            return cards[other]
    return cards[person_id]


def _receive_for(card: PersonCard, facts: Sequence[Fact], on: date) -> list[UUID]:
    """A child without an account: parents who keep custody, first who took it in. A ward: the guardian, unless an
    account for the ward was given since (ГК РФ, статьи 31 и 37)."""
    given = _given(facts, on)
    guards = [f for f in facts if f.kind == GUARDIANSHIP and f.value.get("form") == "guardianship" and f.holds_on(on)]
    if guards and (given is None or given.valid_from < guards[-1].valid_from):
        return [guard.object_id for guard in reversed(guards) if guard.object_id]
    if _account(facts, on) is not None or not _is_child(card, on):
        return []
    lost = {fact.object_id for fact in facts if fact.kind == "family.custody_lost"}
    ties = [f for f in facts if f.kind == "family.parent" and f.object_id not in lost and f.holds_on(on)]
    ties.sort(key=lambda fact: (PARENTS.get(fact.value.get("role"), len(PARENTS)), fact.seq))
    return list(dict.fromkeys(fact.object_id for fact in ties if fact.object_id))


def _account(facts: Iterable[Fact], on: date) -> Mapping[str, Any] | None:
    """The account given last and in force; whoever gave it."""
    given = _given(facts, on)
    if given is None or _is_foreign(given):
        return None
    if given.kind == DELIVERY:
        index = str(given.value["index"])
        return {"bik": f"post-{index[:3]}", "account": index, "day": given.value.get("day")}
    return given.value if given.value.get("bik") else None  # without its bank it can stand in no register


def _given(facts: Iterable[Fact], on: date) -> Fact | None:
    """The way of payment told last: an account or the post."""
    ways = [fact for fact in facts if fact.kind in ("person.account", DELIVERY) and fact.holds_on(on)]
    return max(ways, key=lambda fact: (fact.valid_from, fact.seq), default=None)


def _is_foreign(given: Fact) -> bool:
    """Money of the budget goes to a card only if it is МИР; an account without a card is as good (161-FZ art. 30.5)."""
    return given.kind == "person.account" and given.value.get("card") not in (None, "", "mir")


def _is_foreign_card(facts: Iterable[Fact], on: date) -> bool:
    given = _given(facts, on)
    return given is not None and _is_foreign(given)


def _by_post(account: Mapping[str, Any], holder: PersonCard) -> dict[str, Any]:
    """The post delivers from the 3rd to the 25th: on the day it named, else on one that follows from the СНИЛС."""
    if not str(account.get("bik", "")).startswith("post-"):
        return {"delivery_day": None, "address": ""}
    day = account.get("day") or FIRST_DAY + int((holder.snils or "0")[-4:] or 0) % (LAST_DAY - FIRST_DAY + 1)
    return {"delivery_day": day, "address": holder.address or ""}


def _is_child(card: PersonCard, on: date) -> bool:
    return card.birth_date is not None and full_years(card.birth_date, on) < WITHOUT_OWN_ACCOUNT


def _by_subject(facts: Iterable[Fact]) -> defaultdict[UUID, list[Fact]]:
    table: defaultdict[UUID, list[Fact]] = defaultdict(list)
    for fact in facts:
        table[fact.subject_id].append(fact)
    return table
