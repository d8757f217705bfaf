"""Answers of the interior ministry on registration, living and staying place 1.1.0."""

from __future__ import annotations

from datetime import date

from kazna.standins.documents.tree import Vocabulary, to_bytes

COMMONS = Vocabulary("urn://mvd/guvm/registration-commons/1.2.0")


def write_registration_answer(
    which: str,
    oktmo: str | None = None,
    address: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> bytes:
    """`which` is living or staying; without `since` the person is not registered so."""
    here = Vocabulary(f"urn://mvd/guvm/{which}-place-registration/1.1.0")
    answer = here.root(f"{which}PlaceRegistrationResponse", prefixes={"m": here.namespace})
    if since is None:
        here(answer, "notFoundRegistration")
        return to_bytes(answer)
    told = here(answer, "registrationInfo")
    COMMONS(told, "regionOktmo", oktmo)
    COMMONS(told, "registrationDateFrom", since)
    COMMONS(told, "unstructuredAddress", address)
    if which == "staying":
        here(told, "registrationDateTo", until)
    return to_bytes(answer)
