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
    "loudness_held": {
        "zh": "再响就会把峰值压坏，所以文件比目标响度轻一些。",
        "en": "Made any louder, its peaks would be squashed, so the file stays quieter than the target.",
        "ja": "これ以上大きくするとピークがつぶれるため、目標より小さめにしました。",
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
    "clip_strangers": {
        "zh": "“{strangers}”听起来是另一个人，请去掉它，或只用同一个人的录音。",
        "en": "This sounds like somebody else: {strangers}. Remove it, or use clips of one person only.",
        "ja": "「{strangers}」は別の人の声のようです。外すか、同じ人の録音だけを使ってください。",
    },
    "clip_speakers": {
        "zh": "好像有不止一个人在说话，或背景声前后不同；请截取只有一个人说话的一段。",
        "en": "More than one person seems to speak, or the background changes; keep a stretch with one person alone.",
        "ja": "2 人以上が話しているか、背景の音が途中で変わっているようです。1 人だけの部分を切り出してください。",
    },
    "clip_excess": {
        "zh": "录音太长，后面的部分没有用到；请截取最好的几段。",
        "en": "There is more than can be used, and the end was left out; keep the best stretches.",
        "ja": "長すぎるため、終わりの部分は使っていません。良い部分だけを残してください。",
    },
    "clip_reverberant": {
        "zh": "房间回声明显，克隆出的声音也会带回声；请靠近麦克风，或在有窗帘、衣物的小房间里录音。",
        "en": "The room echoes, and the voice will sound so too; record closer, or among curtains and clothes.",
        "ja": "部屋の響きが強く、声にも響きが残ります。マイクに近づくか、布の多い部屋で録音してください。",
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
    "dub_encoding": {
        "zh": "“{path}”不是 UTF-8，按 {encoding} 读取；若文字不对，请用 --encoding 写明编码。",
        "en": "“{path}” is not UTF-8 and was read as {encoding}; if that is wrong, name its encoding by --encoding.",
        "ja": "「{path}」は UTF-8 ではないので {encoding} として読みました。違う場合は --encoding で指定してください。",
    },
    "dub_order": {
        "zh": "这些行没有按时间排列，已按时间排好：第 {rows} 行",
        "en": "These lines do not stand in the order of their times, in which they are taken: {rows}",
        "ja": "時刻の順に並んでいない行があるので、時刻の順に並べ替えました：{rows} 行目",
    },
    "dub_unspoken": {
        "zh": "这些内容不是台词，没有朗读（第 {rows} 行）：{unspoken}",
        "en": "This is not for speaking and was left out (lines {rows}): {unspoken}",
        "ja": "台詞ではないので読み上げませんでした（{rows} 行目）：{unspoken}",
    },
    "dub_no_voice": {
        "zh": "“{name}”没有自己的声音（第 {rows} 行），用主要的声音朗读；可用 --cast “{name}=音频文件” 指定。",
        "en": "“{name}” speaks in the main voice (lines {rows}); --cast “{name}=CLIP” gives it one of its own.",
        "ja": "「{name}」は主な声で読みます（{rows} 行目）。--cast「{name}=音声ファイル」で声を指定できます。",
    },
    "dub_overlap": {
        "zh": "这些行与前面的行同时说：第 {rows} 行",
        "en": "These lines are said while another one still is: {rows}",
        "ja": "前の行と重なって話される行があります：{rows} 行目",
    },
    "dub_squeezed": {
        "zh": "有 {count} 行说得比自然语速快，最快的是第 {row} 行（{pace:.2f} 倍）。",
        "en": "Faster than their natural pace: {count}, most of all line {row} ({pace:.2f} times).",
        "ja": "{count} 行が自然な速さより速くなっています。最も速いのは {row} 行目（{pace:.2f} 倍）です。",
    },
    "dub_ran_on": {
        "zh": "第 {row} 行以两倍语速也说不完，超出它的时间 {over:.2f} 秒，占用了后面的空白。",
        "en": "Line {row} does not fit even twice as fast, and runs {over:.2f} s on into the free time after it.",
        "ja": "{row} 行目は 2 倍の速さでも収まらず、後ろの空き時間に {over:.2f} 秒はみ出しています。",
    },
    "dub_kept": {
        "zh": "已经完成的部分保存在“{folder}”里，再次运行同样的命令就会接着做。",
        "en": "What is made so far is kept in “{folder}”; the same command goes on from there.",
        "ja": "できた分は「{folder}」に残っています。同じコマンドで続きから始まります。",
    },
}
