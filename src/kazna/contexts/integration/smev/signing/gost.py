"""ГОСТ Р 34.10-2012 and 34.11-2012 (256 bits) by the `openssl` program with the gost engine.

Debian: `apt-get install libengine-gost-openssl`. A certified crypto provider takes this place behind the same
interface. Keys stay in files; the program is called per operation (about 5 ms). Open algorithms are read too.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kazna.contexts.integration.smev.names import GOST_DIGEST, GOST_SIGNATURE
from kazna.contexts.integration.smev.signing.open_algorithms import OpenAlgorithms
from kazna.contexts.integration.smev.signing.provider import ProviderUnavailable, refused

ENGINE = ("-engine", "gost")
SECONDS = 20


class GostEngine(OpenAlgorithms):
    name = "gost"
    digest_method = GOST_DIGEST

    @cached_property
    def signature_method(self) -> str:  # type: ignore[override]
        return GOST_SIGNATURE

    def sign(self, data: bytes) -> bytes:
        if self.key_path is None or not self.key_path.is_file():
            raise ProviderUnavailable(provider=self.name, reason="нет файла ключа")
        return _openssl("dgst", *ENGINE, "-md_gost12_256", "-sign", str(self.key_path), data=data)

    def digest(self, method: str, data: bytes) -> bytes:
        if method != GOST_DIGEST:
            return super().digest(method, data)
        return _openssl("dgst", *ENGINE, "-md_gost12_256", "-binary", data=data)

    def verify(self, method: str, certificate: bytes, data: bytes, signature: bytes) -> None:
        if method != GOST_SIGNATURE:
            super().verify(method, certificate, data, signature)
            return
        with tempfile.TemporaryDirectory() as folder:
            public, signed = Path(folder) / "public.pem", Path(folder) / "signature"
            public.write_bytes(_openssl("x509", *ENGINE, "-inform", "DER", "-pubkey", "-noout", data=certificate))
            signed.write_bytes(signature)
            try:
                _openssl(
                    "dgst", *ENGINE, "-md_gost12_256", "-verify", str(public), "-signature", str(signed), data=data
                )
            except ProviderUnavailable as problem:
                raise refused("SignatureIsInvalid", "она не от этого сообщения или не этим ключом") from problem

    def is_issued_by(self, certificate: bytes, issuer: bytes) -> bool:
        if super().is_issued_by(certificate, issuer):
            return True
        with tempfile.TemporaryDirectory() as folder:
            root, one = Path(folder) / "root.pem", Path(folder) / "one.pem"
            for path, der in ((root, issuer), (one, certificate)):
                path.write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
            try:
                _openssl("verify", *ENGINE, "-no_check_time", "-CAfile", str(root), str(one), data=b"")
            except ProviderUnavailable:
                return False
        return True


def is_available() -> bool:
    """The program is there and knows the engine."""
    try:
        _openssl("dgst", *ENGINE, "-md_gost12_256", "-binary", data=b"")
    except ProviderUnavailable:
        return False
    return True


def _openssl(*arguments: str, data: bytes) -> bytes:
    program = shutil.which("openssl")
    if program is None:
        raise ProviderUnavailable(provider="gost", reason="нет программы openssl")
    try:
        done = subprocess.run([program, *arguments], input=data, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise ProviderUnavailable(provider="gost", reason=type(problem).__name__) from problem
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise ProviderUnavailable(provider="gost", reason=last[0] if last else f"код {done.returncode}")
    return done.stdout
