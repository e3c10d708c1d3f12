"""What a result may say besides."""

from typing import Final

from tts.sentences.language import Language

#: Code -> language -> one sentence.
WARNINGS: Final[dict[str, dict[Language, str]]] = {
    "speed_ignored": {
        "zh": "节奏由时长决定，语速没有使用。",
        "en": "The duration decides the pace, so the speed was ignored.",
        "ja": "長さが指定されたので、速さは使いませんでした。",
    },
    "text_left_out": {
        "zh": "这些内容无法朗读，已略去：{left_out}",
        "en": "This cannot be said and was left out: {left_out}",
        "ja": "読み上げられないので省きました：{left_out}",
    },
    "clip_no_voice": {
        "zh": "几乎听不到人声，请换一段有人说话的录音。",
        "en": "Hardly any voice is heard; use a recording in which someone speaks.",
        "ja": "人の声がほとんど聞こえません。話し声のある録音を使ってください。",
    },
    "clip_cut": {
        "zh": "文件末尾已损坏，只用了完好的部分；如有可能请重新上传。",
        "en": "The end of the file is damaged and was left out; upload it again if you can.",
        "ja": "ファイルの末尾が壊れているため省きました。できれば再アップロードしてください。",
    },
    "clip_brief": {
        "zh": "说话不足 3 秒，5 到 15 秒的录音会更像。",
        "en": "There are less than 3 s of speech; 5 to 15 s give a closer likeness.",
        "ja": "話し声が 3 秒未満です。5～15 秒あるとより似ます。",
    },
    "clip_noisy": {
        "zh": "背景噪声较大，请在安静的地方靠近麦克风录音。",
        "en": "There is much noise; record close to the microphone in a quiet room.",
        "ja": "雑音が大きめです。静かな場所でマイクに近づいて録音してください。",
    },
    "clip_clipped": {
        "zh": "录音过响而失真，请降低输入音量重录。",
        "en": "It is distorted by overload; record again at a lower level.",
        "ja": "音が割れています。入力レベルを下げて録音し直してください。",
    },
    "clip_narrow": {
        "zh": "高频缺失（像电话录音），请用更高的采样率录音。",
        "en": "The high frequencies are missing, as on a telephone; record at a higher sample rate.",
        "ja": "電話のように高音が欠けています。より高いサンプリング周波数で録音してください。",
    },
    "clip_quiet": {
        "zh": "录音音量很小，请提高输入音量或靠近麦克风。",
        "en": "The recording is very quiet; raise the input level or come closer.",
        "ja": "音量がとても小さいです。入力レベルを上げるかマイクに近づいてください。",
    },
    "clip_pauses": {
        "zh": "停顿和静音太多，请剪去没有说话的部分。",
        "en": "Most of it is silence; cut out the parts without speech.",
        "ja": "無音が多すぎます。話していない部分を切り取ってください。",
    },
}
