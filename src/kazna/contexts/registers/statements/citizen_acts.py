"""What citizens do on the portal: consent, apply, claim a burial benefit, give another account."""

from __future__ import annotations

from kazna.contexts.integration.public import CitizenAct
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Card
from kazna.contexts.registers.keys import record_number

DECLARABLE = {"property.answer"}  # what an applicant may state without a paper
WHO, CHILD, DECEASED = "Заявитель", "Ребёнок", "Умерший"


def record_citizen_act(desk: Desk, told: CitizenAct) -> None:
    """One fact per act, identified by the portal's number; an account named in it is recorded too."""
    desk.thing = told.act_id
    card = desk.by_snils(told.snils, WHO)
    desk.alive_on(card, told.done_on, WHO)
    on, day = told.done_on, told.done_on.isoformat()
    if told.account:
        account = {"bik": told.bik, "account": told.account, "holder": None}
        desk.put("person.account", card.person_id, on, account)
    if told.kind == "account_change":
        return
    about = _subject(desk, told)
    object_id = about.person_id if about else None
    if told.deceased_snils:
        desk.put("burial.claim", card.person_id, on, {"bears": True, "as_of": day}, object_id=object_id)
    kind, dated = ("consent", "given_on") if told.kind == "consent" else ("application", "filed_on")
    desk.put(kind, card.person_id, on, {"measure": told.measure, dated: day}, object_id=object_id)
    for declared, value in sorted(told.declared.items()):
        if declared not in DECLARABLE:
            raise desk.refusal("kind_unknown", WHO, kind=declared)
        desk.put(declared, card.person_id, on, {**value, "as_of": day})


def _subject(desk: Desk, told: CitizenAct) -> Card | None:
    """The child or the deceased the act is about; a child may be named by the number of the birth record."""
    if told.deceased_snils:
        return desk.by_snils(told.deceased_snils, DECEASED)
    if told.child_snils and told.child_snils in desk.book.by_snils:
        return desk.by_snils(told.child_snils, CHILD)
    if told.child_birth_act and (found := desk.book.by_birth_act[record_number(told.child_birth_act)]):
        return desk.book.cards[next(iter(found))]
    if told.child_snils or told.child_birth_act:
        raise desk.refusal("person_unknown", CHILD, who=CHILD)
    return None
