"""How a measure is delivered follows from the same facts as the right."""

from datetime import date

import pytest

from kazna.rules import Situation

CASES = [
    ("ru-birth-grant", "mode", {"child.parent_employed": True}, "proactive_decision"),
    ("ru-birth-grant", "mode", {"child.parent_employed": False}, "proactive_notice"),
    ("ru-birth-grant", "mode", {"child.parent_employed": None}, "proactive_notice"),
    ("ru-disability-monthly", "mode", {"person.disability_group": "II"}, "proactive_decision"),
    ("ru-disability-monthly", "mode", {"person.disability_group": "none"}, "application"),
    ("ru-child-benefit", "mode", {"child.had_benefit": False}, "application"),
    ("ru-child-benefit", "mode", {"child.had_benefit": True}, "proactive_notice"),
    ("ru-old-age-pension", "mode", {"person.disability_pension_amount": 2500000}, "proactive_decision"),
    ("ru-old-age-pension", "mode", {"person.disability_pension_amount": 0}, "proactive_notice"),
    ("ru-social-supplement", "body", {"person.region": "77"}, "dszn"),
    ("ru-social-supplement", "body", {"person.region": "63"}, "sfr"),
    ("ru-social-supplement", "body", {"person.region": "65"}, "dszn"),
    ("ru-savings-lump-sum", "body", {"savings.insurer": "npf"}, "npf"),
    ("ru-savings-lump-sum", "body", {"savings.insurer": "sfr"}, "sfr"),
    ("ru-social-services-set", "mode", {"nsu_request.filed": False}, "proactive_decision"),
    ("ru-social-services-set", "mode", {"nsu_request.filed": True}, "proactive_notice"),
]


@pytest.mark.parametrize(("measure", "key", "facts", "expected"), CASES)
def test_passport_follows_the_facts(library, measure, key, facts, expected):
    on = date(2026, 3, 10)
    situation = Situation({"application.date": on, **facts}, {})

    chosen = library.edition(measure, on).choose(key, situation, on)

    assert chosen == expected


def test_newborn_of_a_receiving_family_needs_no_application(library):
    on = date(2025, 3, 10)
    facts = {
        "application.date": on,
        "child.birth_date": date(2025, 3, 1),
        "child.had_benefit": False,
        "applicant.older_benefit_active": True,
    }

    assert library.edition("ru-child-benefit", on).choose("mode", Situation(facts, {}), on) == "proactive_decision"
