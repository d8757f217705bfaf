"""Which XML messages we take, by root."""

from __future__ import annotations

from kazna.contexts.integration.holders.known import HOLDERS
from kazna.contexts.integration.readers.xml_format import XmlFormat

XML_FORMATS: dict[str, XmlFormat] = {
    root: form for holder in HOLDERS for root, form in getattr(holder, "FORMATS", {}).items()
}
