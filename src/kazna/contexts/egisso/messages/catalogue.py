"""Messages of the album that the platform takes and sends: one row per version, one mapping per kind of record.

A mapping names, for each of our words, where the album keeps it: "receiver.snils" ← "mszReceiver/SNILS". Order,
namespaces and repetition are not written here, they come from the schema (`tables.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kazna.contexts.egisso.messages.tables import Row, album

MESSAGES = "urn://egisso-ru/msg/"
Mapping = dict[str, Any]

PERSON_BY_NAME: Mapping = {
    "snils": "SNILS", "surname": "FamilyName", "forename": "FirstName", "patronymic": "Patronymic",
    "maiden_name": "MaidenFamilyName", "sex": "Gender", "birth_date": "BirthDate", "birth_place": "BirthPlace",
    "phone": "PhoneNumber", "citizenship": "Citizenship", "document": "IdentityDoc", "address": "Address",
    "residence_permit": "ResidencePermitInfo",
}  # fmt: skip
PERSON_OF_2_3: Mapping = {
    "snils": "snils", "surname": "fio/surname", "forename": "fio/forename", "patronymic": "fio/patronymic",
    "maiden_name": "maidenFamilyName", "sex": "gender", "birth_date": "birthDate", "birth_place": "birthPlace",
    "phone": "phoneNumber", "citizenship": "citizenshipCode",
    "kinship": "kinshipTypeCode", "kinship_from": "kinshipStartDate",
}  # fmt: skip
RECEIVER_OF_2_3: Mapping = {
    **{name: f"person/{path}" for name, path in PERSON_OF_2_3.items()},
    "document": "identityDoc", "address": "address", "residence_permit": "residencePermitInfo",
}  # fmt: skip
GROUND: Mapping = {
    **{name: f"prsnInfo/{path}" for name, path in PERSON_BY_NAME.items()},
    "kinship": "kinshipTypeCode",
}
FACT: Mapping = {
    "id": "uuid", "body": "oszCode", "measure_id": "lmszId", "measure_provider": "lmszProviderCode",
    "category_id": "categoryId", "decided_on": "decisionDate", "first_day": "dateStart", "last_day": "dateFinish",
    "documents": "documents/document", "provision": "assignmentInfo",
}  # fmt: skip
FACT_BY_NAME: Mapping = {
    **FACT, "receiver": ("mszReceiver", PERSON_BY_NAME), "uses_need": "needsCriteria/usingSign",
    "criteria": "needsCriteria/needsCriteria[]/needsCriteriaCode",
}  # fmt: skip
FACT_1_0_6: Mapping = {**FACT_BY_NAME, "grounds": ("reasonPersons/prsnInfo", [PERSON_BY_NAME])}
FACT_1_0_8: Mapping = {**FACT_BY_NAME, "grounds": ("reasonPersons/basisPerson", [GROUND])}
FACT_2_1: Mapping = {
    **FACT, "receiver": ("mszReceiver", RECEIVER_OF_2_3), "grounds": ("reasonPersons/reasonPerson", [PERSON_OF_2_3]),
    "uses_need": "needsCriteriaList/usingSign", "criteria": "needsCriteriaList/needsCriteria",
    "budget_body": "budgetaryOrgData",
}  # fmt: skip
CHANGE: Mapping = {
    "id": "uuid", "fact_id": "assignmentFactUuid", "provider": "providerCode", "amount": "amount",
    "quantity": "quantity", "last_day": "dateFinish",
}  # fmt: skip
CHANGE_2_1: Mapping = {
    "id": "factModificationUuid", "fact_id": "uuid", "provider": "providerCode", "reason": "modificationReasonCode",
    "changed_at": "modificationDateTime",
}  # fmt: skip
EDIT_2_1: Mapping = {
    **CHANGE_2_1, "receiver": ("mszReceiver", RECEIVER_OF_2_3),
    "grounds": ("reasonPersons/reasonPerson", [PERSON_OF_2_3]), "card": "nationalPaymentInstrument",
}  # fmt: skip
REFUSAL_2_1: Mapping = {
    "id": "uuid", "body": "oszCode", "receiver": ("mszReceiver", RECEIVER_OF_2_3), "measure_id": "lmszId",
    "measure_provider": "lmszProviderCode", "category_id": "categoryId", "decided_on": "decisionDate",
    "goods": "goodsWorkServices",
    "budget_body": "budgetaryOrgData", "grounds": ("reasonPersons/reasonPerson", [PERSON_OF_2_3]),
}  # fmt: skip
CRITERION: Mapping = {
    "code": "needsCriteriaCode", "from": "needsCriteriaDate", "coefficient": "needsCriteriaCoefficient",
}  # fmt: skip


def _measure(ident: str, previous: str, territory: str) -> Mapping:
    classes = "classificationKMSZ"
    category: Mapping = {
        "id": ident, "code": "code", "title": "title", "category": "codeCategoryKMSZ",
        "criteria": ("needsCriteria", [CRITERION]),
    }  # fmt: skip
    share: Mapping = {"funding": "codeFundingSource", "quota": "quota"}
    return {
        "id": ident, "code": "code", "title": "title", "from": "dateEnact", "to": "dateExpiration",
        "periodicity": "periodicityCode", "part": f"{classes}/codePartKMSZ", "msz": f"{classes}/codeMSZ",
        "form": f"{classes}/codeProvisionForm", "level": f"{classes}/codeLevelNPA",
        "categories": (f"{classes}/localCategories/localCategory", [category]),
        "shares": (f"{classes}/cofinancing/fundingSource", [share]),
        "estimation": "estimation", "territories": f"territories/{territory}", "acts": "reasons/NPA",
        "kbk": "KBKCode", "frgu": "frguCode", "frgu_purpose": "frguPurpose", "cases": "cases",
        "conditions": "conditions", "methods": "methods", "request_forms": "formReq", "answer_forms": "formRecieve",
        "papers": "docTypesList", "steps": "stepsForMSZ", "family": "famSign",
        "inherits_facts": "heirdomFactAssignment", "inherits_points": "heirdomOsznPoint",
        "inherits_organisations": "heirdomOrganizationPoint", "person_living": "basisPersonLivingSign",
        "changed_at": "lastChanging", "previous_id": previous,
    }  # fmt: skip


POINT: Mapping = {
    "id": "pointId", "body": "onmszCode", "title": "title", "address": "address", "oktmo": "oktmo", "email": "email",
    "contacts": "contacts", "schedule": "schedule", "rules": "rules", "place": "point", "measures": "msz",
    "changed_at": "lastChanging", "previous_id": "previousID",
}  # fmt: skip
MINIMUM: Mapping = {
    "id": "id", "oktmo": "oktmo", "year": "year", "quarter": "quarter", "all": "all_summa", "able": "empl_summa",
    "pensioner": "retire_summa", "child": "child_summa", "act": "npa", "changed_at": "lastChanging",
    "previous_id": "previousID",
}  # fmt: skip
ORGANISATION: Mapping = {
    "id": "organizationId", "title": "title", "site": "siteUrl", "address": "address", "email": "email",
    "contacts": "contacts", "legal": "legalPerson", "businessman": "individualBusinessman",
    "points": "presencePoint", "papers": "document", "changed_at": "lastChanging", "previous_id": "previosID",
}  # fmt: skip
RELATED: Mapping = {
    "id": "id", "measure_id": "localMsz", "msz": "codeMsz", "from": "beginDate", "to": "endDate",
    "changed_at": "lastChanging", "previous_id": "previousId",
}  # fmt: skip
RIGHT: Mapping = {
    "id": "uuid", "snils": "snils", "surname": "lastName", "forename": "firstName", "patronymic": "middleName",
    "birth_date": "birthDay", "msz": "codeMSZ", "category": "categoryMSZ", "from": "startDate", "to": "endDate",
    "act": "npa", "paper": "reasonData", "previous_id": "assignmentRightUuid",
    "provider": "assignmentRightProviderCode", "changed_at": "lastChanging",
}  # fmt: skip
HOUSING: Mapping = {
    **RIGHT, "from": "registryDate", "to": "-", "reason": "reasonCode", "body": "codeOrg", "decision": "act",
    "represented_by": "snilsRepresent", "reason_on": "reasonDate", "adult_act": "npa18yo",
    "method": "applicationMethod", "acted_on": "firstActionDate", "act": "-", "paper": "-",
}  # fmt: skip
HOUSING_2: Mapping = {
    "id": "uuid", "msz": "codeMSZ", "category": "categoryMSZ", "snils": "physicalPerson/snils",
    "surname": "physicalPerson/fio/surname", "forename": "physicalPerson/fio/forename",
    "patronymic": "physicalPerson/fio/patronymic", "birth_date": "physicalPerson/birthDate", "from": "registryDate",
    "reason": "reasonCode", "body": "codeOrg", "previous_id": "assignmentRightUuid", "changed_at": "lastChanging",
    "reason_on": "reasonDate", "adult_act": "npa18yo", "decision": "act", "method": "applicationMethod",
    "acted_on": "firstActionDate", "provider": "assignmentRightProviderCode", "addresses": "personAddresses",
    "application": "personApplication", "representative": "representPerson", "papers": "additionalDocument",
    "deferral": "deferredDocument", "deferred_to": "deferredDate", "early_on": "earlyDate",
}  # fmt: skip
EXCLUSION: Mapping = {
    "id": "uuid", "right_id": "assignmentRightUuid", "to": "exclusionDate", "reason": "reasonCode",
    "paper": "reasonData", "body": "codeOrg", "method": "applicationMethod", "decision": "act",
    "provider": "assignmentRightProviderCode", "changed_at": "lastChanging",
}  # fmt: skip
EVENT: Mapping = {"code": "code", "title": "name", "happened_on": "date"}
CONDITIONS: Mapping = {
    "answers": ("condition", [{"question": "@questionId", "answer": "@answerId"}]), "besides": "anotherCondition",
}  # fmt: skip
OFFERED: Mapping = {
    "id": "@id", "frgu": "@FRGUcode", "frgu_purpose": "@FRGUpurpose", "level": "@level", "form": "@provisionForm",
    "periodicity": "@periodicity", "title": "title", "territories": "territories/territory", "acts": "reasons/NPA",
    "estimation": "estimation", "cases": "cases", "conditions": "conditions", "methods": "methods/method",
    "request_forms": "appealForm", "answer_forms": "formRecieve",
    "papers": ("documents/document", [{
        "title": "name", "comment": "comment", "origin": "@original", "count": "@numberOfCopies",
        "is_needed": "@necessity",
    }]),
    "steps": ("procedure/step", [{
        "number": "stepNumber", "short": "shortDescription", "whole": "fullDescription"}]),
    "points": "departments/id", "shown_when": ("assignmentConditions", [CONDITIONS]),
}  # fmt: skip
ASKED: Mapping = {
    "id": "@id",
    "text": "text",
    "answers": ("answer", [{"id": "@id", "text": "", "is_chosen": "@selected"}]),
}
OFFER: Mapping = {
    "id": "correlationId", "container_id": "container/@id", "issued_at": "container/@issueDate",
    "valid_to": "container/@expirationDate", "snils": "container/citizen/@SNILS",
    "events": ("container/lifeEvents/lifeEvent", [EVENT]), "portal_text": "container/notifications/portalText",
    "push_text": "container/notifications/pushText", "email_text": "container/notifications/emailText",
    "territory": "container/territory", "measures": ("container/measures/measure", [OFFERED]),
    "questions": ("container/questionnaire/question", [ASKED]),
    "points": ("container/socialServiceDepartments/department", [POINT]),
}  # fmt: skip
CHOICE: Mapping = {
    name: OFFER[name] for name in ("id", "container_id", "issued_at", "snils", "events", "measures", "questions")
}
ASSIGNED: Mapping = {
    "snils": "snils", "surname": "FamilyName", "forename": "FirstName", "patronymic": "Patronymic",
    "birth_date": "BirthDate", "birth_place": "BirthPlace", "sex": "Gender", "citizenship": "Citizenship",
    "msz": "mszCode", "msz_title": "mszName", "category": "categoryCode", "category_title": "categoryName",
    "title": "lmszTitle", "own_category_title": "localCategoryTitle", "body_title": "onmszTitle", "regions": "subject",
    "municipality": "municipality", "decided_on": "decisionDate", "first_day": "dateStart", "last_day": "dateFinish",
    "form": "form", "periodicity": "periodicity", "amount": "amount", "unit": "measureUnit", "content": "content",
    "comment": "comment", "act": "legalAct",
}  # fmt: skip
STATEMENT: Mapping = {
    "assigned": ("statementData/assignments", [ASSIGNED]), "code": "error/code", "message": "error/message",
}  # fmt: skip


def removal(ident: str, target: str) -> Mapping:
    """A record that takes another one back: its own id and the id of that one."""
    return {"id": ident, "target_id": target, "changed_at": "lastChanging"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: what it does in our words ("fact.end"), its mapping, and the ground it carries by its name."""

    action: str
    mapping: Mapping
    ground: str = ""


ENDINGS = {
    "terminationBasedOnRecalculation": "recalculation",
    "terminationBasedOnIneligibility": "ineligible",
    "terminationBasedOnEndOfRight": "right_ended",
    "terminationBasedOnEndOfValidityPeriod": "term_ended",
    "terminationBasedOnRecipientRefusal": "refused",
}


def _facts(fact: Mapping) -> dict[str, Kind]:
    inner = {name: path for name, path in fact.items() if name != "id"}
    return {
        "fact": Kind("fact.create", fact),
        "alterationBasedOnRecalculation": Kind("fact.recalculate", CHANGE, "recalculation"),
        "alterationBasedOnDeathOrMovingRecalculation": Kind("fact.recalculate", CHANGE, "death_or_moving"),
        "alterationBasedOnPreviousErrors": Kind("fact.correct", {**CHANGE, "fact": ("fact", inner)}, "errors"),
        **{name: Kind("fact.end", CHANGE, ground) for name, ground in ENDINGS.items()},
        "duplicatesInvalidation": Kind("fact.invalidate", CHANGE, "duplicate"),
        "errorsInvalidation": Kind("fact.invalidate", CHANGE, "errors"),
    }


FACTS_OLD, FACTS_NEW = _facts(FACT_1_0_6), _facts(FACT_1_0_8)
FACTS_36 = {
    "createAssignmentFact": Kind("fact.create", FACT_2_1),
    "editAssignmentFact": Kind("fact.edit", EDIT_2_1),
    "terminationAssignmentFact": Kind("fact.end", CHANGE_2_1),
    "annulmentAssignmentFact": Kind("fact.invalidate", CHANGE_2_1),
    "rejectionResolution": Kind("fact.refuse", REFUSAL_2_1),
}
MEASURES_1 = {
    "localMSZ": Kind("measure.put", _measure("ID", "previousID", "codeOKTMO")),
    "invalidation": Kind("measure.remove", removal("id", "localMszId")),
}
MEASURES_2 = {
    "localMSZ": Kind("measure.put", _measure("id", "previousId", "codeOktmo")),
    "invalidation": Kind("measure.remove", removal("id", "localMszId")),
}
POINTS = {
    "presencePoint": Kind("point.put", POINT),
    "invalidation": Kind("point.remove", removal("Id", "pointId")),
}
TAKEN_BACK = Kind("right.remove", {**removal("uuid", "assignmentRightUuid"), "provider": "assignmentRightProviderCode"})
RIGHTS = {"assignmentRight": Kind("right.put", RIGHT), "invalidationAssignmentRight": TAKEN_BACK}
CHILDREN = {
    "childNeedHouseRight": Kind("right.put", HOUSING),
    "exclusionChildNeedHouseRight": Kind("right.exclude", EXCLUSION),
    "invalidationAssignmentRight": TAKEN_BACK,
}
CHILDREN_2 = {**CHILDREN, "childNeedHouseRight": Kind("right.put", HOUSING_2)}
MINIMA = {
    "livingwage": Kind("minimum.put", MINIMUM),
    "invalidation": Kind("minimum.remove", removal("id", "livingWageId")),
}
RELATIONS = {
    "relatedMsz": Kind("related.put", RELATED),
    "invalidation": Kind("related.remove", removal("id", "relatedMszId")),
}
DELETIONS = {
    "invalidation": Kind(
        "fact.delete", {"id": "id", "fact_id": "assignmentFactId", "provider": "predecessorCode"}, "deleted"
    )
}
ORGANISATIONS = {"organization": Kind("organisation.put", ORGANISATION)}
FACT_TITLE, POINT_TITLE = "Реестр фактов назначений", "Пакет изменений реестра точек присутствия ОНМСЗ"
RIGHT_TITLE, CHILD_TITLE = "Список лиц, имеющих право на МСЗ", "Список лиц, подлежащих обеспечению жильём"
SHARED = "10.10.I/1.0.3"  # messages without an answer of their own are answered by this protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One version of a message: `whole` when the message itself is its only record."""

    code: str
    version: str
    title: str
    kinds: dict[str, Kind]
    root_name: str = "request"
    answered_by: str = ""
    whole: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}/{self.version}"

    @property
    def file(self) -> str:
        return f"{self.code}-{self.version}.xsd"

    @property
    def namespace(self) -> str:
        return f"{MESSAGES}{self.code}/{self.version}"

    @property
    def root_tag(self) -> str:
        return f"{{{self.namespace}}}{self.root_name}"

    @property
    def root(self) -> Row:
        return album(self.file).root(self.root_tag)


def _versions(code: str, title: str, root: str, answered_by: str, kinds: dict[str, dict[str, Kind]]) -> list[Message]:
    return [Message(code, version, title, found, root, answered_by) for version, found in kinds.items()]


OWN = ""  # answered in the response of the same message
CATALOGUE = [
    *_versions("10.05.I", "Реестр ЛМСЗ", "request", OWN, {
        "1.0.6": MEASURES_1, "1.0.7": MEASURES_1, "1.0.8": MEASURES_1, "2.1.0": MEASURES_2}),
    *_versions("10.06.S", FACT_TITLE, "data", SHARED, {
        "1.0.5": FACTS_OLD, "1.0.6": FACTS_OLD, "1.0.7": FACTS_NEW, "1.0.8": FACTS_NEW, "1.1.0": FACTS_NEW}),
    *_versions("10.36.S", FACT_TITLE, "assignmentFactRequest", OWN, {"2.0.0": FACTS_36}),
    *_versions("10.16.I", FACT_TITLE, "data", SHARED, {"1.0.2": DELETIONS}),
    *_versions("10.07.I", "Реестр организаций", "request", OWN, {"1.0.6": ORGANISATIONS}),
    *_versions("10.14.I", "Реестр связанных МСЗ", "request", OWN, {"1.0.2": RELATIONS}),
    *_versions("10.15.I", POINT_TITLE, "request", OWN, {"1.0.1": POINTS, "1.0.3": POINTS, "1.0.4": POINTS}),
    *_versions("10.21.S", CHILD_TITLE, "data", SHARED, {"1.0.1": CHILDREN, "2.0.1": CHILDREN_2}),
    *_versions("10.22.I", "Сведения о прожиточном минимуме", "request", OWN, {"1.0.1": MINIMA}),
    *_versions("10.24.S", RIGHT_TITLE, "data", SHARED, {"1.0.1": RIGHTS, "1.0.2": RIGHTS}),
    Message("10.01.O", "1.0.3", "Версия КМСЗ", {}, whole="classifier.publish"),
    Message("10.03.O", "1.0.1", "Активация версии КМСЗ", {}, whole="classifier.activate"),
    Message("10.02.I", "1.0.3", "Запрос классификатора", {}, whole="classifier.ask"),
    Message("10.11.I", "1.0.3", "Заявка в реестр участников", {}, whole="participant.apply"),
    Message("10.13.I", "1.0.3", "Запрос сведений о гражданине", {}, whole="person.ask"),
    Message("10.13.I", "1.0.7", "Запрос сведений о гражданине", {}, whole="person.ask"),
    Message("10.13.I", "2.0.0", "Запрос сведений о гражданах", {}, "requestPackage", whole="person.ask"),
    Message("10.18.I", "1.0.1", "Запрос ЕПГУ о гражданине", {}, whole="person.ask"),
    Message("10.23.I", "1.0.1", "Запрос прожиточного минимума", {}, whole="minimum.ask"),
    Message("10.33.O", "1.0.1", "Меры по жизненному событию", {}, whole="event.offer"),
    Message("10.10.I", "1.0.4", "Запрос протокола", {}, whole="protocol.ask"),
]  # fmt: skip
CHOSEN = Message(
    "10.33.O", "1.0.1", "Выбор гражданина из мер по жизненному событию", {}, "response", whole="event.choose"
)
BY_ROOT = {message.root_tag: message for message in (*CATALOGUE, CHOSEN)}
WHOLE = {"event.offer": OFFER, "event.choose": CHOICE}  # the rest is read in the words of the album
BY_KEY = {message.key: message for message in CATALOGUE}


def known_versions(code: str) -> list[str]:
    return [message.version for message in CATALOGUE if message.code == code]


@cache
def records_path(key: str) -> tuple[Row, ...]:
    """Rows from the root to the block that holds the records, ends included; empty for a message without records."""
    rows = [BY_KEY[key].root]
    while rows[-1].block is not None:
        inside = rows[-1].block.by_name
        following = inside.get("elements") or inside.get("package")
        if following is None:
            break
        rows.append(following)
        if following.name == "elements":
            return tuple(rows)
    return ()
