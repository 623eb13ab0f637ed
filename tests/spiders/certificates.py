"""Certificates for sites on loopback, good and bad, signed by an authority of the test's own."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

VALID = (timedelta(days=-1), timedelta(days=1))
EXPIRED = (timedelta(days=-9), timedelta(days=-2))
TO_COME = (timedelta(days=2), timedelta(days=9))


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A name and a key that sign certificates."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey


@cache
def authority(called: str = "The authority of a test") -> Authority:
    """Make an authority, once for all tests."""
    return Authority(name=_name(called), key=ec.generate_private_key(ec.SECP256R1()))


def write_root(folder: Path) -> Path:
    """Write the certificate of the authority, for a program that is to trust it."""
    ours = authority()
    constraint = x509.BasicConstraints(ca=True, path_length=None)
    root = _certificate(ours.name, ours.key.public_key(), VALID, ours, {constraint: True})
    path = folder / "root.pem"
    path.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return path


def context(
    folder: Path, host: str, lasts: tuple[timedelta, timedelta] = VALID, signed_by: Authority | None = None
) -> ssl.SSLContext:
    """Make the side of a server whose certificate names `host`, an IP address, and lasts from and to a time from now.

    Without `signed_by` the certificate has signed itself.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = signed_by or Authority(name=_name(host), key=key)
    named = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
    certificate = _certificate(_name(host), key.public_key(), lasts, issuer, {named: False})
    path = folder / f"{certificate.serial_number:x}.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + _key_bytes(key))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey,
    lasts: tuple[timedelta, timedelta],
    issuer: Authority,
    extensions: Mapping[Any, bool],
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(issuer.name, subject, key, x509.random_serial_number())
    builder = builder.not_valid_before(now + lasts[0]).not_valid_after(now + lasts[1])
    for extension, is_critical in extensions.items():
        builder = builder.add_extension(extension, critical=is_critical)
    return builder.sign(issuer.key, hashes.SHA256())


def _name(called: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
