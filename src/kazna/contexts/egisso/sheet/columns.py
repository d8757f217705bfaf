"""The spreadsheet of facts: 53 columns, codes of columns in row 4, facts from row 7.

Columns 1-45 are those that bodies use today; 46-53 are ours: what the message can carry and the old table could not.
A column is found by its code in row 4, by its place when the row was cut away.
"""

from __future__ import annotations

HEADER_ROW, FIRST_ROW, MOST_ROWS = 4, 7, 1000
PERSON = (
    ("SNILS", "СНИЛС"), ("FamilyName", "Фамилия"), ("Name", "Имя"), ("Patronymic", "Отчество"), ("Gender", "Пол"),
    ("BirthDate", "Дата рождения"), ("BirthPlace", "Место рождения"), ("Phone", "Телефон"),
    ("Citizenship", "Гражданство (ОКСМ)"), ("doctype", "Вид документа (1-8)"), ("doc_Series", "Серия"),
    ("doc_Number", "Номер"), ("doc_IssueDate", "Дата выдачи"), ("doc_Issuer", "Кем выдан"),
)  # fmt: skip
COLUMNS: tuple[tuple[str, str], ...] = (
    ("num", "№"),
    ("ONMSZCode", "Код ОНМСЗ"),
    *((f"{code}_recip", f"{title} получателя") for code, title in PERSON),
    *((f"{code}_reason", f"{title} лица-основания") for code, title in PERSON),
    ("LMSZID", "Идентификатор ЛМСЗ"),
    ("categoryID", "Идентификатор категории"),
    ("decision_date", "Дата решения"),
    ("dateStart", "Дата начала"),
    ("dateFinish", "Дата окончания"),
    ("usingSign", "Критерии нуждаемости применялись (0/1)"),
    ("criteria", "Критерии (словами)"),
    ("criteriaCode", "Коды критериев через ;"),
    ("FormCode", "Код формы предоставления"),
    ("amount", "Размер"),
    ("measuryCode", "Код единицы"),
    ("monetization", "Монетизация (0/1)"),
    ("content", "Содержание"),
    ("comment", "Комментарий"),
    ("equivalentAmount", "Сумма-эквивалент"),
    ("okeiCode", "Код единицы по ОКЕИ"),
    ("kinshipTypeCode", "Код родства лица-основания"),
    ("MaidenFamilyName_recip", "Фамилия получателя при рождении"),
    ("MaidenFamilyName_reason", "Фамилия лица-основания при рождении"),
    ("LMSZProviderCode", "Код поставщика ЛМСЗ"),
    ("ResidencePermit_recip", "Вид на жительство получателя"),
    ("assignmentFactUuid", "Идентификатор факта"),
    ("remarks", "Замечания"),
)
DOCUMENTS = {
    "1": "PassportRF", "2": "ForeignPassport", "3": "ResidencePermitRF", "4": "MilitaryPassport",
    "5": "BirthCertificate", "6": "TemporaryIdentityCardRF", "7": "RefugeeCertificate", "8": "OtherDocument",
}  # fmt: skip
FORMS = {"01": "monetaryForm", "02": "naturalForm", "03": "exemptionForm", "04": "serviceForm"}
OF_PERSON = {
    "SNILS": "snils", "FamilyName": "surname", "Name": "forename", "Patronymic": "patronymic",
    "BirthPlace": "birth_place", "Phone": "phone", "Citizenship": "citizenship", "MaidenFamilyName": "maiden_name",
}  # fmt: skip
OKEI_OF = {"naturalForm": "okeiCode", "exemptionForm": "okeiCode", "serviceForm": "OKEICode"}
