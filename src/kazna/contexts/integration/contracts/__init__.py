"""Frozen dataclasses and enums that cross the door of this context; no foreign words, no Django."""

from kazna.contexts.integration.contracts.acts import ActEdition, ActKey
from kazna.contexts.integration.contracts.baseline import Baseline
from kazna.contexts.integration.contracts.documents import (
    DocumentStatus,
    Kind,
    ReadDocument,
    StoredDocument,
)
from kazna.contexts.integration.contracts.exchange import (
    AskedQuestion,
    AssignmentFact,
    CreditRegister,
    Question,
    RegisterLine,
    SendReport,
)
from kazna.contexts.integration.contracts.people import IdentityDocument, PersonRef, Residence
from kazna.contexts.integration.contracts.statements import (
    BirthReported,
    Certificate,
    CitizenAct,
    CreditLine,
    CreditStatement,
    DeathReported,
    DisabilityReported,
    DivorceReported,
    EmploymentReported,
    IncomeAnswered,
    MarriageReported,
    NameChanged,
    NewbornSnilsReported,
    ResidenceReported,
    Statement,
    UnemploymentAnswered,
)

__all__ = [
    "ActEdition",
    "ActKey",
    "AskedQuestion",
    "AssignmentFact",
    "Baseline",
    "BirthReported",
    "Certificate",
    "CitizenAct",
    "CreditLine",
    "CreditRegister",
    "CreditStatement",
    "DeathReported",
    "DisabilityReported",
    "DivorceReported",
    "DocumentStatus",
    "EmploymentReported",
    "IdentityDocument",
    "IncomeAnswered",
    "Kind",
    "MarriageReported",
    "NameChanged",
    "NewbornSnilsReported",
    "PersonRef",
    "Question",
    "ReadDocument",
    "RegisterLine",
    "Residence",
    "ResidenceReported",
    "SendReport",
    "Statement",
    "StoredDocument",
    "UnemploymentAnswered",
]
