"""A signer of the tests' own, for C2PA manifests."""

import io
from datetime import UTC, datetime
from functools import cache

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_FROM, _UNTIL = datetime(2025, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
_MADE_BY_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def signed(content: bytes, kind: str) -> bytes:
    """The same file with a manifest that says that an AI made it."""
    action = {"action": "c2pa.created", "digitalSourceType": _MADE_BY_AI}
    builder = c2pa.Builder(
        {
            "claim_generator_info": [{"name": "Acme AI", "version": "1"}],
            "assertions": [{"label": "c2pa.actions", "data": {"actions": [action]}}],
        }
    )
    target = io.BytesIO()
    builder.sign(_signer(), kind, io.BytesIO(content), target)
    return target.getvalue()


@cache
def _signer() -> c2pa.Signer:
    root, key = (ec.generate_private_key(ec.SECP256R1()) for _one in range(2))
    identified = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())
    issued = [
        _certificate("Test CA", root, root, x509.BasicConstraints(True, None)),
        _certificate("Test signer", key, root, x509.BasicConstraints(False, None), identified),
    ]
    chain = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in reversed(issued))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", chain, private, None))


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: ec.EllipticCurvePrivateKey,
    constraints: x509.BasicConstraints,
    *more: x509.ExtensionType,
) -> x509.Certificate:
    leaf = not constraints.ca
    usage = x509.KeyUsage(leaf, False, False, False, False, not leaf, not leaf, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name("Test CA"))
        .public_key(key.public_key())
        .serial_number(1 + leaf)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(constraints, True)
        .add_extension(usage, True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )
    if leaf:
        mail = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(mail, False)
    for extension in more:
        builder = builder.add_extension(extension, False)
    return builder.sign(issuer, hashes.SHA256())


def _name(common: str) -> x509.Name:
    house = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Acme AI")
    return x509.Name([house, x509.NameAttribute(NameOID.COMMON_NAME, common)])
