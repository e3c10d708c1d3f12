"""The buttons: from a clip and a text to a file, and every way it can fail as a sentence in the page."""

import asyncio
import io
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from studio.handlers import Handlers
from studio.reference import Reference
from studio.visitor import COOKIE, new_name
from studio.workshop import Workshop
from tts.audio.read import Limits, read_clip

EMOTIONS = [0.0] * 8
# Language, weight, speed, duration, seed, longest segment, emoji, glossary, pauses, variation.
FIELDS = ("auto", 1, 1, None, None, None, None, None, 1, 0.5)
LONG = "这是一句不长也不短的话。" * 400


@pytest.fixture
def handlers(workshop: Workshop) -> Iterator[Handlers]:
    workshop.open()
    yield Handlers(workshop)
    workshop.close()


def visitor(language: str = "en", name: str | None = None) -> Any:
    headers = Headers({"cookie": f"{COOKIE}={name or new_name()}", "accept-language": language})
    return SimpleNamespace(headers=headers, name=headers["cookie"].partition("=")[2])


def given(workshop: Workshop, clip: bytes, who: Any) -> str:
    read = read_clip(clip, limits=Limits.of(workshop.settings))
    return workshop.references.put(who.name, Reference.of(read, "a.wav", {"kind": "clip"}))


def stages(run: AsyncIterator[Any]) -> list[Any]:
    async def collect() -> list[Any]:
        return [stage async for stage in run]

    return asyncio.run(collect())


def generate(
    handlers: Handlers, who: Any, clip: object, text: object = "你好，世界。", takes: object = 1, **over: object
) -> list[Any]:
    values = {"language": "auto", "weight": 1, "speed": 1, "duration": None, "seed": None}
    values |= {"longest": 60, "emoji": "drop", "glossary": "", "pauses": 1, "variation": 0.5} | over
    return stages(handlers.generate(clip, EMOTIONS, takes, text, *values.values(), who))


def error_of(stage: Any) -> str:
    return str(stage[3])


def test_a_text_becomes_a_pcm_file_that_its_owner_can_fetch(
    browser: Callable[[], TestClient], workshop: Workshop, clip: bytes, tmp_path: Path
) -> None:
    handlers, owner = Handlers(workshop), browser()
    owner.get("/")
    who = visitor("zh", owner.cookies[COOKIE])
    last = generate(handlers, who, given(workshop, clip, who), seed=7)[-1]
    result = last[4]
    assert (
        error_of(last) == "" and "种子" in result and "nǐ" not in result and "ní" in result and "CPU · 2 核" in result
    )
    address = result.split("<audio")[1].split('src=".')[1].split('"')[0]
    file = owner.get(address)
    info = soundfile.info(io.BytesIO(file.content))
    assert (info.samplerate, info.channels, info.subtype, info.format) == (24000, 1, "PCM_16", "WAV")
    assert info.frames > 12000
    assert "yinse-7.wav" in owner.get(f"{address}/wav").headers["content-disposition"]
    assert browser().get(address).status_code == 404
    assert sorted(path.suffix for path in (tmp_path / "studio" / "takes").iterdir()) == [".png", ".wav"]


def test_half_an_emoji_spoils_nothing(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who = visitor()
    last = generate(handlers, who, given(workshop, clip, who), "Hello \ud83d there.")[-1]
    assert error_of(last) == ""
    assert [take.text for take in workshop.takes.all(who.name)] == ["Hello \ufffd there."]


def test_what_is_heard_while_it_is_made_is_the_file(
    browser: Callable[[], TestClient], workshop: Workshop, clip: bytes
) -> None:
    owner = browser()
    owner.get("/")
    who = visitor("zh", owner.cookies[COOKIE])
    generate(Handlers(workshop), who, given(workshop, clip, who), "第一句话。第二句话！第三句？", longest=10)
    job = workshop.jobs.find(who.name)
    assert job is not None
    address = f"/studio/jobs/{job.id}/pcm"
    heard = np.frombuffer(owner.get(address).content, "<i2").astype(int)
    wave, _ = soundfile.read(workshop.takes.get(who.name, job.id).path, dtype="int16")
    assert len(heard) == len(wave) and np.abs(heard - wave).max() <= 1
    assert browser().get(address).status_code == 404


def test_the_same_seed_gives_the_same_speech_and_another_one_does_not(
    handlers: Handlers, workshop: Workshop, clip: bytes
) -> None:
    who = visitor()
    name = given(workshop, clip, who)
    waves = []
    for seed in (5, 5, 6):
        generate(handlers, who, name, seed=seed)
        job = workshop.jobs.find(who.name)
        assert job is not None and job.outcome is not None
        take = workshop.takes.get(who.name, job.outcome)
        assert take.seed == seed
        waves.append(take.path.read_bytes())
    assert waves[0] == waves[1] != waves[2]


def test_a_duration_is_met_to_the_sample(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who = visitor()
    name = given(workshop, clip, who)
    generate(handlers, who, name)
    job = workshop.jobs.find(who.name)
    natural = workshop.takes.get(who.name, job.outcome).seconds  # type: ignore[union-attr,arg-type]
    wanted = round(natural * 1.2, 3)
    generate(handlers, who, name, duration=wanted)
    job = workshop.jobs.find(who.name)
    take = workshop.takes.get(who.name, job.outcome)  # type: ignore[union-attr,arg-type]
    assert soundfile.info(take.path).frames == round(wanted * 24000)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "There is no reference clip."), ("zh-CN", "没有参考音频。"), ("ja", "参照音声がありません。")],
)
def test_without_a_clip_the_page_says_so_in_its_language(handlers: Handlers, language: str, sentence: str) -> None:
    (stage,) = generate(handlers, visitor(language), None)
    assert sentence in error_of(stage) and 'role="alert"' in error_of(stage)


def test_another_browsers_clip_is_not_there(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    name = given(workshop, clip, visitor())
    (stage,) = generate(handlers, visitor(), name)
    assert 'data-code="clip_gone"' in error_of(stage)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"text": ""}, "text_empty"),
        ({"text": " \n"}, "text_empty"),
        ({"text": None}, "text_empty"),
        ({"text": "！？……"}, "text_unsayable"),
        ({"text": "好" * 20001}, "text_too_long"),
        ({"language": "xx"}, "text_language"),
        ({"speed": 9}, "option_value"),
        ({"speed": "fast"}, "option_value"),
        ({"duration": -1}, "option_value"),
        ({"duration": 500}, "option_duration"),
        ({"seed": 1.5}, "option_value"),
        ({"seed": -4}, "option_value"),
        ({"weight": float("nan")}, "option_value"),
        ({"longest": 3}, "option_value"),
        ({"pauses": 4}, "option_value"),
        ({"variation": "much"}, "option_value"),
        ({"emoji": "sing"}, "option_value"),
        ({"glossary": "重庆"}, "text_glossary_line"),
        ({"glossary": "重庆 = chong9 qing4"}, "text_glossary_reading"),
    ],
)
def test_what_cannot_work_is_a_sentence(
    handlers: Handlers, workshop: Workshop, clip: bytes, over: dict[str, object], code: str
) -> None:
    who = visitor()
    last = generate(handlers, who, given(workshop, clip, who), **over)[-1]
    assert f'data-code="{code}"' in error_of(last)
    assert last[0]["interactive"] and not last[1]["interactive"] and last[2] == ""


def test_options_go_by_the_name_that_they_have_on_the_page(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who = visitor("zh")
    last = generate(handlers, who, given(workshop, clip, who), speed=9)[-1]
    assert "语速" in error_of(last) and "--speed" not in error_of(last)


def test_progress_moves_and_cancelling_stops_the_work(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who = visitor()
    name = given(workshop, clip, who)

    async def run() -> list[Any]:
        seen = []
        async for stage in handlers.generate(name, EMOTIONS, 1, LONG, *FIELDS, who):
            seen.append(stage)
            if "Segment" in stage[2]:
                handlers.cancel(who)
        return seen

    seen = asyncio.run(run())
    assert any("Segment" in stage[2] and "of 400" in stage[2] for stage in seen)
    assert "Cancelled" in error_of(seen[-1]) and seen[-1][0]["interactive"]
    assert list(workshop.settings.data_dir.rglob("*.wav")) == []


def test_saying_a_segment_again_can_be_cancelled(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who, other = visitor(), visitor()
    generate(handlers, who, given(workshop, clip, who))
    (take,) = workshop.takes.all(who.name)

    async def run() -> Any:
        long = handlers.generate(given(workshop, clip, other), EMOTIONS, 1, LONG, *FIELDS, other)
        await anext(long)
        again = handlers.remake({"take": take.id, "segment": 0}, who)
        await anext(again)
        handlers.cancel(who)
        handlers.cancel(other)
        async for _ in long:
            pass
        return [stage async for stage in again][-1]

    assert "Cancelled" in error_of(asyncio.run(run()))
    assert workshop.takes.all(who.name) == [take]


def test_a_second_wish_waits_for_the_first(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who = visitor()
    name = given(workshop, clip, who)

    async def run() -> Any:
        first = handlers.generate(name, EMOTIONS, 1, LONG, *FIELDS, who)
        await anext(first)
        second = [stage async for stage in handlers.generate(name, EMOTIONS, 1, "好", *FIELDS, who)]
        handlers.cancel(who)
        async for _ in first:
            pass
        return second[-1]

    assert 'data-code="busy_own_job"' in error_of(asyncio.run(run()))


def test_a_reload_finds_the_last_result_again(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who = visitor()
    generate(handlers, who, given(workshop, clip, who))
    assert "yn-take" in stages(handlers.resume(who))[-1][4]
    assert "yn-take" not in str(stages(handlers.resume(visitor()))[-1][4])


def test_a_fault_of_ours_shows_a_number_and_nothing_of_the_fault(
    handlers: Handlers, workshop: Workshop, clip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = visitor()
    name = given(workshop, clip, who)
    monkeypatch.setattr(workshop, "read", lambda *given: 1 / 0)
    (stage,) = generate(handlers, who, name)
    assert 'data-code="internal_fault"' in error_of(stage) and "division" not in error_of(stage)


def test_a_killed_process_leaves_no_half_of_a_job(workshop: Workshop) -> None:
    stray = workshop.settings.data_dir / "studio" / "takes" / "unknown.wav"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"old")
    os.utime(stray, (0, 0))
    workshop.open()
    workshop.close()
    assert not stray.exists()


def test_what_was_made_and_what_was_stopped_is_told_after_a_restart(
    workshop: Workshop, again: Callable[[], Workshop], clip: bytes
) -> None:
    workshop.open()
    who, other = visitor(), visitor()
    generate(Handlers(workshop), who, given(workshop, clip, who), seed=3)

    async def begin() -> None:
        await anext(Handlers(workshop).generate(given(workshop, clip, other), EMOTIONS, 1, LONG, *FIELDS, other))

    asyncio.run(begin())
    workshop.close()
    second = again()
    second.open()
    last = stages(Handlers(second).resume(who))[-1]
    assert "yn-take" in last[4] and ">3<" in last[4] and last[0]["interactive"]
    assert 'data-code="internal_restarted"' in error_of(stages(Handlers(second).resume(other))[-1])
    assert "yn-take" not in str(stages(Handlers(second).resume(visitor()))[-1][4])
    second.close()


def test_only_ones_own_result_of_this_model_is_said_again(handlers: Handlers, workshop: Workshop, clip: bytes) -> None:
    who = visitor()
    generate(handlers, who, given(workshop, clip, who), seed=3)
    (take,) = workshop.takes.all(who.name)

    def code(whose: Any, segment: object = 0) -> str:
        error = error_of(stages(handlers.remake({"take": take.id, "segment": segment}, whose))[-1])
        return error.partition('data-code="')[2].partition('"')[0]

    assert code(visitor()) == "output_gone" and code(who, 9) == code(who, None) == "output_not_remade"
    assert code(who, "x") == "option_value" and code(who) == ""
    assert len(workshop.takes.all(who.name)) == 2
    thing = workshop.store.get(who.name, "take", take.id)
    assert thing is not None
    workshop.store.change(who.name, "take", take.id, content={**thing.content, "edition": "other"})
    assert code(who) == "output_not_remade"


def test_several_takes_are_made_at_once_and_the_one_picked_stays_the_result(
    workshop: Workshop, again: Callable[[], Workshop], clip: bytes
) -> None:
    workshop.open()
    handlers, who = Handlers(workshop), visitor()
    shown = generate(handlers, who, given(workshop, clip, who), takes=3, seed=2**53 - 2, variation=0)[-1][4]
    takes = {take.seed: take for take in workshop.takes.all(who.name)}
    # Seeds follow one another, over the largest one too; without any variation they would be alike.
    assert sorted(takes) == [0, 2**53 - 2, 2**53 - 1]
    assert len({take.path.read_bytes() for take in takes.values()}) == 3
    # Each is measured, whichever the page asks for meanwhile.
    until = time.monotonic() + 30
    while any(take.likeness is None for take in workshop.takes.all(who.name)) and time.monotonic() < until:
        time.sleep(0.05)
    assert all(take.likeness for take in workshop.takes.all(who.name))
    assert shown.count("data-pick=") == 3 and f'data-take="{takes[2**53 - 2].id}"' in shown
    workshop.takes.pick(who.name, takes[0].id)
    assert f'data-take="{takes[0].id}"' in stages(handlers.resume(who))[-1][4]
    workshop.close()
    second = again()
    second.open()
    assert f'data-take="{takes[0].id}"' in stages(Handlers(second).resume(who))[-1][4]
    second.takes.remove(who.name, [takes[0].id, takes[2**53 - 1].id])
    last = stages(Handlers(second).resume(who))[-1][4]
    assert f'data-take="{takes[2**53 - 2].id}"' in last and "data-pick=" not in last
    second.close()


@pytest.mark.parametrize("takes", [0, 5, -1, "x", 1.5])
def test_a_number_of_takes_out_of_range_is_told(
    handlers: Handlers, workshop: Workshop, clip: bytes, takes: object
) -> None:
    who = visitor()
    last = generate(handlers, who, given(workshop, clip, who), takes=takes)[-1]
    assert 'data-code="option_value"' in error_of(last) and "Takes" in error_of(last)


def test_a_segment_is_said_in_several_ways_each_a_take_that_is_joined_already(
    handlers: Handlers, workshop: Workshop, clip: bytes
) -> None:
    who = visitor()
    generate(handlers, who, given(workshop, clip, who), "第一句话。第二句话！第三句？", longest=10, seed=3)
    (first,) = workshop.takes.all(who.name)
    last = stages(handlers.remake({"take": first.id, "segment": 1, "takes": 3}, who))[-1]
    assert error_of(last) == "" and last[4].count("data-pick=") == 4 and 'data-from="' in last[4]
    job = workshop.jobs.find(who.name)
    assert job is not None
    made = workshop.takes.siblings(who.name, workshop.takes.get(who.name, job.outcome or ""))
    assert [take.varied for take in made] == [1] * 4 and made[0].id == first.id
    assert len({take.segment_seeds.get(1) for take in made}) == 4
    before = first.speech().wave
    start = sum(ends[-1] for ends in first.pieces[:1])
    rest = sum(ends[-1] for ends in first.pieces[2:])
    for take in made[1:]:
        wave = take.speech().wave
        assert (wave[:start] == before[:start]).all() and (wave[-rest:] == before[-rest:]).all()
    stranger = visitor()
    assert "output_gone" in error_of(stages(handlers.remake({"take": first.id, "segment": 1}, stranger))[-1])


def test_the_likeness_is_measured_after_the_speech_and_told_to_its_owner_only(
    browser: Callable[[], TestClient], workshop: Workshop, clip: bytes
) -> None:
    handlers, owner = Handlers(workshop), browser()
    owner.get("/")
    who = visitor("zh", owner.cookies[COOKIE])
    generate(handlers, who, given(workshop, clip, who), "第一句话在这里。第二句话也在这里。", speed=0.5)
    (take,) = workshop.takes.all(who.name)
    address = f"/studio/takes/{take.id}/likeness"
    told = owner.get(address, headers={"accept-language": "en"}).json()["html"]
    found = workshop.takes.get(who.name, take.id).likeness
    assert found is not None and found.cosine is not None and f"{found.cosine:.2f}" in told and "0.50" in told
    assert f"{found.cosine:.2f}" in owner.get("/studio/takes").json()["html"]
    assert browser().get(address).status_code == browser().post(f"/studio/takes/{take.id}/pick").status_code == 404
    generate(handlers, who, given(workshop, clip, who), "好。", seed=1)
    brief = workshop.takes.all(who.name)[0]
    assert "Too short" in owner.get(f"/studio/takes/{brief.id}/likeness", headers={"accept-language": "en"}).text
