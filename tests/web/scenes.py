"""Matters that wait for an officer, put before one without waiting for agencies to disagree."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from tests.contexts.employers.test_employers import SBER, organisation
from tests.contexts.payments.below import Below, corrected, granted
from tests.contexts.payments.conftest import Bank
from tests.contexts.payments.writs import confirmed, day_of_writs
from tests.factories.egisso import BODY, measure_card
from tests.factories.people import cause, enter_person
from tests.rest.test_agency_api import TERMS
from tests.web.conftest import TODAY, Town

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Case
from kazna.contexts.determination.models import Line, Proposal
from kazna.contexts.disclosure import public as disclosure
from kazna.contexts.egisso import public as egisso
from kazna.contexts.employers import public as employers
from kazna.contexts.identity.models import Alarm
from kazna.contexts.integration import public as integration
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.close_certificates import lapse_certificates
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.contexts.payments.models import Order, Payee, Register
from kazna.contexts.portal import public as portal
from kazna.contexts.programmes import public as programmes
from kazna.contexts.programmes.actions.follow_programme import begin_programmes
from kazna.contexts.programmes.models import Programme, ProgrammeCheck, ProgrammeReport, ProgrammeStep
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Conflict, Suspect
from kazna.contexts.suppliers import public as suppliers
from kazna.plumbing import register

NOON = datetime(2026, 2, 16, 9, tzinfo=UTC)
BROKEN = b"<ROGDRequest xmlns='urn://x-artefacts-zags-rogdinf/root/112-51/4.0.5'><broken></ROGDRequest>"


def offer_of(town: Town, measure: str) -> cases.CaseView:
    return next(one for one in cases.cases_of(person_id=town.mother) if one.measure == measure)


def waiting_case(town: Town) -> cases.CaseView:
    """The offer of the birth grant as if the rule had not been able to decide."""
    offer = offer_of(town, "ru-birth-grant")
    Case.objects.filter(id=offer.case_id).update(
        state="waiting_person", applied_on=TODAY, due_on=TODAY, waits_for="Нет сведений о втором родителе."
    )
    return offer


def conflict_about(town: Town) -> registers.ConflictView:
    """The employment service claims another birthday of the mother."""
    (known,) = registers.facts_of([town.mother], kinds=["person.birth"])
    claim = {
        "kind": known.kind, "subject_id": str(known.subject_id), "object_id": None, "thing": known.thing,
        "valid_from": "1995-05-11", "valid_to": None, "source": "szn",
        "value": {**known.value, "date": "1995-05-11"},
    }  # fmt: skip
    Conflict.objects.create(
        id=uuid4(), person_id=town.mother, kind=known.kind, known_fact_id=known.id, claim_fact_id=uuid4(),
        claim=claim, source="szn", found_on=TODAY,
    )  # fmt: skip
    return registers.conflicts()[0]


def suspect_about(town: Town, number: int = 667788990) -> UUID:
    """A second card with the mother's name and birthday."""
    twin = enter_person(number, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=TODAY)
    suspect_id = uuid4()
    Suspect.objects.create(
        id=suspect_id, person_id=town.mother, other_id=twin, reason="Совпали имя и дата рождения.", found_on=TODAY
    )
    return suspect_id


def joined_cards(town: Town) -> registers.MergeView:
    """The mother and her second card after an officer joined them."""
    registers.settle_suspect(
        suspect_id=suspect_about(town, 667788991), same=True, reason="Проверено по паспорту.", by="officer", on=TODAY
    )
    return registers.merges_of(person_id=town.mother)[0]


def employer_known(folder: Path) -> str:
    """An organisation with a branch, told of twice."""
    path = folder / "extract.xml"
    for as_of, name in (("2025-01-10", "ООО «Берёза»"), ("2026-01-10", "ООО «Ёлка»")):
        path.write_text(f"<Файл>{organisation(as_of=as_of, name=name)}</Файл>", "utf-8")
        employers.load_employers(path)
    return f"/work/employers/{SBER['ogrn']}/"


def alarm_open(town: Town) -> str:
    """Somebody signed in elsewhere with another birth date under the mother's number."""
    told = {"provider": "esia", "subject": "1000", "fields": ["дата рождения"], "raised_at": NOON}
    Alarm.objects.create(person_id=town.mother, territory="77", **told)
    return "/work/alarms/"


def event_about(town: Town) -> str:
    """The page of the newest event about the mother."""
    (found,) = register.events(register.Wanted(person=town.mother), limit=1)
    return f"/monitor/events/{found.number}/"


def agreement_known() -> str:
    """An agreement with an agency, as its change opens."""
    disclosure.open_consumer(code="metro", title="Метрополитен", agreement=TERMS)
    (one,) = disclosure.agreements(now=NOON)
    return f"/admin/agreements/{one.agreement_id}/"


def quarantined_document() -> integration.StoredDocument:
    """A birth record whose XML breaks off."""
    registers.take_in(
        payload=BROKEN, agency="zags", file_name="akt.xml", content_type="", on=TODAY,
        received_at=cause(TODAY).received_at,
    )  # fmt: skip
    return integration.quarantined()[0]


def overpaid(town: Town) -> UUID:
    """Two months of the mother's child benefit were credited and are worth less now; a limit and a forecast stand."""
    below = Below()
    below.person(person_id=town.mother)
    bank = Bank(below)
    award = granted(
        town.mother, "benefit", amount_kopecks=1_897_100, first_day=date(2025, 12, 1),
        on=date(2025, 12, 15),
    )  # fmt: skip
    award = replace(award, measure="ru-child-benefit")
    bank.take_on(award)
    bank.days(date(2025, 12, 30), date(2026, 2, 5))
    worth = {date(2025, 12, 1): (1_897_100, 948_550), date(2026, 1, 1): (1_897_100, 0)}
    bank.correct(corrected(award, TODAY, worth))
    payments.change_limit(
        measure="ru-child-benefit", body="sfr-77", year=2026, change_kopecks=5_000_000, document="Уведомление № 1",
        by="officer", on=TODAY,
    )  # fmt: skip
    payments.count_forecast(on=TODAY)
    return payments.overpayments_of(person_id=town.mother)[0].overpayment_id


def writ_in_force(town: Town) -> UUID:
    """A document against the mother, confirmed; half of her pension for February goes to the creditor."""
    below = Below(paid_like={"ru-old-age-pension": "pension"})
    below.person(person_id=town.mother)
    bank = Bank(below)
    award = granted(
        town.mother, "pension", amount_kopecks=2_000_000, first_day=date(2026, 2, 1), on=date(2026, 1, 20)
    )  # fmt: skip
    bank.take_on(replace(award, measure="ru-old-age-pension"))
    writ_id = confirmed(
        below, town.mother, "other", on=date(2026, 2, 1), number="ФС 000000001", issued_on=date(2026, 1, 15)
    )  # fmt: skip
    [register] = bank.day(date(2026, 2, 3))
    bank.answer(register, date(2026, 2, 4))
    day_of_writs(below, date(2026, 2, 5))
    bank.day(date(2026, 2, 5))
    return writ_id


def certificates_of(town: Town) -> list[str]:
    """The mother's certificates: bought by, its goods brought back, closed by a lapse; and one that waits for a limit.

    Returns their numbers.
    """
    awards = [
        replace(
            granted(town.mother, on=on, first_day=on, last_day=last, amount_kopecks=5_000_000), form="certificate",
            measure="ru-technical-aid",
        )
        for on, last in ((date(2026, 1, 12), None), (date(2026, 1, 13), date(2026, 2, 1)), (TODAY, None))
    ]  # fmt: skip
    for award in awards[:2]:
        issue_certificates([award])
    payments.change_limit(
        measure="ru-technical-aid", body="sfr-77", year=2026, change_kopecks=10_000_000, document="Уведомление № 7",
        by="officer", on=TODAY,
    )  # fmt: skip
    numbers = [payments.certificate(award_id=award.award_id).number for award in awards[:2]]
    for transaction, number, kopecks, full in (
        ("1", numbers[0], 3_000_000, 3_500_000), ("2", numbers[0], -1_000_000, 1_000_000),
        ("3", numbers[1], 2_000_000, 2_000_000),
    ):  # fmt: skip
        use = integration.UseTold(
            transaction, "30.92.20.000-00000010", kopecks, full, "7700000016", "ООО «Ортопедия»",
            NOON + timedelta(minutes=int(transaction)),
        )  # fmt: skip
        payments.use_certificate(number=number, use=use, on=date(2026, 1, 20))
    lapse_certificates(date(2026, 2, 2))
    payments.change_limit(
        measure="ru-technical-aid", body="sfr-77", year=2026, change_kopecks=-2_500_000, document="Уведомление № 8",
        by="officer", on=TODAY,
    )  # fmt: skip
    issue_certificates(awards[2:])
    return [*numbers, payments.certificate(award_id=awards[2].award_id).number]


def sent_grant(town: Town, recipient: UUID) -> Bank:
    """A grant of one of the town is with the bank, which has not answered yet."""
    below = Below()
    for person in (town.disabled, town.mother):
        below.person(person_id=person)
    bank = Bank(below)
    bank.take_on(replace(granted(recipient, on=TODAY), measure="ru-birth-grant"))
    bank.days(TODAY, date(2026, 2, 20), answering=False)
    return bank


def returned_payment(town: Town) -> None:
    """The bank would not credit the mother's grant: the account is closed."""
    bank = sent_grant(town, town.mother)
    for sent in Register.objects.filter(state=Register.State.SENT):
        bank.answer(sent, date(2026, 2, 20), {1: "счёт закрыт"})


def left_by_the_dead(town: Town) -> UUID:
    """The disabled man has died and his money waits for heirs."""
    sent_grant(town, town.disabled)
    Payee.objects.filter(person_id=town.disabled).update(died_on=date(2026, 2, 14))
    Order.objects.filter(recipient_id=town.disabled).exclude(state="cancelled").update(
        state="held", hold_reason="recipient_died", register=None
    )
    return town.disabled


def application_begun(town: Town) -> list[str]:
    """The mother's application for the child's benefit: a question, then the check, then the receipt."""
    begun = cases.applications.start(
        measure="ru-child-benefit", recipient_id=town.mother, subject_id=town.child, filed_by=town.mother,
        channel="cabinet", on=TODAY,
    )  # fmt: skip
    return [f"/apply/{begun.application_id}/", f"/apply/{begun.application_id}/check/"]


def drafts(town: Town) -> list[str]:
    """An award of the man with a disability, and a draft about it that waits for a second officer."""
    award = next(one for one in cases.awards_of(person_id=town.disabled) if one.period == "month")
    draft = cases.propose_act(
        award_id=award.award_id, act=cases.AwardAct.SUSPEND, by="petrov", reason="Счёт закрыт банком.", on=TODAY
    )
    return [f"/work/people/{town.disabled}/awards/{award.award_id}/", f"/work/second/{draft.proposal_id}/"]


def own_card() -> str:
    """Address of the card of the supplier's own body."""
    egisso.participants.put_body(code=BODY, title="Отдел соцподдержки", region="77", oktmo="45000000", on=TODAY)
    return f"/egisso/suppliers/{BODY}/"


def drafted_measure() -> str:
    """Address of a draft of a local measure of the supplier's body."""
    return f"/egisso/measures/drafts/{_draft_of_measure()}/"


def described_measure() -> str:
    """Address of a recorded local measure of the supplier's body."""
    ident, local = _draft_of_measure(), egisso.local_measures
    local.record(ident, provider=BODY, by="supplier", on=TODAY, now=NOON)
    return f"/egisso/measures/{ident}/"


def _draft_of_measure() -> UUID:
    local = egisso.local_measures
    ident = local.start(provider=BODY, by="supplier", now=NOON, on=TODAY)
    steps = [{"stepNumber": "1", "stepH": "Подайте заявление", "stepDescr": "В отделе или на портале госуслуг."}]
    local.save(ident, measure_card(steps=steps), provider=BODY, by="supplier", now=NOON, on=TODAY)
    return ident


def programme_states(town: Town) -> list[UUID]:
    """Programmes of the mother: one to be written, one to be signed, one that is on and has a report to look at."""
    found = []
    for measure, answers in (
        ("ru-social-contract-business", {"beyond_control": True, "demobilised": False}),
        ("ru-social-contract-hardship", {"beyond_control": True}),
        ("ru-social-contract-job", {"beyond_control": True}),
    ):
        asked = programmes.request_programme(
            measure=measure, person_id=town.mother, needs="Хочу шить на дому.", on=TODAY, cause=cause(TODAY)
        )
        found.append(asked.id)
        if len(found) > 1:
            step = programmes.NewStep("Купить машинку по смете.", date(2026, 4, 1), 4_500_000)
            programmes.draft_programme(
                programme_id=asked.id, months=6, steps=[step], answers=answers, paid_once=False, by="officer", on=TODAY
            )
    programmes.sign_programme(programme_id=found[2], person_id=town.mother, on=TODAY, cause=cause(TODAY))
    begin_programmes([replace(granted(town.mother, on=TODAY), measure="ru-social-contract-job")])
    programmes.file_report(
        programme_id=found[2], number=1, text="Встала на учёт.", spent_kopecks=10_000, done=[1], on=TODAY
    )
    Programme.objects.filter(id__in=found).update(body="sfr-77")  # the officer of the town
    for part in (ProgrammeStep, ProgrammeReport, ProgrammeCheck):
        part.objects.filter(programme_id__in=found).update(body="sfr-77")
    return found


def monitored_region() -> list[str]:
    """A body of the branch's region with late facts, a letter; addresses of its card and of the week."""
    suppliers.submit(
        title="Управление соцзащиты района", inn="9900000000", ogrn="1990000000000", region="77", contact="Иванова",
        email="uszn@example.ru", now=NOON,
    )  # fmt: skip
    told = suppliers.submit(
        title="Отдел соцподдержки", inn="9900000017", ogrn="1990000000001", region="77", contact="Котова",
        email="otdel@example.ru", now=NOON,
    )  # fmt: skip
    code = suppliers.register(told.id, by="branch", on=TODAY, now=NOON)
    suppliers.collect(on=TODAY)
    suppliers.prepare_letters(week=TODAY, now=NOON)
    suppliers.add_member(body=code, login="loader", name="Лазарева Ирина", role="loader", now=NOON)
    suppliers.add_reader(region="77", email="branch@example.ru", by="branch", now=NOON)
    suppliers.mail_week(on=TODAY + timedelta(days=7), now=NOON)
    portal.ask(category="load", text="Как исправить факт?", email="a@example.ru", now=NOON, on=TODAY)
    suppliers.add_group_member(region="77", name="Сидоров А. А.", post="Заместитель мэра", role="head")
    suppliers.add_group_item(region="77", kind="decision", title="Зарегистрировать все органы", day=TODAY,
                             answerable="Отделение", due_on=TODAY)  # fmt: skip
    card = f"/egisso/suppliers/{code}/"
    return [
        card,
        f"{card}system/",
        "/egisso/monitoring/",
        "/egisso/monitoring/?by=region",
        "/egisso/groups/",
        "/portal/desk/",
    ]


def proposed_decisions(town: Town, *, by: str = "olga", territory: str = "77") -> UUID:
    """A determination proposes the birth grant to the newborn and finds another sum for the disabled man."""
    measures = {"ru-birth-grant": {"granted": 1, "unknown": 1, "refused": 2, "scalar": 0}}
    report = {
        "on": TODAY.isoformat(), "snapshot": f"{TODAY}T05:00:00+00:00", "engine": "duckdb", "law": "0" * 64,
        "people": 4, "facts": 40, "questions": 4, "territories": {territory: 4}, "measures": measures,
        "awards": {"ru-disability-monthly": {"same": 0, "changed": 1, "lost": 0, "unknown": 0}},
        "new": {"ru-birth-grant": {"people": 1, "kopecks": 2_846_390}}, "lacking": {},
        "titles": {"ru-birth-grant": "Пособие при рождении ребёнка"},
    }  # fmt: skip
    made = Proposal.objects.create(
        id=uuid4(), on=TODAY, made_on=TODAY, made_by=by, engine="duckdb", law="0" * 64, territories=[territory],
        limits={"awards": 5, "people": 30}, report=report,
    )  # fmt: skip
    line = {"proposal": made, "territory": territory, "sample": True}
    Line.objects.create(
        place=0, kind="new", measure="ru-birth-grant", subject_id=town.child, recipient_id=town.mother,
        due_kopecks=2_846_390, **line,
    )  # fmt: skip
    Line.objects.create(
        place=1, kind="changed", measure="ru-disability-monthly", subject_id=town.disabled, recipient_id=town.disabled,
        number="77-2026-000001", amount_kopecks=250_000, due_kopecks=257_198, **line,
    )  # fmt: skip
    return made.id


def complaint(town: Town) -> UUID:
    """A complaint of the mother that waits for an answer."""
    decision = cases.decisions_of(person_id=town.mother)[0]
    filed = cases.appeals.file(
        decision_id=decision.decision_id, text="Не учли второго ребёнка.", on=TODAY, cause=cause(TODAY)
    )
    return filed.appeal_id
