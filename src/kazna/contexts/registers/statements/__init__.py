"""How each statement of an agency becomes facts: one function per statement, told by its type."""

from collections.abc import Callable
from typing import Any

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.statements.agency_answers import record_answer
from kazna.contexts.registers.statements.answers import record_income, record_unemployment
from kazna.contexts.registers.statements.births import record_birth
from kazna.contexts.registers.statements.citizen_acts import record_citizen_act
from kazna.contexts.registers.statements.deaths import record_death
from kazna.contexts.registers.statements.disabilities import record_disability
from kazna.contexts.registers.statements.figures import record_figures
from kazna.contexts.registers.statements.further_incomes import record_payments, record_year_income
from kazna.contexts.registers.statements.guardianships import record_guardianship
from kazna.contexts.registers.statements.homes import record_registration, record_residence
from kazna.contexts.registers.statements.jobs import record_employment
from kazna.contexts.registers.statements.large_families import record_large_family
from kazna.contexts.registers.statements.marriages import record_divorce, record_marriage
from kazna.contexts.registers.statements.names import record_name_change
from kazna.contexts.registers.statements.newborns import record_newborn_snils
from kazna.contexts.registers.statements.paternities import record_paternity
from kazna.contexts.registers.statements.property import record_realty, record_vehicles
from kazna.contexts.registers.statements.pushes import record_person_told
from kazna.contexts.registers.statements.states import record_delivery, record_state

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
    integration.PaternityReported: record_paternity,
    integration.AnswerGiven: record_answer,
    integration.PersonTold: record_person_told,
    integration.FiguresAnswered: record_figures,
    integration.YearIncomeAnswered: record_year_income,
    integration.PaymentsAnswered: record_payments,
    integration.RegistrationAnswered: record_registration,
    integration.VehiclesAnswered: record_vehicles,
    integration.RealtyAnswered: record_realty,
    integration.StateReported: record_state,
    integration.DeliveryReported: record_delivery,
    integration.LargeFamilyReported: record_large_family,
    integration.GuardianshipReported: record_guardianship,
}
