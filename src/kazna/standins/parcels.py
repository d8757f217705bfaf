"""What goes over the wire in one post: a document, or a zip of the day's documents of one agency."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from kazna.standins.documents.own_archive import entry

XML, ZIP, JSON = "application/xml", "application/zip", "application/json"
ENDINGS = {".xml": XML, ".zip": ZIP, ".json": JSON}


@dataclass(frozen=True, slots=True)
class Document:
    """File name and bytes; the name's ending says what it is."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One POST to the product. `documents` is how many files it carries."""

    agency: str
    name: str
    body: bytes
    content_type: str
    documents: int


def pack(agency: str, name: str, documents: Sequence[Document]) -> list[Parcel]:
    """Nothing for no documents, the document itself for one, a zip for several.

    The Fund's own archives (.zip) are never put inside another zip: each is a parcel of its own.
    """
    archives = [document for document in documents if document.name.endswith(".zip")]
    loose = [document for document in documents if not document.name.endswith(".zip")]
    parcels = [parcel_of_one(agency, archive) for archive in archives]
    if len(loose) == 1:
        parcels.append(parcel_of_one(agency, loose[0]))
    elif loose:
        parcels.append(Parcel(agency, f"{name}.zip", zip_together(loose), ZIP, len(loose)))
    return parcels


def parcel_of_one(agency: str, document: Document) -> Parcel:
    ending = document.name[document.name.rindex(".") :]
    return Parcel(agency, document.name, document.body, ENDINGS[ending], 1)


def zip_together(documents: Sequence[Document]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in documents:
            archive.writestr(entry(document.name), document.body)
    return target.getvalue()
