"""Which line of which budget bears a payment: the code of budget classification (КБК), twenty digits.

Chief administrator (3), section and subsection (4), target article (10), kind of expenditure (3). Administrators,
sections and kinds are as in the classification of the Ministry of Finance (order № 82н); target articles are made up
for demonstration, an installation puts its own here. Law: Budget Code, articles 21 and 161.
"""

from __future__ import annotations

FUND, REGION, TOWN = "797", "855", "900"
BUDGETS = {
    FUND: "Бюджет Фонда пенсионного и социального страхования",
    REGION: "Бюджет субъекта Российской Федерации",
    TOWN: "Местный бюджет",
}
PENSIONS, PEOPLE, FAMILY = "1001", "1003", "1004"
PENSION, BENEFIT = "312", "313"
OF_FAMILY = ("birth", "child", "maternity", "pregnancy", "family", "third", "young", "school", "kindergarten", "food")


def kbk_of(measure: str, body: str) -> str:
    """The budget line of a measure paid by a body; the same always gives the same."""
    administrator = FUND if body.startswith("sfr") else TOWN if body.startswith("municipality") else REGION
    if "pension" in measure:
        section, kind = PENSIONS, PENSION
    else:
        section, kind = (FAMILY if any(part in measure for part in OF_FAMILY) else PEOPLE), BENEFIT
    article = f"03{sum(ord(letter) * place for place, letter in enumerate(measure, 1)) % 10**8:08d}"
    return administrator + section + article + kind


def budget_of(kbk: str) -> str:
    """The budget that a line belongs to, in words."""
    return BUDGETS.get(kbk[:3], "Бюджет не назван")
