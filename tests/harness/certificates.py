"""A certificate authority of a test's own, such as a council's IT has one."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Authority:
    """Signs certificates that only those trust who are given ``ca``."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = _named("A council's own authority")
        self.ca = folder / "ca.pem"
        """The file for whoever is to trust it."""
        own = self._certificate(self._name, self._key).add_extension(x509.BasicConstraints(True, None), True)
        self.ca.write_bytes(own.sign(self._key, SHA256()).public_bytes(Encoding.PEM))

    def issued(self, *hosts: str, days: int = 1) -> Path:
        """A file with a certificate for ``hosts``, which are names or numbers, and its key; valid for so many
        days (over, below 0)."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([_host(host) for host in hosts])
        made = (
            self._certificate(_named(hosts[0]), key, days)
            .add_extension(names, False)
            .sign(self._key, SHA256())
        )
        file = self._folder / f"{hosts[0]}.pem"
        file.write_bytes(
            made.public_bytes(Encoding.PEM)
            + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        return file

    def context(self, *hosts: str, days: int = 1) -> ssl.SSLContext:
        """For a server that is called ``hosts``."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.issued(*hosts, days=days))
        return context

    def _certificate(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, days: int = 1
    ) -> x509.CertificateBuilder:
        now, serial = datetime.now(UTC), x509.random_serial_number()
        begins, ends = now - timedelta(days=9), now + timedelta(days=days)
        return x509.CertificateBuilder(self._name, name, key.public_key(), serial, begins, ends)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
