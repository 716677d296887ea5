"""The page in a real browser: ask, read, open the source at its mark, all without the network."""

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from rag.language.chinese import squeeze
from tests.ui.api.test_pages import LAW
from tests.ui.conftest import INVESTMENT, Site, open_site

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}

playwright = pytest.importorskip(
    "playwright.sync_api", reason="the Python package playwright is not installed"
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM} (Debian: apt install chromium)"
    ),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with the page over an empty library, for tests that bring files."""
    with open_site(tmp_path_factory.mktemp("desk"), page=True, file_bytes=100_000) as running:
        yield running


@pytest.fixture(scope="module")
def browser(desk: Site) -> Iterator:
    """A browser; the page is mounted before, for the driver's loop stands in the way of another."""
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield chromium
        chromium.close()


class Reader:
    """Someone at the page."""

    def __init__(self, browser, url: str, size: str = "desktop") -> None:
        width, height = SIZES[size]
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))
        self.page.goto(url)
        self.box = self.page.get_by_label("问题")
        self.box.wait_for()

    def ask(self, question: str) -> str:
        turns = self.page.locator(".turn").count()
        self.box.fill(question)
        self.box.press("Enter")
        if not self._appears(turns):
            # On a busy machine the box may stand there before the page listens to it.
            self.box.press("Enter")
        return self.answer(turns)

    def _appears(self, turn: int) -> bool:
        try:
            self.page.locator(".turn").nth(turn).wait_for(timeout=10_000)
        except playwright.TimeoutError:
            return False
        return True

    def answer(self, turn: int = 0) -> str:
        answer = self.page.locator(".turn").nth(turn).locator(".answer:not(.writing)")
        answer.wait_for()
        return answer.inner_text()


@pytest.fixture
def reader(browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Reader]:
    reader = Reader(browser, site.url, getattr(request, "param", "desktop"))
    yield reader
    reader.context.close()


@pytest.mark.parametrize("reader", SIZES, indirect=True)
def test_a_question_is_answered_and_its_source_opens_at_the_mark(reader: Reader, tmp_path: Path):
    assert "740亿元" in reader.ask(INVESTMENT)
    source = reader.page.locator("#sources li a").first
    source.wait_for()
    quote = squeeze(source.locator("mark").inner_text())
    assert "740亿元" in quote
    reader.page.screenshot(path=tmp_path / "answer.png")
    with reader.context.expect_page() as opened:
        source.click()
    original = opened.value
    mark = original.locator("mark").first
    mark.wait_for()
    assert squeeze(mark.inner_text()) == quote
    place = mark.bounding_box()
    assert place is not None
    assert 0 < place["y"] < SIZES["phone"][1]
    original.screenshot(path=tmp_path / "original.png")
    assert reader.errors == []


def test_nothing_is_fetched_from_anywhere_else(reader: Reader, site: Site):
    reader.ask(INVESTMENT)
    reader.page.locator("#sources li").first.wait_for()
    outside = [url for url in reader.requests if not url.startswith((site.url, "data:", "blob:"))]
    assert outside == []


def test_an_example_asks_itself_and_clear_begins_anew(reader: Reader):
    reader.page.get_by_role("button", name="2024年固定资产投资目标是多少？").click()
    assert "740亿元" in reader.answer()
    assert "区发改经信局" in reader.ask("哪个部门牵头？")
    reader.page.get_by_role("button", name="清空").click()
    reader.page.locator(".welcome").wait_for()
    assert reader.page.locator(".turn").count() == 0
    assert reader.page.locator("#sources li").count() == 0


def test_a_marker_in_the_answer_is_a_link_to_its_source(reader: Reader):
    reader.ask(INVESTMENT)
    first = reader.page.locator("a.cite").first
    assert first.get_attribute("href") == reader.page.locator("#sources li a").first.get_attribute("href")
    assert first.get_attribute("target") == "_blank"


def test_markup_in_a_question_does_not_run(reader: Reader):
    hostile = "<img src=x onerror=alert(1)> ${alert(2)} {{alert(3)}} **粗** 固定资产投资目标是多少？"
    reader.ask(hostile)
    assert reader.page.locator(".asked").inner_text() == hostile
    assert reader.page.locator(".turn img").count() == 0
    assert reader.errors == []


def test_a_refusal_shows_the_nearest_sources(reader: Reader):
    assert "换个说法" in reader.ask("量子纠缠的退相干时间是多少飞秒？")
    reader.page.locator("#sources h3", has_text="最接近的原文").wait_for()


def test_many_sources_can_all_be_reached_on_a_phone(browser, site: Site):
    reader = Reader(browser, site.url, "phone")
    reader.ask("区民政局2024年牵头哪些工作？")
    cards = reader.page.locator("#sources li")
    cards.first.wait_for()
    assert cards.count() >= 8
    cards.last.scroll_into_view_if_needed()
    box, asking = cards.last.bounding_box(), reader.page.locator("#ask").bounding_box()
    assert box is not None
    assert asking is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.context.close()


@pytest.mark.parametrize("reader", SIZES, indirect=True)
def test_a_question_is_bounded_to_what_is_chosen(reader: Reader):
    page = reader.page

    def choose(kind: str, label: str) -> None:
        page.locator(f'#bounds [data-kind="{kind}"] .option', has_text=label).click()

    page.get_by_role("button", name="限定范围").click()
    choose("years", "2024年")
    page.get_by_label("查找文件").fill("沿岸名区")
    found = page.locator('#bounds [data-kind="document_ids"] .option')
    playwright.expect(found).to_have_count(1)
    page.get_by_label("查找文件").fill("没有这样的标题")
    playwright.expect(page.locator("#bounds .more")).to_have_text("没有这样的文件。")
    box = page.locator("#bounds").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= page.viewport_size["width"]
    page.get_by_role("button", name="确定").click()
    assert "740亿元" in reader.ask(INVESTMENT)
    assert "限定：2024年" in page.locator(".asked").inner_text()
    page.get_by_role("button", name="限定范围").click()
    playwright.expect(page.locator("#bounds").get_by_label("2024年").first).to_be_checked()
    page.get_by_label("查找文件").fill("沿岸名区")
    playwright.expect(found).to_have_count(1)
    found.click()
    page.get_by_role("button", name="确定").click()
    # No document is both of that year and that one.
    assert "只查了限定的范围" in reader.ask(INVESTMENT)
    page.get_by_role("button", name="不再限定：2024年").click()
    reader.ask("固定资产投资")
    titles = page.locator("#sources .title")
    assert {"沿岸名区" in title for title in titles.all_inner_texts()} <= {True}
    assert reader.errors == []


def test_documents_brought_meanwhile_can_be_chosen(browser, desk: Site):
    reader = Reader(browser, desk.url)
    title = "<b>粗</b>关于2022年事项的报告"
    sent = desk.http.post("/api/v1/documents", files={"file": ("新.txt", f"{title}\n\n正文一句。".encode())})
    ended(desk, sent.json()["jobs"][0]["job_id"])
    reader.page.get_by_role("button", name="限定范围").click()
    reader.page.locator("#bounds .option", has_text=title).click()
    assert reader.page.locator("#within li .name").inner_text() == title
    assert reader.page.locator("#bounds b, #within b").count() == 0
    reader.context.close()


def ended(site: Site, job_id: str) -> dict:
    for _ in range(1000):
        job = site.http.get(f"/api/v1/jobs/{job_id}").json()
        if job["status"] in ("done", "failed"):
            return job
        sleep(0.02)
    raise AssertionError(f"job {job_id} does not end")


def test_files_are_taken_in_and_what_is_not_says_why(browser, desk: Site, tmp_path: Path):
    good, bad, large = (tmp_path / name for name in ("名单.csv", "坏的.pdf", "<b>大.txt"))
    good.write_text("姓名,单位\n王小明,区财政局\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4 broken")
    large.write_bytes(b"x" * 100_001)
    reader = Reader(browser, desk.url)
    page = reader.page
    page.get_by_role("button", name="上传文件").click()
    page.set_input_files("#intake input", [good, bad, large])
    page.locator("#intake li.done").wait_for()
    page.locator("#intake li.failed").nth(1).wait_for()
    said = {
        line.locator(".name").inner_text(): line.locator(".said").inner_text()
        for line in page.locator("#intake li").all()
    }
    assert said["名单.csv"] == "已收入"
    assert "不是完整的 PDF" in said["坏的.pdf"]
    assert "upload/" not in said["坏的.pdf"]
    assert "超过上限 100000 字节" in said["<b>大.txt"]
    with reader.context.expect_page() as opened:
        page.locator("#intake li.done a").click()
    assert opened.value.locator("td").first.inner_text() == "王小明"
    page.get_by_role("button", name="关闭").click()
    assert not page.locator("#intake").is_visible()
    assert reader.errors == []
    reader.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_printed_page_opens_with_its_box_in_view(browser, desk: Site, size: str):
    sent = desk.http.post("/api/v1/documents", files={"file": ("一法.pdf", LAW.read_bytes())}).json()
    job = ended(desk, sent["jobs"][0]["job_id"])
    paragraphs = desk.http.get(f"/api/v1/documents/{job['document_id']}/paragraphs").json()["paragraphs"]
    cited = paragraphs[-1]
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    place = f"?start={cited['start']}&end={cited['end']}#p{cited['number']}"
    page.goto(f"{desk.url}/documents/{job['document_id']}{place}")
    box = page.locator("rect").first
    page.wait_for_function("[...document.images].some((each) => each.complete && each.naturalWidth)")
    seen = box.bounding_box()
    assert seen is not None
    assert 0 <= seen["y"] < height
    assert 0 <= seen["x"] < width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert refused == []
    context.close()
