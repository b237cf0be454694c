"""Which addresses of the internet are anybody's, and which lie inside a house. Pure."""

import ipaddress
from typing import Final, TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# Another way of writing the IPv4 address of the last 32 bits: mapped (RFC 4291) and translated by a gateway (RFC 6052).
_IN_DISGUISE: Final = (
    ipaddress.IPv6Network("::ffff:0:0/96"),
    ipaddress.IPv6Network("64:ff9b::/96"),
)
# Withdrawn (6to4: RFC 7526), for tunnels or for local use, whatever the library of the day says of them.
_INSIDE: Final = tuple(
    map(
        ipaddress.ip_network,
        ("fec0::/10", "::/96", "64:ff9b:1::/48", "192.88.99.0/24", "2002::/16", "2001::/32"),
    )
)


def is_public(address: Address) -> bool:
    """Whether the address belongs to the open internet: no loopback, private, link-local, shared,
    reserved or multicast address, however it is written, and no tunnel (6to4, Teredo), wherever it leads."""
    if any(address.version == net.version and address in net for net in _IN_DISGUISE):
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address.version == net.version and address in net for net in _INSIDE)
