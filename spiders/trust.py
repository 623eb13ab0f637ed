"""Says why a certificate proves nothing: OpenSSL tells its callback, and Twisted only that it does not verify."""

from __future__ import annotations

from typing import Any

from OpenSSL.SSL import VERIFY_FAIL_IF_NO_PEER_CERT, VERIFY_PEER, Connection
from twisted.internet._sslverify import _verifyCB
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

# X509_V_ERR_… of OpenSSL's x509_vfy.h
_WHY = {
    9: "the certificate is not valid yet",
    10: "the certificate has expired",
    18: "the certificate has signed itself",
    19: "nobody we trust has signed the certificate",
    20: "nobody we trust has signed the certificate",  # or the server does not send what is between
    21: "nobody we trust has signed the certificate",
    23: "the certificate was revoked",
}


class UntrustedError(Exception):
    """A certificate does not verify."""


@implementer(IPolicyForHTTPS)
class TellingPolicy:
    """Wraps Scrapy's policy for https."""

    def __init__(self, policy: Any) -> None:  # noqa: ANN401 Scrapy's own class is private
        self._policy = policy

    def creatorForNetloc(self, hostname: bytes, port: int) -> _Creator:  # noqa: N802 Twisted's name
        """Return what makes connections to a host."""
        return _Creator(self._policy.creatorForNetloc(hostname, port))


@implementer(IOpenSSLClientConnectionCreator)
class _Creator:
    def __init__(self, creator: Any) -> None:  # noqa: ANN401 Twisted's own class is private
        self._creator = creator

    def clientConnectionForTLS(self, protocol: Any) -> Connection:  # noqa: ANN401, N802 Twisted's name
        """Make a connection that verifies as Twisted's own, and says what is wrong."""
        connection: Connection = self._creator.clientConnectionForTLS(protocol)
        named = self._creator._hostnameIsDnsName, self._creator._hostnameASCII  # noqa: SLF001 there is no other way to them
        verify = _verifyCB(protocol, *named)

        def tell(checked: Connection, certificate: Any, error: int, depth: int, ok: int) -> bool:  # noqa: ANN401 OpenSSL's
            if not ok:
                why = _WHY.get(error, f"the certificate does not verify (OpenSSL's error {error})")
                protocol.failVerification(Failure(UntrustedError(why)))  # type: ignore[no-untyped-call]
                return False
            return bool(verify(checked, certificate, error, depth, bool(ok)))

        connection.set_verify(VERIFY_PEER | VERIFY_FAIL_IF_NO_PEER_CERT, tell)
        return connection
