"""What is said where we could not do what was rightly asked."""

from typing import Final

from tts.sentences.language import Catalogue

FAILURES: Final[Catalogue] = {
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
    "bundle_part": {
        "zh": (
            "模型“{bundle}”没有 {part} 部分，不能从音频听出情感。",
            "请取回 {part}.safetensors，或改用滑块（--emotion）或文字（--emotion-text）。",
        ),
        "en": (
            "The model “{bundle}” comes without its part “{part}”, which hears the emotion of a clip.",
            "Bring back {part}.safetensors, or set the emotion by values (--emotion) or words (--emotion-text).",
        ),
        "ja": (
            "モデル「{bundle}」に {part} の部分がなく、音声から感情を聞き取れません。",
            "{part}.safetensors を戻すか、値（--emotion）や言葉（--emotion-text）で指定してください。",
        ),
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
    "device_denoiser": {
        "zh": ("降噪程序无法在这台机器上运行（{reason}）。", "请关闭降噪，或运行 make setup 重新安装。"),
        "en": (
            "Noise removal does not run on this machine ({reason}).",
            "Leave it off, or install again by make setup.",
        ),
        "ja": (
            "このマシンではノイズ除去を使えません（{reason}）。",
            "ノイズ除去を外すか、make setup で入れ直してください。",
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
    "output_gone": {
        "zh": ("这段语音已经不在了。", "请用同样的设置重新生成。"),
        "en": ("This speech is no longer here.", "Generate it again with the same settings."),
        "ja": ("この音声はもうありません。", "同じ設定で生成し直してください。"),
    },
    "output_voice_gone": {
        "zh": ("说这段话的声音“{name}”已经不在了。", "请重新选择或上传同一段参考音频，再试一次。"),
        "en": (
            "The voice that said this, “{name}”, is no longer here.",
            "Choose or upload the same clip, and try again.",
        ),
        "ja": ("この音声の声「{name}」はもうありません。", "同じ参照音声をもう一度選んでから、やり直してください。"),
    },
    "output_not_remade": {
        "zh": ("这段语音是别的模型或旧版本做的，不能只重说一句。", "请用同样的设置重新生成整段。"),
        "en": (
            "Another model or an older version made this speech, so that no single sentence can be said anew.",
            "Generate all of it again with its settings.",
        ),
        "ja": (
            "この音声は別のモデルか古い版で作られたため、一文だけの言い直しはできません。",
            "同じ設定で全体を生成し直してください。",
        ),
    },
    "output_quota": {
        "zh": ("历史记录已满（{limit} MB），而且都加了星标。", "请删除一些记录，或取消它们的星标。"),
        "en": ("The history is full ({limit} MB) and all of it has a star.", "Delete some of it, or take stars away."),
        "ja": (
            "履歴がいっぱいで（{limit} MB）、すべてに星が付いています。",
            "いくつか削除するか、星を外してください。",
        ),
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
    "internal_restarted": {
        "zh": ("合成到一半时工作室重新启动了。", "文字和设置都还在，请再生成一次。"),
        "en": (
            "The studio was restarted while your speech was being made.",
            "Your text is still here: generate again.",
        ),
        "ja": ("合成の途中でスタジオが再起動しました。", "テキストと設定は残っています。もう一度生成してください。"),
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
