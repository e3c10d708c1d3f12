"""The page that asks for the password."""

from typing import Final

from studio import words
from studio.words import LANGUAGE_TAGS
from tts.sentences import Language

_PAGE: Final = """<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>@[page.title]</title>
<link rel="icon" href="/studio/static/mark.svg"><link rel="stylesheet" href="/studio/static/studio.css">
<script>document.documentElement.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches)</script>
</head>
<body class="yn-login">
<main class="yn-card">
<h1><img src="/studio/static/mark.svg" alt="" width="36" height="36"> @[page.title]</h1>
<p>@[login.note]</p>
{wrong}
<form method="post" action="/login">
<label>@[login.user]<input name="username" autocomplete="username" required autofocus></label>
<label>@[login.password]<input name="password" type="password" autocomplete="current-password" required></label>
<button class="yn-button yn-primary">@[login.enter]</button>
</form>
</main>
</body>
</html>
"""


def login_page(language: Language, wrong: bool) -> str:
    """HTML of the page; `wrong` after a password that did not fit."""
    note = '<p class="yn-error" role="alert">@[login.wrong]</p>' if wrong else ""
    return words.fill(_PAGE.format(tag=LANGUAGE_TAGS[language], wrong=note), language)
