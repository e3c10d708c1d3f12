"""The sentences of `tts.errors` in Chinese, English and Japanese."""

from typing import Final, Literal

Language = Literal["zh", "en", "ja"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en", "ja")

# code -> language -> (what was wrong, what to do next); the first word of a code names its room.
CATALOGUE: Final[dict[str, dict[Language, tuple[str, str]]]] = {
    "text_empty": {
        "zh": ("没有文字。", "请输入要朗读的文字。"),
        "en": ("There is no text.", "Type or paste what should be said."),
        "ja": ("テキストがありません。", "読み上げる文を入力してください。"),
    },
    "text_unsayable": {
        "zh": ("文字“{text}”中没有可以朗读的内容。", "请加入汉字、字母、数字或假名。"),
        "en": ("Nothing in “{text}” can be said aloud.", "Add words, letters or digits."),
        "ja": ("「{text}」には読み上げられる文字がありません。", "漢字、かな、英字、数字を入れてください。"),
    },
    "text_too_long": {
        "zh": ("文字有 {characters} 个字符，上限是 {limit} 个。", "请分成几段，逐段合成。"),
        "en": ("The text has {characters} characters; the limit is {limit}.", "Split it and speak the parts in turn."),
        "ja": ("テキストは {characters} 文字で、上限は {limit} 文字です。", "いくつかに分けて合成してください。"),
    },
    "text_language": {
        "zh": ("还不能朗读语言“{language}”。", "请选择：{known}。"),
        "en": ("The language “{language}” cannot be spoken yet.", "Choose one of: {known}."),
        "ja": ("言語「{language}」はまだ読み上げられません。", "次から選んでください：{known}。"),
    },
    "text_markup": {
        "zh": ("标记“{written}”不正确。", "请按这样的写法：{expected}。"),
        "en": ("The mark-up “{written}” is not right.", "Write it like this: {expected}."),
        "ja": ("マークアップ「{written}」が正しくありません。", "次のように書いてください：{expected}。"),
    },
    "text_reading": {
        "zh": ("“{written}”中的读音“{reading}”不存在。", "请写成词典中的读音，例如 {expected}。"),
        "en": (
            "“{reading}” in “{written}” is not a sound we know.",
            "Write it as in the dictionary, such as {expected}.",
        ),
        "ja": ("「{written}」の読み「{reading}」は存在しません。", "辞書どおりに書いてください（例：{expected}）。"),
    },
    "text_manner": {
        "zh": ("还不支持文中的语气标记“{written}”。", "请先去掉它，改用情感滑块或语速选项。"),
        "en": (
            "The manner mark “{written}” in the text is not supported yet.",
            "Take it out and use the options instead.",
        ),
        "ja": (
            "本文中の話し方の指定「{written}」にはまだ対応していません。",
            "取り除いて、感情や速度の設定を使ってください。",
        ),
    },
    "text_pause": {
        "zh": ("停顿“{written}”的长度不在范围内。", "请写 {least:g} 到 {most:g} 秒，例如 [[0.6s]]。"),
        "en": ("The pause “{written}” is out of range.", "Write {least:g} to {most:g} seconds, such as [[0.6s]]."),
        "ja": ("間「{written}」の長さが範囲外です。", "{least:g}～{most:g} 秒で書いてください（例：[[0.6s]]）。"),
    },
    "text_file": {
        "zh": ("无法读取文字文件“{path}”。", "请检查路径，并把文件存为 UTF-8 编码。"),
        "en": ("The text file “{path}” cannot be read.", "Check the path, and save the file as UTF-8."),
        "ja": ("テキストファイル「{path}」を読めません。", "パスを確かめ、UTF-8 で保存してください。"),
    },
    "text_glossary": {
        "zh": ("词汇表“{path}”第 {line} 行不正确。", "请每行写一个词、一个制表符和它的读法。"),
        "en": (
            "Line {line} of the glossary “{path}” is not right.",
            "Write a term, a tab and its reading on each line.",
        ),
        "ja": ("用語集「{path}」の {line} 行目が正しくありません。", "各行に用語、タブ、読みの順で書いてください。"),
    },
    "clip_none": {
        "zh": ("没有参考音频。", "请上传或录制一段说话声，或选择已保存的声音。"),
        "en": ("There is no reference clip.", "Upload or record someone speaking, or choose a stored voice."),
        "ja": ("参照音声がありません。", "話し声をアップロードまたは録音するか、保存した声を選んでください。"),
    },
    "clip_gone": {
        "zh": ("这段参考音频已经不在了。", "请重新上传或录制。"),
        "en": ("The reference clip is no longer here.", "Upload or record it again."),
        "ja": ("この参照音声はもう残っていません。", "もう一度アップロードまたは録音してください。"),
    },
    "clip_missing": {
        "zh": ("找不到音频文件“{name}”。", "请检查路径和读取权限。"),
        "en": ("The clip “{name}” cannot be opened.", "Check the path and that you may read it."),
        "ja": ("音声ファイル「{name}」を開けません。", "パスと読み取り権限を確かめてください。"),
    },
    "clip_empty": {
        "zh": ("“{name}”里没有任何数据。", "请重新导出或重新录制。"),
        "en": ("“{name}” holds no data.", "Export or record it again."),
        "ja": ("「{name}」にデータがありません。", "もう一度書き出すか録音してください。"),
    },
    "clip_not_audio": {
        "zh": ("“{name}”不是我们能读懂的音频。", "请使用 wav、flac、mp3、m4a、ogg、opus 或 webm 文件。"),
        "en": ("“{name}” is not audio that we can read.", "Use a wav, flac, mp3, m4a, ogg, opus or webm file."),
        "ja": (
            "「{name}」は読み取れる音声ではありません。",
            "wav、flac、mp3、m4a、ogg、opus、webm を使ってください。",
        ),
    },
    "clip_no_track": {
        "zh": ("“{name}”里没有声音轨道。", "请选择含有说话声的文件。"),
        "en": ("“{name}” has no sound track.", "Choose a file in which someone speaks."),
        "ja": ("「{name}」に音声トラックがありません。", "話し声の入ったファイルを選んでください。"),
    },
    "clip_damaged": {
        "zh": ("“{name}”已损坏或不完整，只能读出 {seconds:.1f} 秒。", "请重新导出或重新上传完整的文件。"),
        "en": (
            "“{name}” is damaged or cut off; only {seconds:.1f} s can be read.",
            "Export it again, or upload the whole file.",
        ),
        "ja": (
            "「{name}」は壊れているか途中で切れていて、{seconds:.1f} 秒しか読めません。",
            "書き出し直すか、完全なファイルをアップロードしてください。",
        ),
    },
    "clip_silent": {
        "zh": ("“{name}”里没有声音。", "请检查麦克风，并重新录制说话声。"),
        "en": ("“{name}” is silent.", "Check the microphone and record someone speaking."),
        "ja": ("「{name}」は無音です。", "マイクを確かめて、話し声を録音し直してください。"),
    },
    "clip_too_short": {
        "zh": ("“{name}”只有 {seconds:.1f} 秒，至少需要 {least:g} 秒。", "请使用更长的录音，5 到 15 秒最好。"),
        "en": (
            "“{name}” lasts {seconds:.1f} s; at least {least:g} s are needed.",
            "Use a longer recording; 5 to 15 s are best.",
        ),
        "ja": (
            "「{name}」は {seconds:.1f} 秒しかなく、{least:g} 秒以上必要です。",
            "もっと長い録音を使ってください（5～15 秒が最適です）。",
        ),
    },
    "clip_too_long": {
        "zh": ("“{name}”长于 {limit:g} 秒的上限。", "请剪出说话清楚的一段，5 到 15 秒最好。"),
        "en": (
            "“{name}” is longer than the limit of {limit:g} s.",
            "Cut out a part with clear speech; 5 to 15 s are best.",
        ),
        "ja": (
            "「{name}」は上限の {limit:g} 秒を超えています。",
            "はっきり話している部分を切り出してください（5～15 秒が最適です）。",
        ),
    },
    "clip_too_large": {
        "zh": ("“{name}”有 {megabytes:.1f} MB，上限是 {limit:.1f} MB。", "请剪短，或存为 flac、mp3 再上传。"),
        "en": (
            "“{name}” has {megabytes:.1f} MB; the limit is {limit:.1f} MB.",
            "Cut it shorter, or save it as flac or mp3.",
        ),
        "ja": (
            "「{name}」は {megabytes:.1f} MB で、上限は {limit:.1f} MB です。",
            "短く切るか、flac や mp3 で保存し直してください。",
        ),
    },
    "clip_not_finite": {
        "zh": ("“{name}”含有无效的采样值（NaN 或无穷大）。", "请用录音软件重新导出为普通的 wav。"),
        "en": (
            "“{name}” holds samples that are no numbers (NaN or infinite).",
            "Export it again as an ordinary wav.",
        ),
        "ja": ("「{name}」に無効なサンプル値（NaN または無限大）があります。", "通常の wav で書き出し直してください。"),
    },
    "clip_format": {
        "zh": (
            "“{name}”的采样率（{rate} Hz）或声道数（{channels}）不受支持。",
            "请转换为 8 到 192 kHz、最多 16 声道。",
        ),
        "en": (
            "“{name}” has {rate} Hz and {channels} channels, which is not supported.",
            "Convert it to 8 to 192 kHz with at most 16 channels.",
        ),
        "ja": (
            "「{name}」のサンプリング周波数（{rate} Hz）かチャンネル数（{channels}）に対応していません。",
            "8～192 kHz、16 チャンネル以下に変換してください。",
        ),
    },
    "option_value": {
        "zh": ("{option} 不能是“{value}”。", "请填写：{expected}。"),
        "en": ("{option} cannot be “{value}”.", "Give {expected}."),
        "ja": ("{option} に「{value}」は使えません。", "次の値にしてください：{expected}。"),
    },
    "option_required": {
        "zh": ("缺少 {option}。", "请补上 {option} 再试。"),
        "en": ("{option} is missing.", "Add {option} and try again."),
        "ja": ("{option} がありません。", "{option} を指定してください。"),
    },
    "option_conflict": {
        "zh": ("{first} 和 {second} 不能同时使用。", "请只保留其中一个。"),
        "en": ("{first} and {second} cannot be used together.", "Keep one of them."),
        "ja": ("{first} と {second} は同時に使えません。", "どちらか一方にしてください。"),
    },
    "option_emotion": {
        "zh": ("没有名为“{name}”的情感。", "请选择：{known}。"),
        "en": ("There is no emotion named “{name}”.", "Choose from: {known}."),
        "ja": ("「{name}」という感情はありません。", "次から選んでください：{known}。"),
    },
    "option_duration": {
        "zh": (
            "这段文字不能在 {seconds:g} 秒内自然地说完。",
            "请把时长设在 {least:.2f} 到 {most:.2f} 秒之间，或修改文字。",
        ),
        "en": (
            "This text cannot be spoken in {seconds:g} s.",
            "Set the duration between {least:.2f} and {most:.2f} s, or change the text.",
        ),
        "ja": (
            "このテキストを {seconds:g} 秒で話すことはできません。",
            "長さを {least:.2f}～{most:.2f} 秒にするか、テキストを変えてください。",
        ),
    },
    "option_jobs": {
        "zh": ("任务文件“{path}”第 {line} 行不正确。", "请每行写一个 JSON 对象，键为 clone 的选项。"),
        "en": (
            "Line {line} of the job file “{path}” is not right.",
            "Write one JSON object a line, with clone's options.",
        ),
        "ja": (
            "ジョブファイル「{path}」の {line} 行目が正しくありません。",
            "1 行に 1 つの JSON オブジェクトを clone のオプション名で書いてください。",
        ),
    },
    "option_setting": {
        "zh": ("设置 {setting} 不正确：{reason}。", "请修改 configs/service.yaml 或环境变量 {variable}。"),
        "en": (
            "The setting {setting} is not right: {reason}.",
            "Change configs/service.yaml or the variable {variable}.",
        ),
        "ja": (
            "設定 {setting} が正しくありません：{reason}。",
            "configs/service.yaml か環境変数 {variable} を直してください。",
        ),
    },
    "option_usage": {
        "zh": ("命令行不正确：{reason}。", "用法请看 {command} --help。"),
        "en": ("The command line is not right: {reason}.", "See {command} --help."),
        "ja": ("コマンドラインが正しくありません：{reason}。", "使い方は {command} --help をご覧ください。"),
    },
    "option_not_available_yet": {
        "zh": ("{option} 还没有实现。", "请先去掉它，或等待以后的版本。"),
        "en": ("{option} is not available yet.", "Leave it out, or wait for a later version."),
        "ja": ("{option} はまだ使えません。", "外して実行するか、今後の版をお待ちください。"),
    },
    "voice_unknown": {
        "zh": ("没有名为“{name}”的声音。", "请从已保存的声音中选择：{known}。"),
        "en": ("There is no voice named “{name}”.", "Choose one of the stored voices: {known}."),
        "ja": ("「{name}」という声はありません。", "保存した声から選んでください：{known}。"),
    },
    "voice_exists": {
        "zh": ("已经有名为“{name}”的声音。", "请换一个名字，或先删除它。"),
        "en": ("A voice named “{name}” exists already.", "Take another name, or remove that voice first."),
        "ja": ("「{name}」という声はすでにあります。", "別の名前にするか、先に削除してください。"),
    },
    "voice_name": {
        "zh": ("“{name}”不能用作声音的名字。", "请用 1 到 64 个字母、汉字、数字、空格、- 或 _。"),
        "en": ("“{name}” cannot be the name of a voice.", "Use 1 to 64 letters, digits, spaces, - or _."),
        "ja": ("「{name}」は声の名前に使えません。", "1～64 文字の文字、数字、空白、-、_ にしてください。"),
    },
    "voice_consent": {
        "zh": ("没有确认说话人的同意。", "请确认你有权使用这个声音（命令行：--consent）。"),
        "en": ("The speaker's consent is not confirmed.", "Confirm that you may use this voice (--consent)."),
        "ja": ("話者の同意が確認されていません。", "この声を使う許可があることを確認してください（--consent）。"),
    },
    "voice_file": {
        "zh": ("无法打开声音文件“{path}”。", "请检查路径和读取权限。"),
        "en": ("The voice file “{path}” cannot be opened.", "Check the path and that you may read it."),
        "ja": ("声のファイル「{path}」を開けません。", "パスと読み取り権限を確かめてください。"),
    },
    "voice_damaged": {
        "zh": ("声音文件“{path}”已损坏或不是声音文件。", "请用原来的录音重新添加这个声音。"),
        "en": ("“{path}” is damaged, or no voice of ours.", "Add the voice again from its recording."),
        "ja": ("「{path}」は壊れているか、声のファイルではありません。", "元の録音から追加し直してください。"),
    },
    "voice_bundle": {
        "zh": ("声音“{name}”属于另一个模型（{bundle}）。", "请用现在的模型从录音重新添加它。"),
        "en": (
            "The voice “{name}” belongs to another model ({bundle}).",
            "Add it again from its recording with this model.",
        ),
        "ja": ("声「{name}」は別のモデル（{bundle}）のものです。", "今のモデルで録音から追加し直してください。"),
    },
    "bundle_missing": {
        "zh": ("“{folder}”里没有模型。", "请运行 {restore}。"),
        "en": ("There is no model in “{folder}”.", "Run {restore}."),
        "ja": ("「{folder}」にモデルがありません。", "{restore} を実行してください。"),
    },
    "bundle_unknown": {
        "zh": ("没有名为“{name}”的模型。", "请选择：{known}。"),
        "en": ("There is no model named “{name}”.", "Choose one of: {known}."),
        "ja": ("「{name}」というモデルはありません。", "次から選んでください：{known}。"),
    },
    "bundle_file_missing": {
        "zh": ("缺少模型文件“{file}”。", "请运行 {restore}。"),
        "en": ("The model file “{file}” is missing.", "Run {restore}."),
        "ja": ("モデルファイル「{file}」がありません。", "{restore} を実行してください。"),
    },
    "bundle_file_damaged": {
        "zh": ("模型文件“{file}”已损坏（{reason}）。", "请运行 {restore}。"),
        "en": ("The model file “{file}” is damaged ({reason}).", "Run {restore}."),
        "ja": ("モデルファイル「{file}」が壊れています（{reason}）。", "{restore} を実行してください。"),
    },
    "bundle_damaged": {
        "zh": ("模型描述“{file}”的内容不正确。", "请运行 git checkout -- cache_hub。"),
        "en": ("The model description “{file}” is not one of ours.", "Run git checkout -- cache_hub."),
        "ja": ("モデルの記述「{file}」が正しくありません。", "git checkout -- cache_hub を実行してください。"),
    },
    "bundle_phones_differ": {
        "zh": ("模型“{bundle}”与本程序的音素表不一致。", "请更新程序，或改用随程序提供的模型。"),
        "en": (
            "The model “{bundle}” was made for other phones than ours.",
            "Update the program, or use its own model.",
        ),
        "ja": (
            "モデル「{bundle}」の音素表がこのプログラムと違います。",
            "プログラムを更新するか、付属のモデルを使ってください。",
        ),
    },
    "device_absent": {
        "zh": ("这台机器没有可用的“{device}”。", "请改用 {known}。"),
        "en": ("This machine has no usable “{device}”.", "Use {known} instead."),
        "ja": ("このマシンでは「{device}」を使えません。", "{known} を使ってください。"),
    },
    "device_memory": {
        "zh": ("“{device}”的内存不够。", "请缩短文字、减少同时进行的任务，或改用 CPU。"),
        "en": ("“{device}” is out of memory.", "Shorten the text, run fewer requests at once, or use the CPU."),
        "ja": (
            "「{device}」のメモリが足りません。",
            "テキストを短くするか、同時実行を減らすか、CPU を使ってください。",
        ),
    },
    "output_folder": {
        "zh": ("文件夹“{folder}”不存在。", "请先建立它，或换一个输出路径。"),
        "en": ("The folder “{folder}” does not exist.", "Create it, or choose another output path."),
        "ja": ("フォルダー「{folder}」がありません。", "作成するか、別の出力先を選んでください。"),
    },
    "output_write": {
        "zh": ("无法写入“{path}”（{reason}）。", "请检查写入权限和磁盘空间。"),
        "en": ("“{path}” cannot be written ({reason}).", "Check that you may write there and that the disk has room."),
        "ja": ("「{path}」に書き込めません（{reason}）。", "書き込み権限とディスクの空きを確かめてください。"),
    },
    "busy_own_job": {
        "zh": ("你的上一段语音还在合成。", "请等它完成，或先取消它。"),
        "en": ("Your last speech is still being made.", "Wait until it is ready, or cancel it first."),
        "ja": ("前の音声をまだ合成しています。", "終わるまで待つか、先に取り消してください。"),
    },
    "busy_queue": {
        "zh": ("排队的任务已满（{limit} 个）。", "请过一分钟再试。"),
        "en": ("The queue is full ({limit} requests).", "Try again in a minute."),
        "ja": ("順番待ちがいっぱいです（{limit} 件）。", "1 分ほどしてからお試しください。"),
    },
    "internal_cancelled": {
        "zh": ("合成已取消。", "需要时请重新开始。"),
        "en": ("The request was cancelled.", "Start it again when you need it."),
        "ja": ("合成は取り消されました。", "必要ならもう一度始めてください。"),
    },
    "internal_fault": {
        "zh": ("程序内部出错（编号 {request}）。", "请再试一次；若再次出现，请带上编号报告此问题。"),
        "en": (
            "Something went wrong on our side (request {request}).",
            "Try again; if it happens again, report it with that number.",
        ),
        "ja": (
            "内部エラーが発生しました（番号 {request}）。",
            "もう一度お試しください。繰り返す場合は番号を添えて報告してください。",
        ),
    },
}

# What a result may say besides: code -> language -> one sentence.
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
