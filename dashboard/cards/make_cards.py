"""Draw the pictures that a shared link shows, 1200 by 630 pixels, one for the first page and one for each main section.

Run from the root of the repository when a section is added or renamed, with the development requirements and Debian's
Chromium: `.venv/bin/python -m dashboard.cards.make_cards`. The pictures are kept with the code, since sites that show
them take no SVG, and the product draws no other picture than SVG.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.utils.html import format_html
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "static"
CHROMIUM = "/usr/bin/chromium"
WORDS = "What was asked, what was decided, what followed"
CARD = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: "Source Serif 4"; src: url("{serif}"); font-weight: 600 }}
@font-face {{ font-family: "Source Sans 3"; src: url("{sans}"); font-weight: 200 900 }}
body {{ box-sizing: border-box; width: 1200px; height: 630px; margin: 0; padding: 80px 90px; background: #f7f9f8;
  border-top: 24px solid #0b5a57; color: #1b2426; font: 34px/1.4 "Source Sans 3" }}
p {{ margin: 0; color: #536164 }} h1 {{ margin: 110px 0 24px; font: 600 96px/1.1 "Source Serif 4" }}
.brand {{ display: flex; gap: 20px; align-items: center; color: #1b2426; font: 600 40px "Source Serif 4" }}
</style><p class="brand"><img src="{mark}" width="64" height="64" alt="">Policy Tracker</p>
<h1>{title}</h1><p>{words}</p>"""


def main() -> None:
    """Draw every card anew."""
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from dashboard.layout import NAVIGATION  # noqa: PLC0415  # Models exist only once Django is set up.
    from public.nouns import NOUNS  # noqa: PLC0415  # The same.

    titles = {"home": "Federal letters, local policies", **{name: NOUNS[name].heading for name in NAVIGATION}}
    serif = STATIC / "vendor/source-serif-4/source-serif-4-latin-600-normal.woff2"
    sans = STATIC / "vendor/source-sans-3/source-sans-3-latin-wght-normal.woff2"
    folder = STATIC / "dashboard/cards"
    with sync_playwright() as player:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = player.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        draft = folder / "card.html"
        for name, title in titles.items():
            files = {
                "serif": serif.as_uri(),
                "sans": sans.as_uri(),
                "mark": (STATIC / "dashboard/favicon.svg").as_uri(),
            }
            draft.write_text(format_html(CARD, title=title, words=WORDS, **files))
            page.goto(draft.as_uri())
            page.evaluate("document.fonts.ready")
            page.screenshot(path=folder / f"{name}.png")
        draft.unlink()
        browser.close()


if __name__ == "__main__":
    main()
