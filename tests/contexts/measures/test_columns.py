"""Everybody at once reads and decides what one person's way reads and decides."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import numpy as np
import pytest
from tests.contexts.measures.lives import Lives

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.columns.asking import columns
from kazna.contexts.measures.columns.batches import CHILD_UNTIL_YEARS, batches, cast, castings, castings_of
from kazna.contexts.measures.columns.everybody import rights_of_everybody
from kazna.contexts.measures.columns.frames import set_frame
from kazna.contexts.measures.columns.store import set_window, store_of
from kazna.contexts.measures.derivations import derivations
from kazna.contexts.measures.determine import determine
from kazna.contexts.measures.situation import set_scene
from kazna.kernel.places import LAW
from kazna.rules import SituationError, load_library
from kazna.rules.compile.situations import frame_of

ON = date(2026, 3, 1)


@pytest.fixture(scope="module")
def library():
    return load_library(LAW)


def in_force(library):
    return [edition for editions in library.measures.values() for edition in editions if edition.holds(ON)]


def test_every_derivation_has_its_column():
    assert set(columns) == set(derivations)


def known(column):
    return np.ones(column.values.shape, bool) if column.known is None else column.known


def same(one, other, rows):
    """Rows where both know the same and say the same."""
    if one.values.ndim == 2 or other.values.ndim == 2:
        return [_months(one, row) == _months(other, row) for row in range(rows)]
    both = known(one) == known(other)
    return (both & ((one.values == other.values) | ~known(one))).tolist()


def _months(column, row):
    """Months told; where all others are zero, those that are not."""
    told, rest = known(column)[row], bool(np.broadcast_to(column.rest_zero, len(column))[row])
    months = {column.first_month + n: int(v) for n, v in enumerate(column.values[row]) if told[n] and (v or not rest)}
    return rest, months


@pytest.mark.parametrize("seed", range(2))
def test_columns_say_what_derivations_say(library, seed):
    lives = Lives(library, seed, 12, ON)
    book, database = Book(lives.facts), store_of(lives.facts)
    ids = [row[0] for row in database.execute("SELECT id FROM person ORDER BY n").fetchall()]
    set_window(database, ON)
    differences = []
    for batch in batches(library, in_force(library)):
        casting = castings(ON)[batch.casting]
        rows = cast(database, casting, ON, ON)
        scene = set_frame(database, library, casting, batch, rows)
        names = [role for role, _ in casting.roles]
        people = database.execute(f"SELECT {', '.join(names)} FROM who ORDER BY key").fetchall()
        roles = [dict(zip(names, (UUID(ids[n]) for n in row), strict=True)) for row in people]
        for edition in batch.editions:
            wanted, ok = [], []
            for one in roles:
                try:
                    situation = set_scene(library, edition, one, book, ON, ON).situation
                    frame_of([situation], edition.facts, edition.relations)
                    wanted.append(situation)
                    ok.append(True)
                except SituationError:
                    wanted.append(set_scene(library, edition, roles[0], Book([]), ON, ON).situation)
                    ok.append(False)
            frame = frame_of(wanted, edition.facts, edition.relations)
            differences += _differences(edition, frame, scene, ok, rows)
    assert "\n".join(sorted({text.split(" at ")[0]: text for text in differences}.values())) == ""


def _differences(edition, frame, scene, ok, rows):
    for name, column in frame.facts.items():
        mine = scene.frame.facts.get(name)
        equal = [not known(column)[row].any() for row in range(rows)] if mine is None else same(column, mine, rows)
        for row in range(rows):
            if ok[row] and not scene.strange[row] and not equal[row]:
                other = "nothing" if mine is None else f"{mine.values[row]} {known(mine)[row]}"
                yield f"{name} in {edition.id} at {row}: {column.values[row]} {known(column)[row]}, {other}"
    for name, group in frame.relations.items():
        mine = scene.frame.relations[name]
        sizes, others = np.diff(group.offsets), np.diff(mine.offsets)
        for row in range(rows):
            if not ok[row] or scene.strange[row]:
                continue
            if sizes[row] != others[row] or _heard(group, row) != _heard(mine, row):
                yield f"{name} in {edition.id} at {row}: {sizes[row]} people, {others[row]}"
                continue
            a, b, n = int(group.offsets[row]), int(mine.offsets[row]), int(sizes[row])
            if group.tie[a : a + n].tolist() != mine.tie[b : b + n].tolist():
                yield f"{name}.tie in {edition.id} at {row}"
            for short in edition.relation_facts[name]:
                one, other = group.facts[short].part(slice(a, a + n)), mine.facts[short].part(slice(b, b + n))
                if not all(same(one, other, n)):
                    yield f"{name}.{short} in {edition.id} at {row}: {one} {other}"


def _heard(group, row):
    return True if group.known is None else bool(group.known[row])


@pytest.mark.parametrize("seed", range(2))
def test_everybody_is_answered_as_one_person_is(library, seed):
    lives = Lives(library, 100 + seed, 8, ON)
    book, database = Book(lives.facts), store_of(lives.facts)
    ids = [UUID(row[0]) for row in database.execute("SELECT id FROM person ORDER BY n").fetchall()]
    for answer in rights_of_everybody(database, library, in_force(library), ON):
        rights = {row["subject_id"]: row for row in answer.rights.to_pylist()}
        left = {subject for subject, _ in answer.one_by_one}
        for person in ids:
            if str(person) not in left:
                assert _told(rights.get(str(person))) == one(library, answer.edition, book, person), answer.edition.id


def _told(right):
    if right is None:
        return ("refused", None, None, None, None)
    return tuple(right[key] for key in ("state", "recipient_id", "amount_kopecks", "first_day", "last_day"))


def one(library, edition, book, person):
    """The same question the way the platform asks it of one life; what only case analysis decides is open here."""
    for roles in people_of(edition, book, person):
        found = determine(library, edition, roles, book, ON).outcome
        state = "unknown" if found.by_cases else found.state
        if state != "refused":
            told = (found.amount_kopecks, found.term_from, found.term_to) if state == "granted" else (None,) * 3
            return (state, str(roles.get("applicant", person)), *told)
    return ("refused", None, None, None, None)


def people_of(edition, book, person):
    died = book.death(person)
    if died is not None and died <= ON:
        return
    for casting in castings_of(edition):
        if casting == "person":
            yield {"person": person}
        elif (parent := book.parent(person, casting)) and _is_young(book, person):
            yield {"child": person, "applicant": parent}


def _is_young(book, person):
    born = book.birth(person)
    return born is not None and born > ON.replace(year=ON.year - CHILD_UNTIL_YEARS)
