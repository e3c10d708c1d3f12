"""What is said of a text that cannot be read as it is written."""

from typing import Final

from tts.sentences.language import Catalogue

TEXT: Final[Catalogue] = {
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
        "zh": ("第 {line} 行第 {column} 个字符处的标记“{written}”不正确。", "请按这样的写法：{expected}。"),
        "en": (
            "The mark-up “{written}” (line {line}, character {column}) is not right.",
            "Write it like this: {expected}.",
        ),
        "ja": (
            "{line} 行目の {column} 文字目のマークアップ「{written}」が正しくありません。",
            "次のように書いてください：{expected}。",
        ),
    },
    "text_reading": {
        "zh": ("第 {line} 行第 {column} 个字符处的读音“{reading}”不存在：{excerpt}。", "请改为 {nearest}。"),
        "en": (
            "“{reading}” (line {line}, character {column}) is not a sound we know: {excerpt}.",
            "Write, for instance, {nearest}.",
        ),
        "ja": (
            "{line} 行目の {column} 文字目の読み「{reading}」は存在しません：{excerpt}。",
            "{nearest} のように書いてください。",
        ),
    },
    "text_manner": {
        "zh": ("没有名为“{name}”的语气（第 {line} 行第 {column} 个字符）。", "请选择：{known}；停顿写作 [[0.6s]]。"),
        "en": (
            "There is no manner named “{name}” (line {line}, character {column}).",
            "Choose from: {known}; a pause is written [[0.6s]].",
        ),
        "ja": (
            "「{name}」という話し方はありません（{line} 行目の {column} 文字目）。",
            "次から選んでください：{known}。間は [[0.6s]] と書きます。",
        ),
    },
    "text_manner_value": {
        "zh": (
            "标记“{written}”（第 {line} 行第 {column} 个字符）的数值不在范围内。",
            "请为 {name} 写 {least:g} 到 {most:g} 之间的数。",
        ),
        "en": (
            "The value of the mark “{written}” (line {line}, character {column}) is out of range.",
            "Give {name} a number from {least:g} to {most:g}.",
        ),
        "ja": (
            "「{written}」（{line} 行目の {column} 文字目）の値が範囲外です。",
            "{name} には {least:g}～{most:g} の数を書いてください。",
        ),
    },
    "text_manner_end": {
        "zh": (
            "标记“{written}”（第 {line} 行第 {column} 个字符）没有可以结束的语气。",
            "请删去它，或在前面写上开始标记，例如 [[happy 0.8]]。",
        ),
        "en": (
            "The mark “{written}” (line {line}, character {column}) has no manner to end.",
            "Take it out, or begin one before it, such as [[happy 0.8]].",
        ),
        "ja": (
            "「{written}」（{line} 行目の {column} 文字目）で終える話し方がありません。",
            "取り除くか、その前に [[happy 0.8]] のように始めてください。",
        ),
    },
    "text_pause": {
        "zh": (
            "停顿“{written}”（第 {line} 行第 {column} 个字符）的长度不在范围内。",
            "请写 {least:g} 到 {most:g} 秒，例如 [[0.6s]]。",
        ),
        "en": (
            "The pause “{written}” (line {line}, character {column}) is out of range.",
            "Write {least:g} to {most:g} seconds, such as [[0.6s]].",
        ),
        "ja": (
            "間「{written}」（{line} 行目の {column} 文字目）の長さが範囲外です。",
            "{least:g}～{most:g} 秒で書いてください（例：[[0.6s]]）。",
        ),
    },
    "text_file": {
        "zh": ("无法读取文字文件“{path}”。", "请检查路径，并把文件存为 UTF-8 编码。"),
        "en": ("The text file “{path}” cannot be read.", "Check the path, and save the file as UTF-8."),
        "ja": ("テキストファイル「{path}」を読めません。", "パスを確かめ、UTF-8 で保存してください。"),
    },
    "text_glossary": {
        "zh": ("词汇表“{path}”第 {line} 行不正确。", "请每行写一个词、一个制表符或等号和它的读法。"),
        "en": (
            "Line {line} of the glossary “{path}” is not right.",
            "Write a term, a tab or an equals sign, and its reading on each line.",
        ),
        "ja": (
            "用語集「{path}」の {line} 行目が正しくありません。",
            "各行に用語、タブか等号、読みの順で書いてください。",
        ),
    },
    "text_glossary_line": {
        "zh": ("词汇表第 {line} 行“{written}”不正确。", "请每行写“词 = 读法”，例如 重庆 = chong2 qing4。"),
        "en": ("Line {line} of the glossary, “{written}”, is not right.", "Write “term = reading” on each line."),
        "ja": ("用語集の {line} 行目「{written}」が正しくありません。", "各行に「用語 = 読み」と書いてください。"),
    },
    "text_glossary_entry": {
        "zh": ("词汇表中的“{term}”不正确。", "请给每个词写一个读法；分语言时，用 zh、en、ja、ko 分组。"),
        "en": (
            "The entry “{term}” of the glossary is not right.",
            "Give each term one reading; sections of a language are named zh, en, ja or ko.",
        ),
        "ja": (
            "用語集の「{term}」が正しくありません。",
            "用語ごとに読みを一つ書いてください。言語別の区分は zh、en、ja、ko です。",
        ),
    },
    "text_glossary_reading": {
        "zh": ("词汇表中“{term}”的读音“{reading}”不存在：{excerpt}。", "请改为 {nearest}。"),
        "en": (
            "“{reading}”, in the glossary's reading of “{term}”, is not a sound we know: {excerpt}.",
            "Write, for instance, {nearest}.",
        ),
        "ja": (
            "用語集にある「{term}」の読み「{reading}」は存在しません：{excerpt}。",
            "{nearest} のように書いてください。",
        ),
    },
    "text_glossary_long": {
        "zh": ("词或读音太长。", "请不要超过 {limit} 个字符。"),
        "en": ("The term or its reading is too long.", "Keep each within {limit} characters."),
        "ja": ("用語か読みが長すぎます。", "それぞれ {limit} 文字以内にしてください。"),
    },
    "text_glossary_full": {
        "zh": ("词汇表会有 {count} 个词条，超过了 {limit} 个的上限。", "请先删去不用的词条。"),
        "en": (
            "The glossary would have {count} entries; there is room for {limit}.",
            "Delete entries that you no longer need first.",
        ),
        "ja": ("用語集が {count} 件になり、上限の {limit} 件を超えます。", "使わない項目を先に削除してください。"),
    },
}
