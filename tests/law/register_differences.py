"""Where the library holds a row of `law/sources/parameters.csv` in another shape, and why."""

from __future__ import annotations

# Spellings of the register for regions that the vocabulary names otherwise.
REGIONS = {
    "Донецкая область": "93",
    "Кемеровская область — Кузбасс": "42",
    "Луганская область": "94",
    "Республика Саха (Якутия)": "14",
    "Республика Северная Осетия — Алания": "15",
    "Ханты-Мансийский автономный округ — Югра": "86",
    "Чувашская Республика": "21",
}
PENZA = "Пенза (город; test data of 2020 payment 3–7)"

# The register keeps Russia as a region; the library keeps it under names of their own.
FOR_RUSSIA = {name: f"{name}_rf" for name in ("pm_per_capita", "pm_working_age", "pm_pensioner", "pm_child")}
# A city's own figures stand by municipality.
FOR_PENZA = {name: f"{name}_municipality" for name in ("pm_per_capita", "pm_child")}

# The measure was written before its register row got this name.
RENAMED = {
    "msk_large_cost_of_living_3_4": "r77_large_family_cost_of_living_3_4",
    "msk_large_cost_of_living_5plus": "r77_large_family_cost_of_living_5plus",
}

# One row of the register names several amounts: library name → value.
SPLIT = {
    "kindergarten_fee_comp": {
        "kindergarten_fee_comp_1": "0.20",
        "kindergarten_fee_comp_2": "0.50",
        "kindergarten_fee_comp_3plus": "0.70",
    },
}

# The same, by a key of one parameter: library name and key → value.
BY_KEY = {
    "large_family_awards": {"mother_heroine": "1000000", "order": "500000", "medal": "200000"},
}

# The unit of the row names further amounts: library name → value.
ALSO = {
    "child_benefit_poor": {"child_benefit_poor_single_mother": "1174", "child_benefit_poor_no_alimony": "881"},
    "third_child_birth_grant": {"third_child_birth_grant_triplets": "300000"},
    "msk_single_mother_cost": {"msk_single_mother_cost_without_benefit": "447"},
}

# Replaced backwards by a later act: kept as history of the parameter named.
REPLACED = {
    "spk_point_value_initial_2025": "spk_point_value",
    "fixed_payment_initial_2025": "fixed_payment_base",
}

# The source prints whole roubles; the parts recovered by inverse indexation add up to the printed total.
RECOVERED = {
    ("nsu_medicines", "2024-02-01"): "1215.80",
    ("nsu_sanatorium", "2024-02-01"): "188.08",
    ("nsu_transport", "2024-02-01"): "174.62",
}

# No number but a rule: «equal to the subsistence minimum of the child in the region».
RULES = {"missing_servicemen_child_payment"}

# Ages by date of birth stand in tables: register name → (table, first day of birth), value in months.
AGES = {
    "old_age_retirement_age_M_born_1959-H1": ("retirement_age_m", "1959-01-01"),
    "old_age_retirement_age_M_born_1959-H2": ("retirement_age_m", "1959-07-01"),
    "old_age_retirement_age_M_born_1960-H1": ("retirement_age_m", "1960-01-01"),
    "old_age_retirement_age_M_born_1960-H2": ("retirement_age_m", "1960-07-01"),
    "old_age_retirement_age_M_born_1961": ("retirement_age_m", "1961-01-01"),
    "old_age_retirement_age_M_born_1962": ("retirement_age_m", "1962-01-01"),
    "old_age_retirement_age_M_born_1963+": ("retirement_age_m", "1963-01-01"),
    "old_age_retirement_age_F_born_1964-H1": ("retirement_age_f", "1964-01-01"),
    "old_age_retirement_age_F_born_1964-H2": ("retirement_age_f", "1964-07-01"),
    "old_age_retirement_age_F_born_1965-H1": ("retirement_age_f", "1965-01-01"),
    "old_age_retirement_age_F_born_1965-H2": ("retirement_age_f", "1965-07-01"),
    "old_age_retirement_age_F_born_1966": ("retirement_age_f", "1966-01-01"),
    "old_age_retirement_age_F_born_1967": ("retirement_age_f", "1967-01-01"),
    "old_age_retirement_age_F_born_1968+": ("retirement_age_f", "1968-01-01"),
}
