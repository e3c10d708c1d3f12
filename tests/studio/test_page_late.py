"""Answers that come late, and buttons that are pressed twice: what was asked for last is what the page shows."""

from pathlib import Path
from typing import TYPE_CHECKING

from pages import MARKS, TAKE, Open, generate, give, open_tab, write
from recordings import speech, wav

from studio.words import say

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = MARKS


class Held:
    """The requests of one address, which go on when the test says so."""

    def __init__(self, page: "Page", address: str) -> None:
        self._page = page
        self.routes: list[Route] = []
        self._address = address
        page.route(address, lambda route: self.routes.append(route))

    def wait(self, count: int) -> None:
        """Until so many were asked."""
        for _ in range(200):
            if len(self.routes) >= count:
                return
            self._page.wait_for_timeout(50)
        raise AssertionError(f"{len(self.routes)} of {count}")

    def let(self, place: int) -> None:
        """One goes on, and is answered."""
        with self._page.expect_event("requestfinished", lambda asked: asked == self.routes[place].request):
            self.routes[place].continue_()
        self._page.wait_for_timeout(100)

    def end(self) -> None:
        self._page.unroute(self._address)


def overtake(page: "Page", address: str, field: str, older: str, newer: str) -> None:
    """What is searched for last is answered first."""
    held = Held(page, address)
    for count, term in enumerate((older, newer), 1):
        page.fill(field, term)
        held.wait(count)
    held.let(1)
    held.let(0)


def test_an_older_search_does_not_go_over_a_newer_one(visit: Open) -> None:
    page = visit()
    for term in ("Anna", "Bert"):
        page.evaluate("t => yinse.ask('glossary', {method: 'POST', json: {term: t, reading: 'x', language: ''}})", term)
    page.click("#yn-terms > summary")
    overtake(page, "**/studio/glossary?*", "#yn-terms-search", "anna", "bert")
    assert "Bert" in page.inner_text("#yn-terms-rows") and "Anna" not in page.inner_text("#yn-terms-rows")

    open_tab(page, "voices")
    overtake(page, "**/studio/voices?*", "#yn-voices-search", "nobody", "")
    assert page.inner_text("#yn-voices-none") == say("en", "js.voices_empty")


def test_a_question_is_answered_once_and_only_itself_is_closed(visit: Open) -> None:
    page = visit()
    held = Held(page, "**/studio/presets")
    page.click("[data-preset=keep]")
    page.fill("#yn-ask-text", "Mine")
    page.press("#yn-ask-text", "Enter")
    page.press("#yn-ask-text", "Enter")
    held.wait(1)
    page.wait_for_timeout(200)
    assert len(held.routes) == 1
    page.click("#yn-ask [data-answer]")
    page.click("[data-preset=keep]")
    page.fill("#yn-ask-text", "Another")
    held.let(0)
    held.wait(2)
    held.let(1)
    held.end()
    assert page.is_visible("#yn-ask") and page.input_value("#yn-ask-text") == "Another"
    page.press("#yn-ask-text", "Enter")
    page.wait_for_selector("#yn-ask", state="hidden")


def test_a_range_that_nobody_waits_for_any_more_is_not_called_unknown(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    held = Held(page, "**/studio/range")
    write(page, "Hello there.")
    held.wait(1)
    write(page, "")
    page.wait_for_timeout(100)
    page.wait_for_selector(f"#yn-range >> text={say('en', 'js.range_empty')}")


def test_a_reference_that_makes_way_for_another_leaves_nothing_behind(
    visit: Open, clip_file: Path, tmp_path: Path
) -> None:
    page = visit()
    held = Held(page, "**/studio/clips?*")
    page.set_input_files("#yn-file", clip_file)
    held.wait(1)
    page.click("[data-example]")
    page.wait_for_selector("#yn-reference-state .yn-facts")
    held.let(0)
    held.end()
    assert page.get_attribute("#yn-reference-state", "aria-busy") is None

    give(page, clip_file)
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"nothing")
    page.set_input_files("#yn-clip-add", broken)
    page.wait_for_selector("#yn-reference-state .yn-error")
    # So that the same file, mended, can be chosen again.
    assert page.input_value("#yn-clip-add") == ""
    page.click("#yn-clip-remove")
    assert page.evaluate("document.activeElement.id") == "yn-file"


def test_two_presses_record_once(visit: Open) -> None:
    page = visit()
    page.evaluate("""() => {
      window.asked = 0;
      const media = navigator.mediaDevices, real = media.getUserMedia.bind(media);
      media.getUserMedia = wanted => { window.asked++; return real(wanted); };
    }""")
    page.dblclick("#yn-record")
    page.wait_for_selector("#yn-record.yn-recording")
    assert page.evaluate("asked") == 1
    page.wait_for_timeout(1500)
    page.click("#yn-record")
    page.wait_for_selector("#yn-reference-state .yn-facts, #yn-reference-state .yn-error")


def test_the_take_that_was_picked_last_is_shown_and_is_silent(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, "Hello there.")
    page.select_option("#yn-takes", "3")
    generate(page)
    # Asked for to be heard, and refused.
    write(page, "")
    page.click("#yn-generate")
    page.wait_for_selector("#yn-error .yn-error")
    heard: list[str] = []
    page.on("request", lambda asked: heard.append(asked.url) if "/pcm" in asked.url else None)
    ids = [button.get_attribute("data-pick") or "" for button in page.query_selector_all(f"{TAKE} [data-pick]")]
    late = []
    page.route(f"**/takes/{ids[1]}/pick", lambda route: late.append((route, route.fetch())))
    page.click(f"[data-pick='{ids[1]}']")
    for _ in range(100):
        if late:
            break
        page.wait_for_timeout(50)
    page.click(f"[data-pick='{ids[2]}']")
    page.wait_for_selector(f"{TAKE}[data-take='{ids[2]}']")
    route, answer = late[0]
    route.fulfill(response=answer)
    page.wait_for_timeout(300)
    assert page.get_attribute(TAKE, "data-take") == ids[2]
    assert heard == []


def test_esc_closes_what_is_open_before_it_stops_the_speech_that_is_made(visit: Open) -> None:
    page = visit()
    page.evaluate("""() => {
      const cancel = document.querySelector("#yn-cancel");
      cancel.disabled = false;
      cancel.addEventListener("click", () => window.pressed = (window.pressed ?? 0) + 1);
    }""")
    open_tab(page, "history")
    page.press("#yn-history-search", "Escape")
    open_tab(page, "clone")
    assert page.evaluate("window.pressed ?? 0") == 0
    page.click(".yn-marks summary")
    page.keyboard.press("Escape")
    assert page.evaluate("window.pressed ?? 0") == 0 and not page.locator(".yn-menu[open]").count()
    page.keyboard.press("Escape")
    assert page.evaluate("window.pressed") == 1


def test_a_second_finger_keeps_nobody_waiting(visit: Open) -> None:
    page = visit()
    open_tab(page, "dub")
    page.fill("#yn-dub-text", "Anna: Hello.\nBert: Good day.")
    page.click("#yn-dub-rows [data-row='0'] .yn-line-open")
    page.wait_for_selector(".yn-line-panel")
    touch = "name => document.dispatchEvent(new PointerEvent(name, { bubbles: true }))"
    page.evaluate(touch, "pointerdown")
    page.select_option("#yn-line-emotion", "happy")
    page.wait_for_timeout(500)
    page.evaluate(touch, "pointerdown")
    page.evaluate(touch, "pointerup")
    page.wait_for_selector("#yn-line-strength:visible")


def test_a_batch_is_gone_on_with_once(visit: Open) -> None:
    page = visit()
    open_tab(page, "batch")
    # As it stands there after a stop.
    page.evaluate("for (const id of ['after', 'rest']) document.getElementById(`yn-batch-${id}`).hidden = false")
    held = Held(page, "**/studio/batch/rest")
    page.dblclick("#yn-batch-rest")
    held.wait(1)
    page.wait_for_timeout(200)
    assert len(held.routes) == 1


def test_words_of_a_feeling_that_were_left_are_not_understood(visit: Open) -> None:
    page = visit()
    page.click(".yn-source-pill:has([value=words])")
    page.fill("#yn-emotion-words", "sad")
    page.click(".yn-source-pill:has([value=own])")
    page.wait_for_timeout(1200)
    assert page.inner_text("#yn-emotion-state") == ""


def test_a_voice_is_listened_to_although_one_question_was_lost(visit: Open, tmp_path: Path) -> None:
    page, unknown = visit(), tmp_path / "unknown.wav"
    unknown.write_bytes(wav(speech(4.7)))
    held = Held(page, "**/studio/clips/*")
    page.set_input_files("#yn-file", unknown)
    held.wait(1)
    held.routes[0].abort()
    held.wait(2)
    held.let(1)
    held.end()
    page.wait_for_selector("#yn-reference-state .yn-heard[aria-busy=false]")


def test_a_voice_that_goes_while_others_are_searched_for_goes_from_the_first_tab_too(
    visit: Open, clip_file: Path
) -> None:
    page = visit()
    give(page, clip_file)
    page.wait_for_selector(".yn-heard[aria-busy=false]")
    for name in ("Anna", "Bert"):
        page.click("#yn-clip-keep")
        page.fill("#yn-keep [name=name]", name)
        page.fill("#yn-keep [name=whose]", "me")
        page.check("#yn-keep [name=may]")
        page.click("#yn-keep [type=submit]")
        page.wait_for_selector(f"#yn-voices-rows [data-name={name}]")
        open_tab(page, "clone")
    assert page.locator("[data-chosen-voice]").count() == 2
    open_tab(page, "voices")
    page.fill("#yn-voices-search", "ann")
    page.wait_for_selector("#yn-voices-rows [data-name=Bert]", state="detached")
    page.click("#yn-voices-rows [data-do=delete]")
    page.click("#yn-ask [type=submit]")
    page.wait_for_selector("#yn-ask", state="hidden")
    open_tab(page, "clone")
    assert page.inner_text("[data-chosen-voice]") == "Bert"


def test_what_is_gone_is_asked_for_once(visit: Open) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "likeness" in request.url else None)
    page.evaluate("document.querySelector('#yn-stage').insertAdjacentHTML('beforeend', '<i data-likeness=gone></i>')")
    page.wait_for_selector(f"#yn-stage >> text={say('en', 'js.likeness_gone')}")
    assert len(asked) == 1


def test_a_line_that_changes_while_its_length_is_looked_for_is_looked_at_again(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    open_tab(page, "dub")
    page.fill("#yn-dub-text", "1\n00:00:01,000 --> 00:00:03,000\nHello there.\n")
    page.wait_for_selector("#yn-dub-rows [data-row='0']")
    late = []
    page.route("**/studio/dub/line/0/fit", lambda route: late.append((route, route.fetch())), times=1)
    page.click("#yn-dub-rows [data-row='0'] .yn-line-open")
    for _ in range(100):
        if late:
            break
        page.wait_for_timeout(50)
    page.select_option("#yn-line-emotion", "happy")
    page.wait_for_selector("#yn-line-strength:visible")
    route, answer = late[0]
    route.fulfill(response=answer)
    page.wait_for_selector("#yn-dub-rows [data-row='0']:not([data-state=''])")
