"""Korean letters that stand alone, as chats and school books write them: ㅋㅋ, ㅠㅠ, ㅇㅋ, ㄱ."""

from typing import Final

_NAMES: Final = dict(
    zip(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
        "기역 쌍기역 니은 디귿 쌍디귿 리을 미음 비읍 쌍비읍 시옷 쌍시옷 이응 지읒 쌍지읒 치읓 키읔 티읕 피읖 "
        "히읗".split(),
        strict=True,
    )
)
_CLUSTERS: Final = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_VOWELS: Final = dict(
    zip("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ", "아애야얘어에여예오와왜외요우워웨위유으의이", strict=True)
)
#: Laughter and other noises, as many times as they are written, up to a breath.
_NOISES: Final = {"ㅋ": "크", "ㅎ": "흐", "ㅉ": "쯧", "ㅍ": "프"}
_LONGEST_NOISE: Final = 4
#: Tears and blank looks, which no one says.
_FACES: Final = frozenset("ㅠㅜㅡㅗ")
_SHORT: Final = {
    "ㅇㅇ": "응", "ㄴㄴ": "노노", "ㄱㄱ": "고고", "ㅇㅋ": "오케이", "ㄱㅅ": "감사", "ㄳ": "감사", "ㅊㅋ": "축하",
    "ㅂㅂ": "바이바이", "ㅂㅇ": "바이", "ㅎㅇ": "하이", "ㄷㄷ": "덜덜", "ㄷㄷㄷ": "덜덜덜", "ㅈㅅ": "죄송",
    "ㅇㅈ": "인정", "ㄹㅇ": "레알", "ㅅㄱ": "수고", "ㅁㄹ": "몰라", "ㅇㄷ": "어디", "ㄱㄷ": "기다려", "ㅃㅃ": "빠빠이",
}  # fmt: skip


def alone(letters: str, *, goes_on: bool, only: bool) -> str:
    """Letters that stand alone in Hangul syllables; "" where they are not said.

    `goes_on`: a syllable follows in the same eojeol, as a particle does (ㅠ는); `only`: the phrase holds nothing else.
    """
    if letters in _SHORT:
        return _SHORT[letters]
    said = ""
    place = 0
    while place < len(letters):
        end = place + 1
        while end < len(letters) and letters[end] == letters[place]:
            end += 1
        said += _run(letters[place], end - place, named=goes_on or only)
        place = end
    return said


def _run(letter: str, times: int, *, named: bool) -> str:
    if letter in _FACES and (times > 1 or not named):
        return ""
    if letter in _NOISES and (times > 1 or not named):
        return _NOISES[letter] * min(times, _LONGEST_NOISE)
    if letter in _VOWELS:
        return _VOWELS[letter] * min(times, _LONGEST_NOISE)
    return "".join(_NAMES[part] for part in _CLUSTERS.get(letter, letter)) * min(times, _LONGEST_NOISE)
