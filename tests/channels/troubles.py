"""What befalls a message on its way to a service, or its answer on the way back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.channels.services import Reply, Services, Trouble


def says(body: object, status: int = 200, **headers: str) -> Trouble:
    """Return the trouble of a service that answers *body*."""

    async def answer(_services: Services, _request: web.Request) -> Reply:
        return web.json_response(body, status=status, headers=headers)

    return answer


def shows(text: str, status: int = 200, **headers: str) -> Trouble:
    """Return the trouble of somebody else who answers with a page."""

    async def answer(_services: Services, _request: web.Request) -> Reply:
        return web.Response(text=text, status=status, content_type="text/html", headers=headers)

    return answer


async def sends_elsewhere(_services: Services, request: web.Request) -> Reply:
    """Answer from another place, where everybody is told what they like to hear."""
    if request.path == "/login":
        return web.json_response({"errcode": 0, "code": 0})
    raise web.HTTPTemporaryRedirect("/login")


async def keeps_silent(services: Services, _request: web.Request) -> Reply:
    """Answer when the test is over."""
    await services.over.wait()
    return web.Response()


async def hangs_up(_services: Services, request: web.Request) -> Reply:
    """Cut the connection before any answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def breaks_off(_services: Services, request: web.Request) -> Reply:
    """Cut the connection in the middle of a "yes"."""
    answer = web.StreamResponse(headers={"Content-Length": "400"})
    await answer.prepare(request)
    await answer.write(b'{"errcode": 0, "code": 0')
    assert request.transport is not None
    request.transport.abort()
    return answer


def certificate(folder: Path) -> Path:
    """Write a certificate for loopback that nobody vouches for, with its key; return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime(2020, 1, 1, tzinfo=UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=36_500))
        .sign(key, hashes.SHA256())
    )
    file = folder / "made-up.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file
