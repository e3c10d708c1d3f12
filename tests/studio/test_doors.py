"""Who may come in, and what stays shut: cookies, the password, the framework's own routes, other sites."""

import base64
import json
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from studio.guard import SESSION, Password
from studio.visitor import COOKIE
from studio.workshop import Workshop
from tts.errors import OptionError

Browsers = Callable[[], TestClient]
HTML = {"accept": "text/html"}


@pytest.fixture
def locked(workshop: Workshop) -> Iterator[Browsers]:
    from studio.server import create_app

    app = create_app(workshop, bundle="small", password=Password.parse("anna:a:secret"))
    with TestClient(app):
        yield lambda: TestClient(app)


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def test_a_browser_gets_one_name_that_scripts_cannot_read(browser: Browsers) -> None:
    client = browser()
    cookie = client.get("/").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert client.get("/").headers["set-cookie"] == cookie and "set-cookie" not in client.get("/health").headers
    assert browser().get("/").headers["set-cookie"] != cookie


def test_a_name_of_ones_own_making_is_replaced(browser: Browsers) -> None:
    answer = browser().get("/", headers={"cookie": f"{COOKIE}=a"})
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=")


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/upload_progress?upload_id=1",
        "/gradio_api/proxy=https://example.org",
        "/gradio_api/stream/a/b/1/playlist.m3u8",
        "/gradio_api/deep_link?session_hash=a",
        "/gradio_api/vibe-code",
        "/gradio_api/runs",
        "/monitoring",
        "/monitoring/summary",
        "/docs",
        "/redoc",
    ],
)
def test_routes_that_know_no_owner_are_shut(browser: Browsers, path: str) -> None:
    assert browser().get(path).status_code == 404


def test_nothing_can_be_uploaded_past_us(browser: Browsers, clip: bytes) -> None:
    assert browser().post("/gradio_api/upload", files={"files": ("a.wav", clip)}).status_code == 404
    assert browser().post("/gradio_api/component_server", json={}).status_code == 404


def test_another_site_cannot_post(browser: Browsers, clip: bytes) -> None:
    answer = browser().post("/studio/clips", content=clip, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "asked"),
    [
        ("POST", "dub/read", {"text": "Anna: Hello \ud83d there."}),
        ("POST", "presets", {"name": "half \ud83d", "settings": {}}),
        ("PUT", "export", {"template": "half \ud83d"}),
        ("POST", "takes/delete", {"ids": ["\ud83d"]}),
        ("POST", "batch/check", {"text": json.dumps({"text": "half \ud83d"}), "name": "a.jsonl"}),
    ],
)
def test_half_an_emoji_is_no_fault_of_ours(browser: Browsers, method: str, path: str, asked: dict[str, object]) -> None:
    client = browser()
    answer = client.request(method, f"/studio/{path}", content=json.dumps(asked))
    assert answer.is_success, answer.text
    assert client.get("/studio/dub").is_success and client.get("/studio/presets").is_success


def test_the_page_may_ask_no_other_host(browser: Browsers) -> None:
    answer = browser().get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "http" not in policy.replace("https", "")
    assert "https://" not in answer.text.split("</head>")[0].split("window.gradio_config")[0]


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "生成语音"), ("en-GB", "Generate"), ("ja", "音声を生成")])
def test_the_page_comes_in_the_language_of_the_browser(browser: Browsers, language: str, word: str) -> None:
    page = browser().get("/", headers={"accept-language": language, "accept-encoding": "br"}).text
    assert word in page and "@[" not in page
    assert word in browser().get("/config", headers={"accept-language": language}).text


def test_a_chosen_language_goes_over_that_of_the_browser(browser: Browsers) -> None:
    page = browser().get("/", headers={"accept-language": "zh-CN", "cookie": "yinse_language=ja"}).text
    assert 'lang="ja"' in page and "音声を生成" in page


def test_alive_and_ready_are_told_without_a_password(locked: Browsers) -> None:
    assert locked().get("/health").json() == {"status": "alive"}
    assert locked().get("/ready").status_code in (200, 503)


def test_the_password_guards_everything_else(locked: Browsers, clip: bytes) -> None:
    client = locked()
    for path in ("/", "/config", "/theme.css", "/openapi.json", "/gradio_api/info", "/studio/takes/a/audio"):
        assert client.get(path).status_code == 401
    assert client.post("/studio/clips", content=clip).status_code == 401
    assert client.post("/gradio_api/queue/join", json={}).status_code == 401


def test_the_password_is_asked_for_in_the_language_of_the_browser(locked: Browsers) -> None:
    answer = locked().get("/", headers={**HTML, "accept-language": "zh"})
    assert answer.status_code == 401 and "这个工作室有密码保护" in answer.text and "@[" not in answer.text
    wrong = locked().post(
        "/login", data={"username": "anna", "password": "x"}, headers={**HTML, "accept-language": "ja"}
    )
    assert wrong.status_code == 401 and "ユーザー名かパスワードが違います" in wrong.text


def test_the_right_password_opens_under_a_new_name(locked: Browsers) -> None:
    client = locked()
    client.get("/", headers=HTML)
    before = client.cookies[COOKIE]
    fixed = {"cookie": f"{COOKIE}={before}; {SESSION}={before}"}
    answer = client.post(
        "/login", data={"username": "anna", "password": "a:secret"}, headers=HTML, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.cookies[COOKIE] == before and client.get("/").status_code == 200
    assert locked().get("/", headers=fixed).status_code == 401


def test_a_first_request_may_be_the_login(locked: Browsers) -> None:
    client = locked()
    assert client.post("/login", data={"username": "anna", "password": "a:secret"}).json() == {"success": True}
    assert client.get("/config").status_code == 200


def test_scripts_may_send_the_password_with_each_request(locked: Browsers) -> None:
    assert locked().get("/config", headers=basic("anna", "a:secret")).status_code == 200
    assert locked().get("/config", headers=basic("anna", "wrong")).status_code == 401
    assert locked().get("/config", headers={"authorization": "Basic ???"}).status_code == 401


@pytest.mark.parametrize("written", ["anna", "anna:", ":secret"])
def test_a_password_setting_without_user_or_password_is_an_error(written: str) -> None:
    with pytest.raises(OptionError, match="GRADIO_AUTH"):
        Password.parse(written)
    assert Password.parse("") is None
