"""Agencies that only answer: each request is told by its root, looked up in the life, answered by its own format.

What the population does not hold (cars, flats) follows from the seed and the person, the same every time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from kazna.kernel.periods import full_years
from kazna.standins.agencies.civil_registry import CivilRegistry
from kazna.standins.agencies.disability_register import DisabilityRegister
from kazna.standins.agencies.tax_service import TaxService
from kazna.standins.chance import between, share
from kazna.standins.documents import civil_answers, own_states
from kazna.standins.documents.figures import write_figures_answer
from kazna.standins.documents.income_answer import Payer
from kazna.standins.documents.large_family import write_large_family, write_nothing
from kazna.standins.documents.own_states import StateForm, StateRecord, write_state_answer
from kazna.standins.documents.people_in_answers import asked_person
from kazna.standins.documents.property_answers import (
    RealtyRow,
    VehicleRow,
    write_realty_answer,
    write_vehicles_answer,
)
from kazna.standins.documents.reading import MessageNotUnderstood, attribute, element, read_any, text_of
from kazna.standins.documents.registration_answer import write_registration_answer
from kazna.standins.documents.requests import day_of
from kazna.standins.documents.tax_answers import (
    write_entrepreneur_answer,
    write_payments_answer,
    write_self_employed_answer,
)
from kazna.standins.documents.tree import Element
from kazna.standins.life import Life

ADULT, MANY_CHILDREN, CARS_SHARE, FLATS_SHARE = 18, 3, 0.35, 0.6
Answer = Callable[[Element, int | None, date], bytes]
Told = Callable[[int, date], list[StateRecord]]


class RegistersAsked:
    """`paths` are the addresses by agency; any of its requests comes to any address of the agency."""

    paths = {
        "fns": ("entrepreneur", "payments", "self_employed", "turnover"),
        "zags": ("birth", "death", "marriage", "divorce", "name_change", "paternity"),
        "mvd": ("living", "staying"),
        "gibdd": ("vehicles",),
        "rosreestr": ("realty",),
        "mod": ("service",),
        "fsin": ("imprisonment",),
        "edu": ("studies",),
        "med": ("pregnancy",),
        "fri": ("disability",),
        "dszn": ("large_family",),
        "gostehnadzor": ("machines",),
        "gims": ("boats",),
        "jkh": ("court_debt", "charge"),
        "gas": ("project",),
    }  # fmt: skip

    def __init__(
        self, life: Life, civil_registry: CivilRegistry, tax_service: TaxService, disabilities: DisabilityRegister
    ) -> None:
        self.life, self.civil_registry, self.tax_service = life, civil_registry, tax_service
        self.disabilities = disabilities
        self.seed = life.region.seed
        states = {
            own_states.SERVICE: self.nothing,
            own_states.IMPRISONMENT: self.nothing,
            own_states.STUDIES: self.studies,
            own_states.PREGNANCY: self.nothing,
        }
        self.answers: dict[str, Answer] = {
            "{urn://x-artefacts-gibdd-benefit489/data/1.0}RequestBenefit489": self.vehicles,
            "{urn://kazna-own/rosreestr/realty/1}Запрос": self.realty,
            "{urn://kazna-own/fns/self-employed/1}Запрос": self.self_employed,
            "{urn://kazna-own/figures/1}Запрос": self.figures,
            "{urn://kazna-own/fri/extract/1}Запрос": self.disability,
            "{urn://kazna-own/dszn/large-family/1}Запрос": self.large_family,
            "{urn://x-artefacts-fns-ndipsr/root/210-17/4.0.0}NDIPSRRequest": self.entrepreneur,
            "{urn://x-artefacts-fns-svviplfl/root/114-43/4.0.0}SVVIPLFLRequest": self.payments,
            **{f"{{{form.namespace}}}Запрос": partial(self.state, form, told) for form, told in states.items()},
            **{
                f"{{urn://mvd/guvm/{which}-place-registration/1.1.0}}{which}PlaceRegistrationRequest": partial(
                    self.registration, which
                )
                for which in ("living", "staying")
            },
            **{
                f"{{{form.here.namespace}}}{form.message}Request": partial(self.civil_acts, form)
                for form in civil_answers.FORMS.values()
            },
        }

    def understands(self, body: bytes) -> Element:
        """The request's root. Raises MessageNotUnderstood."""
        root = read_any(body)
        if str(root.tag) not in self.answers:
            raise MessageNotUnderstood(what=f"на {root.tag} здесь не отвечают")
        return root

    def answer(self, body: bytes, day: date) -> bytes:
        root = self.understands(body)
        return self.answers[str(root.tag)](root, self.person(root), day)

    def person(self, root: Element) -> int | None:
        """By СНИЛС where the request has it, else by name and birth date."""
        for holder in root.iter():
            snils = "".join(ch for ch in holder.get("СНИЛС") or "" if ch.isdigit())
            if snils:
                return self.life.by_snils.get(snils)
        return self.named(*named_person(root))

    def named(self, surname: str, forename: str, born: date | None) -> int | None:
        people = self.life.people
        for person, birth_date in enumerate(people.birth_date.tolist()):
            if birth_date == born and people.forename[person] == forename:
                names = {people.surname[person], self.life.names.on(person, date.max).surname}
                if surname in names:
                    return person
        return None

    def is_adult(self, person: int | None, day: date) -> bool:
        return person is not None and full_years(self.life.people.birth_date[person].item(), day) >= ADULT

    def vehicles(self, root: Element, person: int | None, day: date) -> bytes:
        rows = []
        if self.is_adult(person, day) and share(self.seed, "car", person) < CARS_SHARE:
            year = between(2003, 2025, self.seed, "car year", person)
            rows = [VehicleRow(f"car-{person}", year, str(between(70, 190, self.seed, "car power", person)))]
        return write_vehicles_answer(rows)

    def realty(self, root: Element, person: int | None, day: date) -> bytes:
        rows = []
        if self.is_adult(person, day) and share(self.seed, "flat", person) < FLATS_SHARE:
            area, part = between(28, 90, self.seed, "area", person), between(1, 2, self.seed, "share", person)
            rows = [RealtyRow(f"{self.life.region.code}:01:0001:{person}", "квартира", f"{area}.0", f"1/{part}")]
        return write_realty_answer(root, rows, day)

    def registration(self, which: str, root: Element, person: int | None, day: date) -> bytes:
        if person is None or which == "staying":
            return write_registration_answer(which)
        moves = [since for since, _ in self.life.addresses[person] if since <= day]
        since = max(moves, default=self.life.people.birth_date[person].item())
        address = self.life.address(person, day)
        return write_registration_answer(which, self.life.people.oktmo[person], address, since)

    def figures(self, root: Element, person: int | None, day: date) -> bytes:
        """Turnover is what employers paid in twelve months; of the rest nobody here has anything, nobody owes."""
        if root.get("Вид") != "ОборотПоСчетам" or person is None:
            return write_figures_answer(root, {}, day)
        paid = self.tax_service.paid(person, day.year - 1, day)
        kopecks = sum(sum(months.values()) for months in paid.values())
        return write_figures_answer(root, {"Сумма": f"{kopecks // 100}.{kopecks % 100:02d}"}, day)

    def disability(self, root: Element, person: int | None, day: date) -> bytes:
        found = None if person is None else self.disabilities.known(person, day)
        return found.body if found else write_nothing(root, day)

    def large_family(self, root: Element, person: int | None, day: date) -> bytes:
        """A parent of three and more who are not of age yet."""
        children = [] if person is None else self.life.children[person]
        small = [one for one in children if self.is_born(one, day) and not self.is_adult(one, day)]
        if person is None or len(small) < MANY_CHILDREN:
            return write_nothing(root, day)
        cards = [self.life.card(one, day) for one in small]
        return write_large_family(self.life.card(person, day), cards, day, f"VO_SVMNDET_{person}_{day:%Y%m%d}")

    def is_born(self, person: int, day: date) -> bool:
        born: date = self.life.people.birth_date[person].item()
        return born <= day

    def entrepreneur(self, root: Element, person: int | None, day: date) -> bytes:
        """Nobody in the population runs a business of their own."""
        return write_entrepreneur_answer(root, {})

    def self_employed(self, root: Element, person: int | None, day: date) -> bytes:
        return write_self_employed_answer(root, {}, False, day)

    def payments(self, root: Element, person: int | None, day: date) -> bytes:
        employers = self.life.region.employers
        payers = []
        for year in range(day.year - int(attribute(root, "Период")) + 1, day.year + 1):
            paid = {} if person is None else self.tax_service.paid(person, year, day)
            for employer, months in sorted(paid.items()):
                payers.append((year, Payer(employers.inn[employer], employers.name[employer], months)))
        if not payers:  # the schema wants at least one
            payers = [(day.year, Payer("7707329152", "ФНС России: сведения о выплатах отсутствуют", {1: 0}))]
        return write_payments_answer(root, attribute(root, "ИдЗапрос"), None, payers)

    def state(self, form: StateForm, told: Told, root: Element, person: int | None, day: date) -> bytes:
        return write_state_answer(form, root, [] if person is None else told(person, day), day)

    def nothing(self, person: int, day: date) -> list[StateRecord]:
        return []

    def studies(self, person: int, day: date) -> list[StateRecord]:
        if not self.life.people.student[person]:
            return []
        since = date(day.year - (day.month < 9), 9, 1)
        details = {"ФормаОбуч": "1", "УровеньОбр": "высшее"}
        return [StateRecord(f"edu-{person}-{since.year}", since, since, date(since.year + 1, 8, 31), details)]

    def civil_acts(self, form: civil_answers.AnswerForm, root: Element, person: int | None, day: date) -> bytes:
        """Acts recorded by the day in which the person takes part."""
        registry = self.civil_registry
        kinds = {
            civil_answers.BIRTH: ("birth", registry.birth_record, civil_answers.birth_facts),
            civil_answers.DEATH: ("death", lambda told: registry.death_record(told, 1), civil_answers.death_facts),
            civil_answers.MARRIAGE: ("marriage", registry.marriage_record, civil_answers.marriage_facts),
            civil_answers.DIVORCE: ("divorce", registry.divorce_record, civil_answers.divorce_facts),
            civil_answers.NAME: ("name_change", registry.name_record, civil_answers.name_facts),
        }
        records = []
        if form in kinds and person is not None:
            kind, record_of, facts_of = kinds[form]
            mine = [told for told in self.life.of_kind[kind] if person in (told.person, told.other)]
            found = [record_of(told) for told in mine if told.registered_on <= day]
            records = [(record.act, facts_of(record)) for record in found]
        return civil_answers.write_civil_answer(form, attribute(root, "ИдЗапрос"), day, records)


def named_person(root: Element) -> tuple[str, str, date | None]:
    """Surname, forename and birth date of the person asked about, in the words of each request without СНИЛС."""
    if str(root.tag).endswith("RequestBenefit489"):
        return text_of(root, "OwnerLastName"), text_of(root, "OwnerFirstName"), day_of(text_of(root, "OwnerBirthDate"))
    if str(root.tag).endswith("PlaceRegistrationRequest"):
        return text_of(root, "lastName"), text_of(root, "firstName"), day_of(text_of(root, "birthDate"))
    if str(root.tag).endswith("NDIPSRRequest"):
        names = element(root, "ФИО")
        return attribute(names, "FamilyName"), attribute(names, "FirstName"), None
    if str(root.tag).endswith("INFRequest"):
        name = element(root, "ФИО")
        return text_of(name, "Фамилия"), text_of(name, "Имя"), day_of(text_of(root, "ДатаРождКаленд"))
    told = asked_person(root)
    return told.surname, told.forename, told.birth_date
