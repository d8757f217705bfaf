"""Every file of a holder: what it asks (`TOPICS`), what it takes (`FORMATS`)."""

from __future__ import annotations

from kazna.contexts.integration.holders import (
    bank_statement,
    defence,
    disability_register,
    education,
    employment_service,
    entrepreneurs,
    figures,
    guardianship,
    insurance_payers,
    interior,
    large_families,
    medicine,
    prisons,
    pushed,
    real_estate,
    self_employed,
    tax_agents,
    traffic_police,
)
from kazna.contexts.integration.holders.civil_acts import asked as civil_acts_asked
from kazna.contexts.integration.holders.civil_acts import pushed as civil_acts_pushed

HOLDERS = (
    civil_acts_pushed,
    civil_acts_asked,
    bank_statement,
    defence,
    disability_register,
    education,
    employment_service,
    entrepreneurs,
    figures,
    guardianship,
    insurance_payers,
    interior,
    large_families,
    medicine,
    prisons,
    pushed,
    real_estate,
    self_employed,
    tax_agents,
    traffic_police,
)
