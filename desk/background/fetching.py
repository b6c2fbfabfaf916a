"""Fetching a page that somebody else's words point to, without being led into our own network.

Names are looked up once for each hop, every address found must be public, and the connection goes to the very address
that was checked, so that a name which answers differently a moment later leads nowhere. Redirects are followed by hand,
each through the same door. Plain Python; nothing here knows of sources.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
NOT_QUOTED = "%/?:@!$&'()*+,;=~[]"
"""What an address may hold as it is, beside letters and digits."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that a gateway turns into any IPv4 address, private ones included."""


class Unreachable(Exception):
    """No answer came from the address; the message says why."""


class NotAllowed(Unreachable):
    """The address leads, or redirects, to where we do not fetch from."""


@dataclass(frozen=True)
class Answer:
    """What an address answered in the end: the status, the media type, and the first bytes of the body."""

    status: int
    media_type: str
    body: bytes


def look_up(host: str, port: int) -> list[str]:
    """Every address of a host. Raises OSError when there is none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an address is one of the open Internet, as is any IPv4 address that is wrapped in it."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in NAT64 or not all(inner.is_global for inner in wrapped if inner is not None):
            return False
        if ip.ipv4_mapped is not None:
            return True  # Itself it belongs to a range that is nobody's.
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True)
class Fetcher:
    """How pages are fetched: who is asked for addresses, which of them are allowed, how long and how much is read."""

    name: str
    look_up: Callable[[str, int], list[str]] = look_up
    allows: Callable[[str], bool] = is_public
    seconds: float = 15.0
    most_bytes: int = 5 * 1024 * 1024

    def fetch(self, url: str) -> Answer:
        """What the address answers. Raises NotAllowed or Unreachable; `seconds` hold for each hop as a whole."""
        for _ in range(MOST_REDIRECTS + 1):
            answer, location = self._hop(urlsplit(url))
            if not location:
                return answer
            url = urljoin(url, location)
        raise Unreachable(f"It redirects more than {MOST_REDIRECTS} times.")

    def _hop(self, parts: SplitResult) -> tuple[Answer, str]:
        host, port = _target(parts)
        try:
            addresses = self.look_up(host, port)
            if not addresses or not all(self.allows(address) for address in addresses):
                raise NotAllowed(f"{host} is no public address.")
            return self._ask(parts, host, _connect(parts.scheme, host, (addresses[0], port), self.seconds))
        except (OSError, UnicodeError, http.client.HTTPException) as fault:
            raise Unreachable(str(fault) or type(fault).__name__) from fault

    def _ask(self, parts: SplitResult, host: str, connected: socket.socket) -> tuple[Answer, str]:
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(host, parts.port)
        connection.sock = connected
        # A server that sends one byte at a time never times out by itself, so its line is cut.
        too_late = Event()
        cut = Timer(self.seconds, _hang_up, [connected, too_late])
        cut.start()
        try:
            if isinstance(connected, ssl.SSLSocket):
                connected.do_handshake()
            target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=NOT_QUOTED)
            connection.request("GET", target, headers={"User-Agent": self.name, "Accept": "*/*"})
            response = connection.getresponse()
            location = response.headers.get("Location", "") if response.status in REDIRECTS else ""
            body = b"" if location else response.read(self.most_bytes)
            if too_late.is_set():
                raise Unreachable(f"It takes longer than {self.seconds} seconds.")
            return Answer(response.status, response.headers.get_content_type(), body), location
        finally:
            cut.cancel()
            connection.close()
            connected.close()


def _connect(scheme: str, host: str, address: tuple[str, int], seconds: float) -> socket.socket:
    """A connection to this very address; over TLS it is the host's certificate that will be asked for."""
    connected = socket.create_connection(address, timeout=seconds)
    if scheme != "https":
        return connected
    context = ssl.create_default_context()
    return context.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)


def _target(parts: SplitResult) -> tuple[str, int]:
    try:
        host, port = parts.hostname, parts.port
    except ValueError as fault:
        raise NotAllowed(str(fault)) from fault
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise NotAllowed("Only http and https addresses without a name and password are fetched.")
    return host, port or (443 if parts.scheme == "https" else 80)


def _hang_up(connected: socket.socket, too_late: Event) -> None:
    too_late.set()
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # It is closed already.
