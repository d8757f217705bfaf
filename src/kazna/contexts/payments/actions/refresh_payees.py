"""Keep in step with the registers where each recipient's money goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from kazna.contexts.payments.models import Payee
from kazna.contexts.payments.sources import Sources
from kazna.contexts.registers.contracts import Fact, PersonCard
from kazna.kernel.periods import full_years

WITHOUT_OWN_ACCOUNT = 18  # years: until then a child's money may go to a parent
FIELDS = ("holder_id", "snils", "surname", "forename", "patronymic", "bik", "account", "email", "died_on")


def take_on_payees(person_ids: Collection[UUID], on: date, sources: Sources) -> None:
    """Make payees of recipients not seen before."""
    known = set(Payee.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))
    fresh = sorted(set(person_ids) - known, key=str)
    Payee.objects.bulk_create(_payees(fresh, on, sources), batch_size=1000)


def refresh_payees(person_ids: Collection[UUID], on: date, sources: Sources) -> list[UUID]:
    """Read anew the payees these people are or whose accounts they hold; return those whose way changed.

    A changed account or name lifts the bank's refusal.
    """
    people = list(person_ids)
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
    children = [p for p in person_ids if _account(facts[p], on) is None and _is_child(cards[p], on)]
    parents = {child: _parents(facts[child]) for child in children}
    wanted = sorted({parent for found in parents.values() for parent in found} - set(cards), key=str)
    if wanted:
        cards |= sources.cards(wanted)
        facts |= _by_subject(sources.payee_facts(wanted))
    return [_payee(cards[p], _holder(p, parents.get(p, ()), cards, facts, on), facts, on) for p in person_ids]


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
    )


def _holder(
    person_id: UUID,
    parents: Iterable[UUID],
    cards: Mapping[UUID, PersonCard],
    facts: Mapping[UUID, list[Fact]],
    on: date,
) -> PersonCard:
    """The first living parent with an account for a child without one, else the person."""
    for parent in parents:
        if cards[parent].died_on is None and _account(facts.get(parent, []), on):
            return cards[parent]
    return cards[person_id]


def _parents(facts: Iterable[Fact]) -> list[UUID]:
    """Parents who keep custody, the mother first."""
    facts = list(facts)
    lost = {fact.object_id for fact in facts if fact.kind == "family.custody_lost"}
    ties = [fact for fact in facts if fact.kind == "family.parent" and fact.object_id not in lost]
    ties.sort(key=lambda fact: (fact.value.get("role") != "mother", fact.seq))
    return list(dict.fromkeys(fact.object_id for fact in ties if fact.object_id))


def _account(facts: Iterable[Fact], on: date) -> Mapping[str, str] | None:
    """The account given last and in force; whoever gave it."""
    accounts = [fact for fact in facts if fact.kind == "person.account" and fact.holds_on(on)]
    return max(accounts, key=lambda fact: (fact.valid_from, fact.seq)).value if accounts else None


def _is_child(card: PersonCard, on: date) -> bool:
    return card.birth_date is not None and full_years(card.birth_date, on) < WITHOUT_OWN_ACCOUNT


def _by_subject(facts: Iterable[Fact]) -> defaultdict[UUID, list[Fact]]:
    table: defaultdict[UUID, list[Fact]] = defaultdict(list)
    for fact in facts:
        table[fact.subject_id].append(fact)
    return table
