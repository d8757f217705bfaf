"""Documents of one batch: decisions that stand on one answer are composed once, the rest by filling their form.

Alone or with few like it a decision is composed and kept whole, as everything that an officer has a word in.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kazna.contexts.cases.documents import FACTS_USED, compose, fact_lines, facts_told, named, person_told
from kazna.contexts.cases.forms import Form, inside, value, words
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.spelling import spelt
from kazna.contexts.measures.contracts import Right
from kazna.contexts.registers.contracts import Fact, PersonCard

FEWEST = 5  # so many make a form: it is read by others than those it is about, and costs a row


@dataclass(slots=True)
class Sheet:
    """A decision with all that its document is made of."""

    decision: Decision
    right: Right | None
    recipient: PersonCard
    subject: PersonCard | None
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it is kept, how that is spelt, and the digest of the whole."""

    kept: dict[str, Any]
    spelling: str
    sha256: str


class Papers:
    """`forms`: those that decisions were kept by, to be written before them. `titles`: of kinds of facts."""

    def __init__(self, sheets: Sequence[Sheet], titles: Mapping[str, str]) -> None:
        self.sheets, self.titles = sheets, titles
        self.forms: dict[str, Form] = {}
        self._kinds = lru_cache(maxsize=1024)(self._titles_of)

    def write(self) -> list[Written]:
        """In the order of the sheets; each decision gets its wording."""
        keys = [_alike(sheet) for sheet in self.sheets]
        count, forms = Counter(keys), dict[Any, Form | None]()
        written = []
        for sheet, key in zip(self.sheets, keys, strict=True):
            self._word(sheet)
            if key is None or count[key] < FEWEST:
                written.append(whole(sheet))
                continue
            if key not in forms:
                forms[key] = self._form(sheet)
            form = forms[key]
            written.append(filled(sheet, form) if form else whole(sheet))
        return written

    def _word(self, sheet: Sheet) -> None:
        sheet.decision.wording = {
            "recipient": person_told(sheet.recipient),
            "subject": person_told(sheet.subject) if sheet.subject else None,
            "facts": self._kinds(frozenset([fact.kind for fact in sheet.facts])),
        }

    def _titles_of(self, kinds: frozenset[str]) -> dict[str, str]:
        return {kind: self.titles.get(kind, kind) for kind in sorted(kinds)}

    def _form(self, sheet: Sheet) -> Form | None:
        """The form of this decision and of those like it; None when filled it would not be the very same text."""
        form = form_of(sheet)
        if filled(sheet, form).sha256 != whole(sheet).sha256:
            return None
        self.forms[form.id] = form
        return form


def whole(sheet: Sheet) -> Written:
    document = compose(sheet.decision, sheet.right, sheet.facts)
    text = spelt(document)
    return Written(document, text, _digest(text))


def filled(sheet: Sheet, form: Form) -> Written:
    decision, told = sheet.decision, sheet.decision.wording
    person, about = told["recipient"], told["subject"]
    said = {"to": named(person)} | ({"of": named(about)} if about else {})
    facts = facts_told(sheet.facts, told["facts"])
    lines = list(fact_lines(facts))
    facts_text, lines_text, right = spelt(facts), spelt(lines), str(decision.right_id)
    places = {
        "number": inside(decision.number), "right": right, "person": spelt(person), "about": spelt(about),
        "facts": facts_text, "lines": lines_text[1:-1], **{place: inside(text) for place, text in said.items()},
    }  # fmt: skip
    kept = {"form": form.id, "said": said, "facts": facts, "lines": lines}
    spelling = f'{{"form":"{form.id}","said":{spelt(said)},"facts":{facts_text},"lines":{lines_text}}}'
    return Written(kept, spelling, _digest(form.filled(places)))


def form_of(sheet: Sheet) -> Form:
    """The document with its places left open."""
    blank = copy(sheet.decision)
    about = {"name": words("of"), "snils": ""} if sheet.subject else None
    blank.number = words("number")
    blank.wording = {
        "recipient": {"name": words("to"), "snils": ""}, "subject": about, "facts": sheet.decision.wording["facts"],
    }  # fmt: skip
    document = compose(blank, sheet.right, sheet.facts)
    if sheet.facts:
        lines = document["lines"]
        first = lines.index(FACTS_USED) + 1
        lines[first : first + len(list(fact_lines(document["facts"])))] = [value("lines")]
    document |= {"person": value("person"), "about": value("about"), "facts": value("facts")}
    document["rule"]["right_id"] = words("right")
    return Form(spelt(document))


def _alike(sheet: Sheet) -> tuple[Any, ...] | None:
    """Everything that a document by rule is made of but names, numbers and facts; None where an officer has a word.

    Traces are compared as objects: rights of one batch that have the same one were read with it.
    """
    decision, right = sheet.decision, sheet.right
    if right is None or decision.reason or decision.ground or decision.decided_by or decision.confirmed_by:
        return None
    return (
        decision.kind, decision.on, decision.body, decision.measure, decision.title, decision.amount_kopecks,
        decision.first_day, decision.last_day, sheet.subject is None, not sheet.facts, id(right.trace),
        tuple([id(one) for one in right.conditions]), right.sentences, tuple([one.title for one in right.missing]),
        right.state, right.period, right.edition_digest, right.edition_from, right.release_digest, right.law, right.on,
    )  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
