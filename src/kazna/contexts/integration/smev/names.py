"""Names of the official envelope 1.1 and of the algorithms in its signatures."""

from __future__ import annotations

TYPES = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/1.1"
BASIC = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/basic/1.1"
FAULTS = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/faults/1.1"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"

EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
SMEV_TRANSFORM = "urn://smev-gov-ru/xmldsig/transform"

SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
GOST_DIGEST = "urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-256"
GOST_SIGNATURE = "urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256"

ENVELOPE_SCHEMA = "smev3_envelope/smev/1.1/smev-message-exchange-types-1.1.xsd"
FAULTS_SCHEMA = "smev3_envelope/smev/1.1/smev-message-exchange-faults-1.1.xsd"
CONTENT_TYPE = "text/xml; charset=utf-8"


def types(name: str) -> str:
    return f"{{{TYPES}}}{name}"


def basic(name: str) -> str:
    return f"{{{BASIC}}}{name}"


def faults(name: str) -> str:
    return f"{{{FAULTS}}}{name}"


def soap(name: str) -> str:
    return f"{{{SOAP}}}{name}"


def dsig(name: str) -> str:
    return f"{{{XMLDSIG}}}{name}"
