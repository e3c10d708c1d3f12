"""Who is asking: an HttpOnly cookie names the browser, and every thing it makes or uploads belongs to that name."""

import re
import secrets
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio import words
from tts.sentences import Language

COOKIE: Final = "yinse_visitor"
LANGUAGE_COOKIE: Final = "yinse_language"
# Asked by machines, every few seconds.
_WITHOUT_VISITOR: Final = ("/health", "/ready")
# What a browser has here is found by its name, so it keeps that for as long as browsers allow, from its last visit.
_LASTING: Final = 400 * 24 * 3600
_PAGE: Final = "/"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Visitor:
    """One browser, and the language it reads."""

    name: str
    language: Language

    @classmethod
    def of(cls, headers: Headers, otherwise: Language = "en") -> "Visitor":
        """The visitor of a request that came through `VisitorCookie`."""
        cookies = read_cookies(headers)
        language = words.choose(cookies.get(LANGUAGE_COOKIE), headers.get("accept-language", ""), otherwise)
        return cls(cookies.get(COOKIE, ""), language)


class VisitorCookie:
    """Names every browser. The name is in the first request's own headers too, so that all code finds it there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _WITHOUT_VISITOR:
            await self._app(scope, receive, send)
            return
        cookies = read_cookies(Headers(scope=scope))
        name = cookies.get(COOKIE, "")
        known = bool(_NAME.fullmatch(name))
        if known and scope["path"] != _PAGE:
            await self._app(scope, receive, send)
            return
        name = name if known else new_name()
        others = "; ".join(f"{key}={value}" for key, value in cookies.items() if key != COOKIE)
        headers = MutableHeaders(scope=scope)
        headers["cookie"] = f"{others}; {COOKIE}={name}" if others else f"{COOKIE}={name}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                set_cookie(MutableHeaders(scope=message), scope, COOKIE, name, _LASTING)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def new_name() -> str:
    return secrets.token_urlsafe(32)


def set_cookie(headers: MutableHeaders, scope: Scope, cookie: str, name: str, seconds: int) -> None:
    """Give the browser a name to keep; scripts cannot read it and other sites cannot send it along."""
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    headers.append("set-cookie", f"{cookie}={name}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")


def read_cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request by name; those of other programs on this host may be anything."""
    return cookie_parser(headers.get("cookie", ""))
