"""Every clip a person may bring either works or gets its own clear error, and nothing of it stays behind."""

import io
import os
import struct
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tts.audio.read import Clip, Limits, read_clip
from tts.errors import ReferenceClipError
from tts.settings import load_settings

Floats = NDArray[np.float32]
LIMITS = Limits(max_bytes=20_000_000, min_seconds=1.0, max_seconds=20.0)


@pytest.fixture(autouse=True)
def _nothing_stays(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    before = len(os.listdir("/proc/self/fd"))
    yield
    assert not list(folder.iterdir())
    assert len(os.listdir("/proc/self/fd")) <= before


def packed(wave: NDArray[np.generic], rate: int, form: str = "WAV", subtype: str | None = None) -> bytes:
    stream = io.BytesIO()
    soundfile.write(stream, wave, rate, format=form, subtype=subtype)
    return stream.getvalue()


def encoded(wave: Floats, rate: int, form: str, codec: str, layout: str = "mono", **options: str) -> bytes:
    """What FFmpeg makes of (channels, samples)."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=form, container_options=options) as container:
        track = container.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.atleast_2d(wave), format="fltp", layout=layout)
        frame.sample_rate = rate
        frame.pts = 0
        container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return stream.getvalue()


def code_of(source: Path | bytes | tuple[int, NDArray[np.generic]], limits: Limits = LIMITS) -> str:
    with pytest.raises(ReferenceClipError) as caught:
        read_clip(source, limits=limits)
    return caught.value.code


def likeness(clip: Clip, voice: Callable[..., Floats]) -> float:
    """Correlation of the loudness contours of the clip and of what was recorded."""

    def contour(wave: Floats) -> Floats:
        return np.sqrt(np.mean(np.square(wave[:48000]).reshape(-1, 480), axis=1))

    start = min(len(clip.wave) - 48000, 3000)
    lags = range(0, start + 1, 480)
    wanted = contour(voice(3.0))
    return float(max(np.corrcoef(contour(clip.wave[lag:]), wanted)[0, 1] for lag in lags))


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 24000, 44100, 48000, 96000, 192000])
def test_every_rate_becomes_ours(voice: Callable[..., Floats], rate: int) -> None:
    clip = read_clip(packed(voice(2.5, rate), rate), limits=LIMITS)
    assert clip.sample_rate == 24000
    assert clip.source_rate == rate
    assert abs(clip.seconds - 2.5) < 0.001
    assert clip.source_seconds == pytest.approx(2.5, abs=1e-4)
    assert clip.bandwidth_hz <= rate / 2
    assert likeness(clip, voice) > 0.95


@pytest.mark.parametrize(
    ("form", "subtype"),
    [
        ("WAV", "PCM_U8"), ("WAV", "PCM_16"), ("WAV", "PCM_24"), ("WAV", "PCM_32"), ("WAV", "FLOAT"), ("WAV", "DOUBLE"),
        ("WAV", "ULAW"), ("FLAC", "PCM_16"), ("FLAC", "PCM_24"), ("OGG", "VORBIS"), ("OGG", "OPUS"),
        ("MP3", "MPEG_LAYER_III"), ("AIFF", "PCM_16"), ("W64", "PCM_16"), ("CAF", "PCM_16"),
    ],
)  # fmt: skip
def test_every_format_of_libsndfile_is_read(voice: Callable[..., Floats], form: str, subtype: str) -> None:
    clip = read_clip(packed(voice(3.0), 24000, form, subtype), limits=LIMITS)
    assert clip.whole
    assert abs(clip.seconds - 3.0) < 0.12
    assert likeness(clip, voice) > 0.95


@pytest.mark.parametrize(
    ("form", "codec", "rate"),
    [("mp4", "aac", 44100), ("webm", "libopus", 48000), ("matroska", "aac", 48000), ("adts", "aac", 24000)],
)
def test_what_phones_and_browsers_record_is_read(
    voice: Callable[..., Floats], form: str, codec: str, rate: int, tmp_path: Path
) -> None:
    path = tmp_path / "clip"
    path.write_bytes(encoded(voice(3.0, rate), rate, form, codec))
    clip = read_clip(path, limits=LIMITS)
    assert clip.source_rate == rate
    assert abs(clip.seconds - 3.0) < 0.15
    assert likeness(clip, voice) > 0.95


def test_stereo_and_5_1_are_mixed_down(voice: Callable[..., Floats]) -> None:
    wave = voice(3.0)
    for channels in (2, 6):
        wide = np.zeros((len(wave), channels), np.float32)
        wide[:, channels // 3] = wave
        clip = read_clip(packed(wide, 24000), limits=LIMITS)
        assert clip.source_channels == channels
        assert clip.wave.ndim == 1
        assert likeness(clip, voice) > 0.95
    surround = read_clip(encoded(np.tile(voice(3.0, 48000), (6, 1)), 48000, "mp4", "aac", "5.1"), limits=LIMITS)
    assert surround.source_channels == 6
    assert likeness(surround, voice) > 0.95


def test_channels_of_opposite_phase_do_not_cancel_out(voice: Callable[..., Floats]) -> None:
    wave = voice(3.0)
    clip = read_clip(packed(np.stack([wave, -wave], 1), 24000), limits=LIMITS)
    assert np.abs(clip.wave).max() > 0.4


@pytest.mark.parametrize("kind", ["uint8", "int16", "int32", "float32", "float64"])
def test_arrays_of_every_type_are_taken(voice: Callable[..., Floats], kind: str) -> None:
    wave = voice(2.0)
    scale = {"uint8": 127, "int16": 32767, "int32": 2**31 - 256}.get(kind, 1)
    array = (wave.astype(np.float64) * scale + (128 if kind == "uint8" else 0)).astype(kind)
    for samples in (array, np.stack([array, array], 1), np.stack([array, array])):
        clip = read_clip((24000, samples), limits=LIMITS)
        assert np.abs(np.abs(clip.wave).max() - np.abs(wave - wave.mean()).max()) < 0.03


def test_floats_beyond_full_scale_are_brought_back(voice: Callable[..., Floats]) -> None:
    clip = read_clip(packed(voice(2.0) * 30000, 24000, subtype="FLOAT"), limits=LIMITS)
    assert np.abs(clip.wave).max() == pytest.approx(1.0)
    assert likeness(read_clip((24000, voice(3.0) * 30000), limits=LIMITS), voice) > 0.99


def test_an_offset_is_taken_away(voice: Callable[..., Floats]) -> None:
    clip = read_clip((24000, voice(2.0) * 0.5 + 0.4), limits=LIMITS)
    assert abs(float(clip.wave.mean())) < 1e-4


@pytest.mark.parametrize(("form", "subtype"), [("WAV", "PCM_16"), ("FLAC", "PCM_16"), ("OGG", "VORBIS"), ("MP3", None)])
def test_a_cut_off_file_gives_what_is_there(
    voice: Callable[..., Floats], form: str, subtype: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = packed(voice(8.0), 24000, form, subtype)
    clip = read_clip(whole[: len(whole) // 2], limits=LIMITS)
    assert 2.5 < clip.seconds < 5.5
    assert likeness(clip, voice) > 0.95
    if form in ("WAV", "FLAC"):
        assert not clip.whole
        assert code_of(whole[: len(whole) // 12]) == "clip_damaged"
    assert capfd.readouterr() == ("", "")


def test_a_cut_off_recording_of_a_browser_gives_what_is_there(voice: Callable[..., Floats]) -> None:
    whole = encoded(voice(8.0, 48000), 48000, "webm", "libopus")
    assert 2.5 < read_clip(whole[: len(whole) // 2], limits=LIMITS).seconds < 5.5


def test_an_m4a_without_its_index_is_damaged(voice: Callable[..., Floats]) -> None:
    whole = encoded(voice(8.0, 48000), 48000, "mp4", "aac")
    assert code_of(whole[: len(whole) // 2]) == "clip_damaged"


def test_garbage_in_the_middle_is_survived_or_named(
    voice: Callable[..., Floats], capfd: pytest.CaptureFixture[str]
) -> None:
    for content in (
        packed(voice(6.0), 24000, "FLAC"),
        packed(voice(6.0), 24000, "OGG"),
        packed(voice(6.0), 24000, "MP3"),
        encoded(voice(6.0, 48000), 48000, "mp4", "aac"),
        encoded(voice(6.0, 48000), 48000, "webm", "libopus"),
    ):
        broken = bytearray(content)
        middle = len(broken) // 2
        broken[middle : middle + 2000] = np.random.default_rng(0).bytes(2000)
        try:
            assert np.isfinite(read_clip(bytes(broken), limits=LIMITS).wave).all()
        except ReferenceClipError as error:
            assert error.code == "clip_damaged"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(5000),
        b"hello, this is a text\n" * 100,
        bytes(10000),
        b"%PDF-1.7\n" + bytes(999),
        b"x",
    ],
)
def test_what_is_not_audio_is_called_so(content: bytes) -> None:
    assert code_of(content) == "clip_not_audio"


def test_random_bytes_never_get_through() -> None:
    for seed in range(20):
        content = np.random.default_rng(seed).bytes(30000)
        for start in (
            b"",
            b"RIFF",
            b"OggS",
            b"fLaC",
            b"ID3\x04",
            b"\xff\xfb\x90",
            b"\x1aE\xdf\xa3",
            b"\0\0\0 ftypM4A ",
        ):
            assert code_of(start + content) in {"clip_not_audio", "clip_damaged", "clip_too_short", "clip_no_track"}


def test_a_playlist_cannot_make_us_open_other_files(voice: Callable[..., Floats], tmp_path: Path) -> None:
    soundfile.write(tmp_path / "secret.wav", voice(3.0), 24000)
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nfile://{tmp_path}/secret.wav\n#EXT-X-ENDLIST\n"
    assert code_of(playlist.encode()) == "clip_not_audio"
    assert code_of(f"ffconcat version 1.0\nfile {tmp_path}/secret.wav\n".encode()) == "clip_not_audio"


def test_a_film_without_sound_has_no_track() -> None:
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as container:
        track = container.add_stream("mpeg4", rate=10)
        track.width, track.height, track.pix_fmt = 64, 64, "yuv420p"
        for _ in range(15):
            container.mux(track.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        container.mux(track.encode(None))
    assert code_of(stream.getvalue()) == "clip_no_track"


def test_silence_has_its_own_error(voice: Callable[..., Floats]) -> None:
    assert code_of(packed(np.zeros(48000), 24000)) == "clip_silent"
    assert code_of((24000, np.full(48000, 0.3))) == "clip_silent"
    assert code_of((24000, voice(2.0) * 1e-4)) == "clip_silent"


def test_too_short_and_too_long_have_their_own_errors(voice: Callable[..., Floats]) -> None:
    assert code_of(packed(voice(0.99), 24000)) == "clip_too_short"
    assert code_of(packed(voice(20.2), 24000)) == "clip_too_long"
    assert read_clip(packed(voice(1.0), 24000), limits=LIMITS).seconds == 1.0
    assert read_clip(packed(voice(20.0), 24000), limits=LIMITS).seconds == 20.0


def test_nothing_in_it_has_its_own_error() -> None:
    assert code_of(b"") == "clip_empty"
    assert code_of(packed(np.zeros(0), 24000)) == "clip_empty"
    assert code_of((24000, np.zeros(0))) == "clip_empty"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
def test_samples_that_are_no_numbers_have_their_own_error(
    voice: Callable[..., Floats], value: float, subtype: str
) -> None:
    wave = voice(2.0)
    wave[30000] = value
    assert code_of(packed(wave, 24000, subtype=subtype)) == "clip_not_finite"
    assert code_of((24000, wave)) == "clip_not_finite"


def test_impossible_rates_and_channels_have_their_own_error(voice: Callable[..., Floats]) -> None:
    assert code_of(packed(voice(2.0, 4000), 4000)) == "clip_format"
    assert code_of((0, voice(2.0))) == "clip_format"
    assert code_of((400_000, voice(2.0))) == "clip_format"
    assert code_of(packed(np.zeros((24000, 20)), 24000)) == "clip_format"


def test_arrays_that_are_no_sound_are_called_so() -> None:
    assert code_of((24000, np.zeros((10, 10, 3)))) == "clip_not_audio"
    assert code_of((24000, np.array(["a", "b"]))) == "clip_not_audio"
    assert code_of((24000, np.zeros(48000, complex))) == "clip_not_audio"


def test_what_cannot_be_opened_is_missing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none.wav", tmp_path, tmp_path / "pipe", Path("/dev/zero"), Path("a\0b")):
        assert code_of(path) == "clip_missing"


def test_too_many_bytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    with (tmp_path / "huge.wav").open("wb") as stream:
        stream.truncate(30 * 2**30)
    with pytest.raises(ReferenceClipError) as caught:
        read_clip(tmp_path / "huge.wav", limits=LIMITS)
    assert caught.value.code == "clip_too_large"
    assert "30720.0 MB" in caught.value.message("en")
    assert code_of(bytes(LIMITS.max_bytes + 1)) == "clip_too_large"


def test_a_small_file_of_many_minutes_is_not_decoded_beyond_the_limit() -> None:
    minutes = io.BytesIO()
    with soundfile.SoundFile(minutes, "w", 48000, 2, "PCM_16", format="FLAC") as file:
        minute = np.zeros((48000 * 60, 2), np.int16)
        minute[::4800] = 900
        for _ in range(6):
            file.write(minute)
    content = minutes.getvalue()
    assert len(content) < LIMITS.max_bytes
    tracemalloc.start()
    assert code_of(content) == "clip_too_long"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30e6


def test_a_header_that_promises_too_much_is_not_believed(voice: Callable[..., Floats]) -> None:
    content = bytearray(packed(voice(2.0), 24000))
    place = content.index(b"data")
    content[place + 4 : place + 8] = struct.pack("<I", 0x7FFFFFFF)
    content[4:8] = struct.pack("<I", 0x7FFFFFFF)
    clip = read_clip(bytes(content), limits=LIMITS)
    assert clip.seconds == pytest.approx(2.0, abs=0.01)
    assert not clip.whole


def test_a_streamed_wav_without_a_length_is_whole(voice: Callable[..., Floats]) -> None:
    content = bytearray(packed(voice(2.0), 24000))
    place = content.index(b"data")
    content[place + 4 : place + 8] = content[4:8] = b"\xff\xff\xff\xff"
    assert read_clip(bytes(content), limits=LIMITS).whole


def test_errors_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "录音 1.txt"
    path.write_text("no sound")
    with pytest.raises(ReferenceClipError, match=r"录音 1\.txt"):
        read_clip(path, limits=LIMITS)
    with pytest.raises(ReferenceClipError, match="my clip"):
        read_clip(b"no sound", limits=LIMITS, name="my clip")


def test_the_limits_come_from_the_settings() -> None:
    limits = Limits.of(load_settings(max_reference_seconds=30, max_upload_bytes=1000))
    assert (limits.max_seconds, limits.max_bytes, limits.min_seconds) == (30, 1000, 1)


@pytest.mark.parametrize(("rate", "reach"), [(8000, 4000), (16000, 8000), (24000, 12000)])
def test_an_upsampled_recording_shows_how_high_it_reaches(voice: Callable[..., Floats], rate: int, reach: int) -> None:
    import soxr

    wave = voice(3.0, rate, noise_db=-50)
    clip = read_clip(packed(soxr.resample(wave, rate, 48000), 48000), limits=LIMITS)
    assert abs(clip.bandwidth_hz - reach) <= 500
