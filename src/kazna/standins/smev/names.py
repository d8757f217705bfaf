"""Namespaces of envelope 1.1 as the server writes them."""

from __future__ import annotations

TYPES = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/1.1"
BASIC = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/basic/1.1"
FAULTS = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/faults/1.1"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
SMEV = "urn://smev-gov-ru/xmldsig/transform"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
OPERATOR = "SMEV"


def t(name: str) -> str:
    return f"{{{TYPES}}}{name}"


def b(name: str) -> str:
    return f"{{{BASIC}}}{name}"


def ds(name: str) -> str:
    return f"{{{DSIG}}}{name}"
