"""The law of withholding as data: measures named exist, each once; nothing is levied that nobody named."""

import yaml

from kazna.contexts.payments.levy_rules import UNNAMED, read_rules, rules
from kazna.kernel.places import LAW

NAMED_NOWHERE = {  # paid in cash, and no text was found that says whether they are levied
    *("ru-child-tax-deduction", "ru-flight-crew-supplement", "ru-miner-supplement"),
    *("ru-large-family-mortgage", "ru-pension-savings-successors", "ru-savings-lump-sum", "ru-two-pensions"),
    *("ru-unpaid-pension-heirs", "r71-gas-equipment-subsidy"),
}


def test_every_measure_paid_in_cash_is_named_or_known_not_to_be():
    cash = set()
    for folder in (LAW / "measures").iterdir():
        newest = yaml.safe_load(sorted(folder.glob("*.yaml"))[-1].read_text("utf-8"))
        if newest["form"] == "cash":
            cash.add(newest["measure"])
    law = rules()

    assert {measure for measure in cash if law.why_not(measure) == UNNAMED} == NAMED_NOWHERE
    named = {*law.protected, *(measure for income in law.incomes for measure in income.measures)}
    assert named <= {folder.name for folder in (LAW / "measures").iterdir()}


def test_claims_have_their_turn_and_their_limit():
    law = rules()

    assert {claim.queue for claim in law.claims.values()} == {1, 2, 3, 4}
    assert {claim.percent for claim in law.claims.values()} == {50, 70}
    assert all(claim.laws for claim in law.claims.values())
    assert law.alimony_shares == {1: (1, 4), 2: (1, 3), 3: (1, 2)}


def test_a_measure_named_twice_is_refused():
    told = yaml.safe_load((LAW / "levy.yaml").read_text("utf-8"))
    told["protected"][0]["measures"].append("ru-old-age-pension")
    try:
        read_rules(told)
    except ValueError as problem:
        assert "ru-old-age-pension" in str(problem)
    else:
        raise AssertionError("a measure both levied and protected was taken")
