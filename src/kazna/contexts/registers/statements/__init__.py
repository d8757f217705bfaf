"""How each statement of an agency becomes facts: one function per statement, told by its type."""

from collections.abc import Callable
from typing import Any

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.statements.answers import record_income, record_unemployment
from kazna.contexts.registers.statements.births import record_birth
from kazna.contexts.registers.statements.citizen_acts import record_citizen_act
from kazna.contexts.registers.statements.deaths import record_death
from kazna.contexts.registers.statements.disabilities import record_disability
from kazna.contexts.registers.statements.homes import record_residence
from kazna.contexts.registers.statements.jobs import record_employment
from kazna.contexts.registers.statements.marriages import record_divorce, record_marriage
from kazna.contexts.registers.statements.names import record_name_change
from kazna.contexts.registers.statements.newborns import record_newborn_snils

RECORDERS: dict[type, Callable[..., Any]] = {
    integration.BirthReported: record_birth,
    integration.DeathReported: record_death,
    integration.NameChanged: record_name_change,
    integration.MarriageReported: record_marriage,
    integration.DivorceReported: record_divorce,
    integration.DisabilityReported: record_disability,
    integration.IncomeAnswered: record_income,
    integration.UnemploymentAnswered: record_unemployment,
    integration.EmploymentReported: record_employment,
    integration.NewbornSnilsReported: record_newborn_snils,
    integration.ResidenceReported: record_residence,
    integration.CitizenAct: record_citizen_act,
}
