"""The public half of the key by which push services know us; browsers ask for it when they subscribe."""

from __future__ import annotations

from functools import cache

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode


@cache
def push_key() -> str:
    """Base64 for addresses, an uncompressed point of P-256."""
    public = Vapid02.from_string(settings.KAZNA_VAPID_KEY).public_key
    return str(b64urlencode(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)))
