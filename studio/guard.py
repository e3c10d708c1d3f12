"""What stands before every route: the password, what stays closed of the framework, and the browser's own locks."""

import base64
import hashlib
import hmac
import re
import time
from dataclasses import dataclass
from typing import Final

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.login import login_page
from studio.visitor import Visitor, new_name, read_cookies, set_cookie
from tts.errors import OptionError
from tts.log import get_logger
from tts.sentences import Language

log = get_logger(__name__)

# What a load balancer asks, and what the page for the password itself needs.
_WITHOUT_PASSWORD: Final = re.compile(r"/health|/ready|/login|/studio/static/.*|/favicon\.ico")
# The page needs only these of the framework's routes. Its files, uploads and proxies know no owners, so they are shut.
_FRAMEWORK: Final = re.compile(
    r"/gradio_api/(?:queue/(?:join|data)|run/[^/]+/?|heartbeat/.+|startup-events|theme\.css|cancel|reset/?|info/?|app_id/?)"
)
_SHUT: Final = re.compile(r"/(?:gradio_api|monitoring|pwa_icon|custom_component|svelte|dev)(?:/.*|$)")

# Without 'unsafe-eval' the framework cannot render; nothing may be fetched from, or sent to, another host.
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_LOCKS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
}
#: Who has given the password; apart from the visitor's name, which outlasts a login and everything made before it.
SESSION: Final = "yinse_session"
_WEEK: Final = 7 * 24 * 3600
_WRONG_PASSWORD_SECONDS: Final = 0.7


@dataclass(frozen=True)
class Password:
    """One user and the hash of the password; compared in constant time."""

    user: str
    digest: bytes

    @classmethod
    def parse(cls, written: str) -> "Password | None":
        """`user:password`, as in the variable GRADIO_AUTH; None where it is empty."""
        if not written:
            return None
        user, colon, password = written.partition(":")
        if not user or not colon or not password:
            raise OptionError(
                "option_setting", setting="GRADIO_AUTH", reason="not user:password", variable="GRADIO_AUTH"
            )
        return cls(user, _digest(password))

    def fits(self, user: str, password: str) -> bool:
        right_user = hmac.compare_digest(_digest(user), _digest(self.user))
        return hmac.compare_digest(_digest(password), self.digest) and right_user


class Guard:
    """Lets in only who may come, only where they may go. Needs `VisitorCookie` around it."""

    def __init__(self, app: ASGIApp, *, password: Password | None, language: Language) -> None:
        self._app = app
        self._password = password
        self._language = language
        self._admitted: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def send_locked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_LOCKS)
            await send(message)

        answer = await self._refuse(Request(scope, receive))
        await (answer or self._app)(scope, receive, send_locked)

    async def _refuse(self, request: Request) -> Response | None:
        path = request.url.path
        if request.method == "POST" and request.headers.get("sec-fetch-site") == "cross-site":
            return PlainTextResponse("cross-site", 403)
        if path == "/login" and self._password is not None:
            return await self._login(request, self._password)
        if not _WITHOUT_PASSWORD.fullmatch(path) and not await self._may_enter(request):
            return self._ask(request)
        if _SHUT.fullmatch(path) and not _FRAMEWORK.fullmatch(path):
            return PlainTextResponse("not found", 404)
        return None

    async def _may_enter(self, request: Request) -> bool:
        password = self._password
        if password is None:
            return True
        session = read_cookies(request.headers).get(SESSION, "")
        if self._admitted.get(session, 0) > time.monotonic():
            return True
        given = _basic(request.headers)
        if given is None:
            return False
        if password.fits(*given):
            return True
        await anyio.sleep(_WRONG_PASSWORD_SECONDS)
        return False

    def _ask(self, request: Request, wrong: bool = False) -> Response:
        if (request.method == "GET" or wrong) and "text/html" in request.headers.get("accept", ""):
            return self._page(request, wrong, 401)
        return JSONResponse({"detail": "Not authenticated"}, 401)

    def _page(self, request: Request, wrong: bool, status: int) -> Response:
        language = Visitor.of(request.headers, self._language).language
        return HTMLResponse(login_page(language, wrong), status, {"cache-control": "no-store"})

    async def _login(self, request: Request, password: Password) -> Response:
        if request.method != "POST":
            return self._page(request, wrong=False, status=200)
        async with request.form(max_files=0, max_fields=8) as form:
            user, given = str(form.get("username", "")), str(form.get("password", ""))
        if not password.fits(user, given):
            log.warning("login_refused")
            await anyio.sleep(_WRONG_PASSWORD_SECONDS)
            return self._ask(request, wrong=True)
        # A new name at every login: one that was known before must not become a key.
        name = new_name()
        now = time.monotonic()
        self._admitted = {known: until for known, until in self._admitted.items() if until > now}
        self._admitted[name] = now + _WEEK
        html = "text/html" in request.headers.get("accept", "")
        answer: Response = RedirectResponse("/", 303) if html else JSONResponse({"success": True})
        set_cookie(answer.headers, request.scope, SESSION, name, _WEEK)
        return answer


def _basic(headers: Headers) -> tuple[str, str] | None:
    """User and password of an `Authorization: Basic` header, for scripts."""
    kind, _, coded = headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(coded, validate=True).decode("utf-8").partition(":")
    except ValueError:
        return None
    return user, password


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
