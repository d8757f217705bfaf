"""Names: what is listed is used, what is used is listed, what is referred to exists."""

from __future__ import annotations

from kazna.rules.documents.reading import Findings
from kazna.rules.edition import Edition
from kazna.rules.library import Library
from kazna.rules.problems import near_miss


def check_vocabulary(findings: Findings, library: Library) -> None:
    """A fact is kept under a kind of the catalogue."""
    for fact in library.facts.values():
        kind = fact.plain.get("kind")
        if kind is not None and library.kinds and kind not in library.kinds:
            advice = near_miss(str(kind), library.kinds)
            findings.add(fact.place, "unknown_name", f"Вида факта «{kind}» нет в каталоге.", what_to_do=advice)
        if kind is None and library.kinds and fact.holder:
            findings.add(
                fact.place, "no_kind", f"Факт «{fact.name}» не из чего вывести.",
                "Не назван вид факта, под которым его хранят реестры.", "Добавьте kind из каталога.",
            )  # fmt: skip


def check_codes(findings: Findings, library: Library) -> None:
    """One code, one measure: papers and payments are matched by it."""
    owners: dict[str, str] = {}
    for identity, editions in library.measures.items():
        for edition in editions:
            code = str(edition.document.get("code"))
            if owners.setdefault(code, identity) != identity:
                findings.add(
                    edition.measure.place, "code_taken", f"Код «{code}» уже у меры «{owners[code]}».", "",
                    "Дайте другой код.", "warning",
                )  # fmt: skip


def check_names(findings: Findings, library: Library, edition: Edition) -> None:
    measure, place = edition.measure, edition.measure.place
    for name in sorted(edition.own_parameters):
        if name not in measure.parameters:
            findings.add(
                place, "unlisted", f"Параметр «{name}» не назван в parameters.", what_to_do="Добавьте его в список."
            )
    for name in measure.parameters:
        if name not in edition.parameter_names:
            findings.add(
                place,
                "unused",
                f"Параметр «{name}» не используется.",
                what_to_do="Уберите его из списка.",
                severity="warning",
            )
    for name in edition.idle_steps:
        findings.add(
            place,
            "unused",
            f"Шаг «{name}» ни на что не влияет.",
            what_to_do="Уберите его или используйте.",
            severity="warning",
        )
    for step in measure.steps:
        if not step.shared and step.name in library.definitions:
            findings.add(
                step.place, "shadowed", f"Шаг «{step.name}» зовётся как общее определение.",
                "Читатель решит, что это оно и есть.", f"Пишите uses: [{step.name}] или назовите шаг иначе.", "warning",
            )  # fmt: skip
    for law in sorted(set(measure.law) - _cited(edition)):
        findings.add(
            place,
            "unused",
            f"На закон «{law}» никто не ссылается.",
            what_to_do="Сошлитесь или уберите.",
            severity="warning",
        )
    passport = measure.plain.get("passport") or {}
    for other in [*(measure.plain.get("exclusions") or ()), *(passport.get("follows") or ())]:
        if other not in library.measures:
            advice = near_miss(str(other), library.measures)
            findings.add(place, "unknown_name", f"Меры «{other}» нет.", what_to_do=advice)


def _cited(edition: Edition) -> set[str]:
    measure = edition.measure
    formulas = [part for part in (measure.amount, measure.term_from, measure.term_to) if part is not None]
    citations = [part.citation for part in formulas]
    citations += [condition.citation for condition in measure.conditions]
    citations += [step.citation for step in measure.steps]
    return {key for citation in citations for key in citation.keys}
