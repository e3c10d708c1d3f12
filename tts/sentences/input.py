"""What is said of a clip, an option or a voice that cannot work."""

from typing import Final

from tts.sentences.language import Catalogue

INPUT: Final[Catalogue] = {
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
    "clip_many": {
        "zh": ("一个声音最多用 {limit} 段录音。", "请先去掉一段，或只留最好的几段。"),
        "en": ("A voice takes at most {limit} clips.", "Remove one first, and keep the best."),
        "ja": ("1 つの声に使える音声は {limit} 個までです。", "どれかを外して、良いものだけを残してください。"),
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
    "option_segment": {
        "zh": ("没有第 {segment} 段，这段文字共有 {count} 段。", "请写 1 到 {count} 之间的段号。"),
        "en": ("There is no segment {segment}; the text has {count}.", "Give the number of one, from 1 to {count}."),
        "ja": ("{segment} 番目の区切りはありません（全部で {count}）。", "1～{count} の番号を書いてください。"),
    },
    "option_lines": {
        "zh": ("一行也没有。", "请每行写一句话，或给出 JSONL、CSV 文件。"),
        "en": ("There is no line.", "Write one sentence a line, or give a JSONL or CSV file."),
        "ja": ("1 行もありません。", "1 行に 1 文ずつ書くか、JSONL か CSV のファイルを指定してください。"),
    },
    "option_column": {
        "zh": ("表格第一行没有名为 text 的列。", "请在第一行写列名，其中一列叫 text。"),
        "en": (
            "The first row of the table names no column text.",
            "Name the columns in the first row, one of them text.",
        ),
        "ja": ("表の 1 行目に text という列がありません。", "1 行目に列名を書き、その 1 つを text にしてください。"),
    },
    "option_many": {
        "zh": ("一共 {count} 行，一次最多 {limit} 行。", "请分成几次。"),
        "en": ("There are {count} lines; {limit} is the most at once.", "Split them into several batches."),
        "ja": ("{count} 行あります。一度にできるのは {limit} 行までです。", "何回かに分けてください。"),
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
    "option_manifest_column": {
        "zh": (
            "清单“{path}”的第一行没有“{column}”列。",
            "请用制表符分隔各列：wave，以及可选的 text、lang、reference。",
        ),
        "en": (
            "The first line of the manifest “{path}” names no column “{column}”.",
            "Name the columns, with tabs between them: wave and, where known, text, lang and reference.",
        ),
        "ja": (
            "マニフェスト「{path}」の先頭行に列「{column}」がありません。",
            "列名をタブで区切って書いてください：wave と、任意で text、lang、reference。",
        ),
    },
    "option_manifest_empty": {
        "zh": ("清单“{path}”里没有任何音频。", "请在列名之下每行写一个音频文件。"),
        "en": ("The manifest “{path}” names no waves.", "Write one wave a line, under the names of the columns."),
        "ja": ("マニフェスト「{path}」に音声がありません。", "列名の下に 1 行に 1 つずつ音声を書いてください。"),
    },
    "option_manifest_line": {
        "zh": ("清单“{path}”第 {line} 行不正确。", "请写上音频路径，各列用制表符分隔，列数与第一行相同。"),
        "en": (
            "Line {line} of the manifest “{path}” is not right.",
            "Give it a wave, and as many fields as the first line has, with tabs between them.",
        ),
        "ja": (
            "マニフェスト「{path}」の {line} 行目が正しくありません。",
            "音声のパスを書き、先頭行と同じ数の項目をタブで区切ってください。",
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
    "option_emotion_words": {
        "zh": ("“{words}”里没有表示情感的词。", "请写出心情或说话的样子，例如“委屈地哭着说”“非常生气”“小声地，害怕”。"),
        "en": (
            "“{words}” names no emotion.",
            "Say how it feels or sounds, such as “very angry”, “whispering, terrified” or “sad, close to tears”.",
        ),
        "ja": (
            "「{words}」には感情を表す言葉がありません。",
            "「泣きながら」「とても怒って」「小声で、怯えて」のように気持ちや話し方を書いてください。",
        ),
    },
    "option_preset": {
        "zh": ("“{name}”不是设置文件。", "请选择从这个工作室导出的设置文件。"),
        "en": ("“{name}” is no file of settings.", "Choose a file of settings that this studio has exported."),
        "ja": ("「{name}」は設定のファイルではありません。", "このスタジオが書き出した設定ファイルを選んでください。"),
    },
    "option_preset_name": {
        "zh": ("这组设置没有名字。", "请写一个不超过 64 个字的名字。"),
        "en": ("The settings have no name.", "Write a name of at most 64 characters."),
        "ja": ("設定に名前がありません。", "64 文字までの名前を付けてください。"),
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
    "voice_whose": {
        "zh": ("没有写明这是谁的声音。", "请写下说话人的名字，例如“我自己”。"),
        "en": ("It is not said whose voice this is.", "Write who speaks, for example: myself."),
        "ja": ("誰の声かが書かれていません。", "話者の名前を書いてください（例：自分）。"),
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
    "voice_gone": {
        "zh": ("这个声音已经不在了。", "请选择另一个声音，或重新添加它。"),
        "en": ("This voice is no longer here.", "Choose another one, or add it again."),
        "ja": ("この声はもうありません。", "別の声を選ぶか、追加し直してください。"),
    },
    "voice_bundle": {
        "zh": ("声音“{name}”属于另一个模型（{bundle}）。", "请用现在的模型从录音重新添加它。"),
        "en": (
            "The voice “{name}” belongs to another model ({bundle}).",
            "Add it again from its recording with this model.",
        ),
        "ja": ("声「{name}」は別のモデル（{bundle}）のものです。", "今のモデルで録音から追加し直してください。"),
    },
    "option_template": {
        "zh": ("文件名模板里的“{wrong}”不正确。", "可以用的占位符是 {known}，其余文字会照原样写入。"),
        "en": (
            "“{wrong}” cannot stand in a template of file names.",
            "The placeholders are {known}; other text is taken as it is.",
        ),
        "ja": (
            "ファイル名のひな形に「{wrong}」は使えません。",
            "使える差し込みは {known} です。ほかの文字はそのまま入ります。",
        ),
    },
}
