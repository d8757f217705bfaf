"""ЗАГС of its own accord: six kinds of civil acts, messages …Request of 112-01 to 112-48."""

from __future__ import annotations

from kazna.contexts.integration.contracts import Kind
from kazna.contexts.integration.holders.civil_acts import records
from kazna.contexts.integration.readers.xml_format import Read, XmlFormat, informed_on


def _pushed(kind: Kind, schema: str, read: Read) -> XmlFormat:
    return XmlFormat(kind, "zags", (f"egisso/schemas/zags/{schema}",), read, informed_on)


FORMATS = {
    "{urn://x-artefacts-zags-rogd/root/112-01/4.0.5}ROGDRequest": _pushed(
        Kind.BIRTH, "zags-rogd-ru-4.0.5.xsd", records.births
    ),
    "{urn://x-artefacts-zags-fatal/root/112-04/4.0.6}FATALRequest": _pushed(
        Kind.DEATH, "zags-fatal-ru-root-4.0.6.xsd", records.deaths
    ),
    "{urn://x-artefacts-zags-pername/root/112-03/4.0.6}PERNAMERequest": _pushed(
        Kind.NAME_CHANGE, "zags-pername-ru-4.0.6.xsd", records.name_changes
    ),
    "{urn://x-artefacts-zags-pername/root/112-03/4.0.4}PERNAMERequest": _pushed(
        Kind.NAME_CHANGE, "zags-pername-ru-4.0.4.xsd", records.name_changes
    ),
    "{urn://x-artefacts-zags-brakz/root/112-46/4.0.2}BRAKZRequest": _pushed(
        Kind.MARRIAGE, "zags-brakz-4.0.2.xsd", records.marriages
    ),
    "{urn://x-artefacts-zags-brakr/root/112-48/4.0.2}BRAKRRequest": _pushed(
        Kind.DIVORCE, "zags-brakr-4.0.2.xsd", records.divorces
    ),
    "{urn://x-artefacts-zags-parent/root/112-08/4.0.6}PARENTRequest": _pushed(
        Kind.PATERNITY, "zags-parent-4.0.6.xsd", records.paternities
    ),
}
