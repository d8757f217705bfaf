"""Facts in Parquet and back: a partition is a folder with `subject.parquet` and `rel_<name>.parquet`.

`subject`: `id`, one column per fact (dots become `__`; NULL unknown), `<relation>__group` for each relation. A
relation: `group_id` ascending, `tie`, one column per fact of a candidate. Money BIGINT kopecks, a rate BIGINT over the
parts of its type, a date DATE, text VARCHAR, a series one BIGINT column per month, named `<fact>__<year>_<month>`.
A number out of its declared range is unknown.
Row group k of a relation holds the people of row group k of `subject`, so that a partition is read piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kazna.kernel.errors import DomainError
from kazna.rules.compile.frame import NO_TIE, OTHER_TIE, Array, Column, Frame, Group
from kazna.rules.compile.situations import ties_of
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.language.types import Kind, Type

EPOCH = 719_163  # ordinal of 1970-01-01


class BadFacts(DomainError):
    """A file of facts is not laid out as the back end reads it."""

    sentence = "{file}: {what} Подготовьте факты заново."


def column_name(fact: str) -> str:
    return fact.replace(".", "__")


def known_of(array: pa.Array) -> Array | None:
    """Where the array has values; None when everywhere."""
    if array.null_count == 0:
        return None
    bits = np.frombuffer(array.buffers()[0], dtype=np.uint8)
    flags = np.unpackbits(bits, count=array.offset + len(array), bitorder="little")
    return flags[array.offset :].view(np.bool_)


def column_of(array: pa.Array, kind: Type) -> Column:
    """An Arrow array as a column of the frame, without copying numbers."""
    known = known_of(array)
    if kind.kind is Kind.BOOL:
        bits = np.frombuffer(array.buffers()[1], dtype=np.uint8)
        flags = np.unpackbits(bits, count=array.offset + len(array), bitorder="little")[array.offset :]
        return Column(flags.view(np.bool_), known)
    if kind.kind is Kind.TEXT:
        return _words(array, kind.values, known)
    if kind.kind is Kind.DATE:
        days = _numbers(array.cast(pa.date32()), np.int32) + np.int32(EPOCH)
        return Column(days if known is None else np.where(known, days, 1), known)
    return _in_range(_numbers(array.cast(pa.int64()), np.int64), known, kind)


def _in_range(values: Array, known: Array | None, kind: Type) -> Column:
    """Whole numbers lean on declared ranges: a value outside is unknown."""
    low, high = int(kind.lo * kind.parts), int(kind.hi * kind.parts)
    if len(values) and (values.min() < low or values.max() > high):
        inside = (values >= low) & (values <= high)
        known = inside if known is None else known & inside
    return Column(values, known)


def _numbers(array: pa.Array, dtype: Any) -> Array:
    return np.frombuffer(array.buffers()[1], dtype=dtype, count=array.offset + len(array))[array.offset :]


def _words(array: pa.Array, words: tuple[str, ...], known: Array | None) -> Column:
    """Codes in the declared words; an undeclared word is unknown."""
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    places = {word: place for place, word in enumerate(words)}
    codes = np.array([places.get(word, -1) for word in array.dictionary.to_pylist()] or [-1], dtype=np.int32)
    indices = np.asarray(array.indices.fill_null(0))
    found = codes[indices] if len(array.dictionary) else np.full(len(array), -1, dtype=np.int32)
    if np.any(codes < 0):
        known = (found >= 0) if known is None else known & (found >= 0)
    return Column(np.where(found < 0, 0, found), known)


def _one(table: pa.Table, name: str) -> pa.Array | None:
    if name not in table.column_names:
        return None
    chunks = table.column(name).chunks
    return (
        chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks) if chunks else table.column(name).combine_chunks()
    )


def columns_of(table: pa.Table, facts: Mapping[str, Type]) -> dict[str, Column]:
    """The columns of the facts wanted; those the table does not have stay unknown."""
    found = {}
    for fact, kind in facts.items():
        name = column_name(fact)
        if kind.kind is Kind.SERIES:
            series = _series(table, name, kind)
            if series is not None:
                found[fact] = series
            continue
        array = _one(table, name)
        if array is not None:
            found[fact] = column_of(array, kind)
    return found


def _series(table: pa.Table, name: str, kind: Type) -> Column | None:
    """Months side by side, each month a stretch of memory."""
    months = sorted(column for column in table.column_names if _month(column, name) is not None)
    if not months:
        return None
    first, rows = _month(months[0], name), table.num_rows
    amounts = np.zeros((len(months), rows), dtype=np.int64)
    known: Array | None = None
    for place, column in enumerate(months):
        array = _one(table, column)
        assert array is not None
        month = _in_range(_numbers(array.cast(pa.int64()), np.int64), known_of(array), kind)
        amounts[place], told = month.values, month.known
        if told is not None:
            if known is None:
                known = np.ones(amounts.shape, dtype=np.bool_)
            known[place] = told
    return Column(amounts.T, None if known is None else known.T, first or 0)


def _month(column: str, name: str) -> int | None:
    """«income__2024_10» is a month of `income`: year * 12 + month - 1."""
    start, _, rest = column.rpartition("__")
    year, _, month = rest.partition("_")
    return int(year) * 12 + int(month) - 1 if start == name and year.isdigit() and month.isdigit() else None


def group_of(
    people: pa.Table, places: pa.Array, facts: Mapping[str, Type], relation: RelationDefinition, file: str
) -> Group:
    """Candidates of a relation and which group each subject looks at; a NULL group is unknown as a whole."""
    identities = _numbers(_needed(people, "group_id", file).cast(pa.int64()), np.int64)
    if np.any(identities[1:] < identities[:-1]):
        raise BadFacts(file=file, what="Люди не упорядочены по group_id.")
    new = np.ones(len(identities), dtype=np.bool_)
    new[1:] = identities[1:] != identities[:-1]
    starts = np.flatnonzero(new)
    unique = identities[starts]
    offsets = np.concatenate((starts, [len(identities)], [len(identities)])).astype(np.int64)
    told = known_of(places)
    wanted = _numbers(places.cast(pa.int64()), np.int64)
    found = np.searchsorted(unique, wanted)
    inside = np.minimum(found, max(len(unique) - 1, 0))
    missing = (unique[inside] != wanted) if len(unique) else np.ones(len(wanted), dtype=np.bool_)
    if told is not None:
        missing |= ~told
    known = None
    if np.any(missing):  # the last, empty group stands for an unknown relation
        found = np.where(missing, len(unique), found)
        known = np.arange(len(unique) + 1) < len(unique)
    ties = ties_of(relation)
    return Group(offsets, _ties(people, ties, file), ties, columns_of(people, facts), found, known)


def _needed(table: pa.Table, name: str, file: str) -> pa.Array:
    array = _one(table, name)
    if array is None:
        raise BadFacts(file=file, what=f"Нет столбца {name}.")
    return array


def _ties(people: pa.Table, ties: tuple[str, ...], file: str) -> Array:
    column = _words(_needed(people, "tie", file), (*ties, ""), None)
    array = _needed(people, "tie", file)
    told = known_of(array)
    declared = column.values if column.known is None else np.where(column.known, column.values, OTHER_TIE)
    declared = np.where(declared == len(ties), OTHER_TIE, declared)
    return (declared if told is None else np.where(told, declared, NO_TIE)).astype(np.int16)


def pieces(
    folder: Path,
    facts: Mapping[str, Type],
    relations: Mapping[str, Mapping[str, Type]],
    definitions: Mapping[str, RelationDefinition],
) -> Iterator[tuple[pa.Array, Frame]]:
    """The ids and the frame of each row group of a partition, in order."""
    subjects = _open(folder / "subject.parquet")
    people = {name: _open(folder / f"rel_{name}.parquet") for name in relations if _exists(folder, name)}
    for name, file in people.items():
        if file.num_row_groups != subjects.num_row_groups:
            raise BadFacts(file=str(folder / f"rel_{name}.parquet"), what="Групп строк не столько, сколько у subject.")
    names = _wanted(subjects, facts) + [f"{name}__group" for name in people] + ["id"]
    inner = {name: [*_wanted(file, relations[name]), "group_id", "tie"] for name, file in people.items()}
    for index in range(subjects.num_row_groups):
        table = subjects.read_row_group(index, columns=names, use_threads=False)
        groups = {}
        for name, file in people.items():
            of_group = file.read_row_group(index, columns=inner[name], use_threads=False)
            where = str(folder / f"rel_{name}.parquet")
            places = _needed(table, f"{name}__group", str(folder / "subject.parquet"))
            groups[name] = group_of(of_group, places, relations[name], definitions[name], where)
        yield _needed(table, "id", str(folder)), Frame(table.num_rows, columns_of(table, facts), groups)


def rows_in(folder: Path) -> int:
    """How many subjects a partition has."""
    return int(pq.read_metadata(folder / "subject.parquet").num_rows)


def _exists(folder: Path, relation: str) -> bool:
    return (folder / f"rel_{relation}.parquet").exists()


def _open(path: Path) -> pq.ParquetFile:
    if not path.exists():
        raise BadFacts(file=str(path), what="Файла нет.")
    schema = pq.read_schema(path)
    words = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_dictionary(field.type)]
    return pq.ParquetFile(path, read_dictionary=words)


def _wanted(file: pq.ParquetFile, facts: Mapping[str, Type]) -> list[str]:
    there = set(file.schema_arrow.names)
    names = [column_name(fact) for fact in facts if column_name(fact) in there]
    series = {column_name(fact) for fact, kind in facts.items() if kind.kind is Kind.SERIES}
    return names + sorted(name for name in there if name.rpartition("__")[0] in series and name not in names)
