"""The HTML report in a real browser: it fits a phone and a desk, and asks for nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.outcome import EvaluationReport
from eval.page import save_page
from tests.ui.page.test_browser import CHROMIUM, FLAGS, SIZES

playwright = pytest.importorskip(
    "playwright.sync_api", reason="the Python package playwright is not installed"
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM} (Debian: apt install chromium)"
    ),
]


def test_it_fits_every_screen_and_asks_for_nothing(report: EvaluationReport, tmp_path: Path):
    long = replace(report.outcomes[1], text="长" * 500 + "w" * 500, question="<script>alert(1)</script>" * 9)
    path = tmp_path / "report.html"
    save_page(replace(report, outcomes=(*report.outcomes, long)), path)
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        for width, height in SIZES.values():
            page = chromium.new_page(viewport={"width": width, "height": height})
            requests, errors = [], []
            page.on("request", lambda request, into=requests: into.append(request.url))
            page.on("console", lambda message, into=errors: into.append(message.text))
            page.on("pageerror", lambda error, into=errors: into.append(str(error)))
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.locator("svg").count() == 2
            page.locator("article details summary").first.click()
            assert page.locator("article details .quote").first.is_visible()
            assert requests == [path.as_uri()]
            assert errors == []
        chromium.close()
