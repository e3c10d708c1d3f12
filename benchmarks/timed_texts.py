"""What `benchmarks.timing` has said, by language."""

from typing import Final

TEXTS: Final = {
    "zh": ("今天的天气真不错，我们下午一起去公园里散步，好吗？", "他把那本旧书放回了架子上。", "你什么时候回来？"),
    "en": (
        "The weather is lovely today, so let us take a walk in the park.",
        "She put the old book back on the shelf.",
        "What time does it start?",
    ),
    "ja": (
        "今日はとてもいい天気なので、一緒に散歩に行きませんか。",
        "彼は古い本を棚に戻しました。",
        "何時に始まりますか。",
    ),
}
PAUSED: Final = {
    "zh": ("今天的天气真不错[[0.6s]]我们下午去公园。", "你好。[[1.5s]]再见。"),
    "en": ("The weather is lovely[[0.6s]]so let us take a walk.", "Good morning.[[1.5s]]How are you?"),
    "ja": ("今日はいい天気なので[[0.6s]]散歩に行きませんか。", "おはよう。[[1.5s]]元気ですか。"),
}
SPANNED: Final = {
    "zh": "今天[[高兴]]我们一起去公园里[[/]]看一看花",
    "en": "Today [[happy]]we are all going to the park[[/]] to look at the flowers",
    "ja": "今日は[[喜び]]みんなで公園に[[/]]花を見に行きます",
}
SYLLABLES: Final = {
    "zh": ("好", "啊！", "妈", "你好", "是的。"),
    "en": ("Yes", "Stop!", "Ah", "No.", "Hello!"),
    "ja": ("はい", "え？", "うん"),
    "ko": ("네", "아", "응", "좋아"),
}
ENDS: Final = {
    "zh": ("今天天气真好", "是啊", "你看这个好不好", "我们走吧"),
    "en": ("This is how it stops.", "It was the best of both", "She gave him a hat", "Keep it safe."),
    "ja": ("そうですか", "行きます"),
    "ko": ("안녕하세요", "빨리 와"),
}
LONG: Final = "今天天气很好。我们去河边走走。The bridge is old. 你觉得怎么样？"
