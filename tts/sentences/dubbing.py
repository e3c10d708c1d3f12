"""What is said of subtitles, scripts and the tracks made of them."""

from typing import Final

from tts.sentences.language import Catalogue

DUBBING: Final[Catalogue] = {
    "text_encoding": {
        "zh": ("看不出“{path}”用的是什么文字编码。", "请存为 UTF-8，或用 --encoding 写明编码。"),
        "en": ("The encoding of “{path}” cannot be told.", "Save it as UTF-8, or name its encoding by --encoding."),
        "ja": (
            "「{path}」の文字コードが分かりません。",
            "UTF-8 で保存するか、--encoding で文字コードを指定してください。",
        ),
    },
    "text_subtitles_none": {
        "zh": ("“{path}”里没有字幕。", "每条字幕之前要有一行时间，例如 00:00:01,000 --> 00:00:02,500。"),
        "en": (
            "There are no subtitles in “{path}”.",
            "Put a line of times before each, such as 00:00:01,000 --> 00:00:02,500.",
        ),
        "ja": (
            "「{path}」に字幕がありません。",
            "字幕の前に 00:00:01,000 --> 00:00:02,500 のような時刻の行を書いてください。",
        ),
    },
    "text_subtitle_stamp": {
        "zh": ("第 {line} 行的时间“{written}”不正确。", "请按这样的写法：00:00:01,000 --> 00:00:02,500。"),
        "en": (
            "The time stamp “{written}” in line {line} is not right.",
            "Write it like this: 00:00:01,000 --> 00:00:02,500.",
        ),
        "ja": (
            "{line} 行目の時刻「{written}」が正しくありません。",
            "00:00:01,000 --> 00:00:02,500 のように書いてください。",
        ),
    },
    "text_subtitle_unstamped": {
        "zh": ("第 {line} 行的字幕“{written}”没有时间。", "请在它之前写上时间，例如 00:00:01,000 --> 00:00:02,500。"),
        "en": (
            "The subtitle “{written}” in line {line} has no time stamp.",
            "Put one before it, such as 00:00:01,000 --> 00:00:02,500.",
        ),
        "ja": (
            "{line} 行目の字幕「{written}」に時刻がありません。",
            "前の行に 00:00:01,000 --> 00:00:02,500 のような時刻を書いてください。",
        ),
    },
    "text_subtitle_backwards": {
        "zh": ("第 {line} 行的字幕在开始之前就结束了：{written}。", "请改正这一行的两个时间。"),
        "en": ("The subtitle in line {line} ends before it starts: {written}.", "Put its two times right."),
        "ja": ("{line} 行目の字幕は始まる前に終わっています：{written}。", "二つの時刻を直してください。"),
    },
    "text_subtitle_late": {
        "zh": (
            "第 {line} 行的字幕“{written}”在 {hours} 小时之后。",
            "请让时间从 0 开始，或把文件分成几段。",
        ),
        "en": (
            "The subtitle “{written}” in line {line} ends after {hours} hours.",
            "Let the times start at zero, or split the file.",
        ),
        "ja": (
            "{line} 行目の字幕「{written}」は {hours} 時間より後です。",
            "時刻を 0 から始めるか、ファイルを分けてください。",
        ),
    },
    "text_unfit": {
        "zh": (
            "第 {line} 行至少要 {least:.2f} 秒才能说完，只有 {room:.2f} 秒：没有放进音轨。",
            "请缩短这一行，或延长它的时间。",
        ),
        "en": (
            "Line {line} takes at least {least:.2f} s and has {room:.2f} s: it is not in the track.",
            "Shorten it, or give it more time.",
        ),
        "ja": (
            "{line} 行目は少なくとも {least:.2f} 秒かかりますが、{room:.2f} 秒しかないため、音声に入れていません。",
            "文を短くするか、時間を延ばしてください。",
        ),
    },
    "text_line_empty": {
        "zh": ("这一行没有要说的话。", "请写下台词；不要这一行的话，在上面的文本里删掉它。"),
        "en": ("There is nothing to say in this line.", "Write its words; to be rid of it, delete it from the text."),
        "ja": (
            "この行には話す言葉がありません。",
            "せりふを書いてください。不要な行は上のテキストから削除してください。",
        ),
    },
    "text_line_gone": {
        "zh": ("文本里已经没有这一行了。", "请重新选择一行。"),
        "en": ("This line is no longer in the text.", "Choose a line again."),
        "ja": ("この行はもうテキストにありません。", "行を選び直してください。"),
    },
    "text_line_broken": {
        "zh": ("这样写会让它变成别的行，没有改动。", "台词里不要写时间和空行，也不要只写一个数字。"),
        "en": (
            "Written like this it would become another line; nothing was changed.",
            "Leave times, empty rows and numbers that stand alone out of the words.",
        ),
        "ja": (
            "この書き方では別の行になるため、変更していません。",
            "せりふに時刻や空行、数字だけの行を入れないでください。",
        ),
    },
    "text_window_value": {
        "zh": ("“{written}”不是时间。", "请按这样的写法：{expected}。"),
        "en": ("“{written}” is not a time.", "Write it like this: {expected}."),
        "ja": ("「{written}」は時刻ではありません。", "{expected} のように書いてください。"),
    },
    "text_window_order": {
        "zh": ("结束时间 {end} 不在开始时间 {start} 之后，没有改动。", "请让这一行在开始之后结束。"),
        "en": (
            "The end at {end} is not after the start at {start}; nothing was changed.",
            "Let the line end after it starts.",
        ),
        "ja": ("終了 {end} が開始 {start} より後ではないため、変更していません。", "終了を開始より後にしてください。"),
    },
    "text_window_late": {
        "zh": ("{end} 在 {hours} 小时之后，没有改动。", "请填写更早的时间。"),
        "en": ("{end} is after {hours} hours; nothing was changed.", "Give an earlier time."),
        "ja": ("{end} は {hours} 時間より後のため、変更していません。", "もっと早い時刻にしてください。"),
    },
    "text_window_overlap": {
        "zh": ("会与“{text}”（{start}–{end}）重叠，没有改动。", "请先移动那一行，或让这一行更短。"),
        "en": (
            "It would overlap “{text}” ({start}–{end}); nothing was changed.",
            "Move that line first, or make this one shorter.",
        ),
        "ja": (
            "「{text}」（{start}–{end}）と重なるため、変更していません。",
            "先にその行を動かすか、この行を短くしてください。",
        ),
    },
    "text_track_long": {
        "zh": ("音轨会有 {hours:.1f} 小时，上限是 {limit} 小时。", "请把文件分成几段。"),
        "en": ("The track would last {hours:.1f} hours; the limit is {limit}.", "Split the file."),
        "ja": (
            "音声は {hours:.1f} 時間になりますが、上限は {limit} 時間です。",
            "ファイルを分けてください。",
        ),
    },
    "option_takes": {
        "zh": ("一行最多有 {limit} 个版本。", "请从已有的版本里挑一个，或改一改台词。"),
        "en": ("A line has {limit} takes at most.", "Pick one of them, or change the words."),
        "ja": ("一行のテイクは {limit} 個までです。", "その中から選ぶか、せりふを変えてください。"),
    },
    "option_subtitles": {
        "zh": ("“{path}”不是字幕，也不是台词。", "请使用 .srt、.vtt 或 .txt 文件。"),
        "en": ("“{path}” is neither subtitles nor a script.", "Use a .srt, .vtt or .txt file."),
        "ja": ("「{path}」は字幕でも台本でもありません。", ".srt、.vtt、.txt のファイルを使ってください。"),
    },
    "clip_original": {
        "zh": ("“{name}”不能用作原声。", "请使用 wav、mp3、flac 或 ogg 文件；视频请先取出声音。"),
        "en": (
            "“{name}” cannot be the original.",
            "Use a wav, mp3, flac or ogg file; take the sound out of a video first.",
        ),
        "ja": (
            "「{name}」は原音として使えません。",
            "wav、mp3、flac、ogg を使ってください。動画は先に音声を取り出してください。",
        ),
    },
    "option_cast": {
        "zh": ("“{name}”的声音“{voice}”不存在。", "请写音频文件的路径，或已保存的声音：{known}。"),
        "en": (
            "The voice “{voice}” of “{name}” is not there.",
            "Give the path of a clip, or one of the stored voices: {known}.",
        ),
        "ja": (
            "「{name}」の声「{voice}」がありません。",
            "音声ファイルのパスか、保存した声を指定してください：{known}。",
        ),
    },
    "option_cast_missing": {
        "zh": (
            "“{name}”没有声音（第 {rows} 行）。",
            "请加上 --cast “{name}=音频文件”，或用 --reference 指定其余的声音。",
        ),
        "en": (
            "“{name}” has no voice (lines {rows}).",
            "Add --cast “{name}=CLIP”, or a voice for all the others by --reference.",
        ),
        "ja": (
            "「{name}」の声がありません（{rows} 行目）。",
            "--cast「{name}=音声ファイル」を加えるか、--reference でその他の声を指定してください。",
        ),
    },
    "busy_track": {
        "zh": ("另一个程序正在制作“{path}”。", "请等它完成，或换一个输出路径。"),
        "en": ("“{path}” is being made by another program.", "Wait until it is ready, or choose another output path."),
        "ja": ("「{path}」は別のプログラムが作成中です。", "終わるまで待つか、別の出力先を選んでください。"),
    },
}
