"""The page in Chromium, from a file and without a network: axe-core's judgement, no width lost, tables that sort by
mouse and keyboard, values of charts. Skips with the line to install it where there is none; fails under NO_SKIP."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from include.report.compose import compose
from include.report.report import Report
from tests.end_to_end.backfill_form import CHROMIUM, INSTALL, chromium
from tests.report import synthetic
from tests.report.test_html import EDITIONS, rendered
from tests.report.test_page_fonts import characters, faces

THEMES, WIDTHS = ("light", "dark"), (360, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("NO_SKIP"):
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def opened(browser: Browser, file: Path, width: int = 1280, theme: str = "light") -> Iterator[Page]:
    """The page from a file, offline; an error of its script or a fetch of anything fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, offline=True)  # type: ignore[arg-type]
    page, faults = context.new_page(), []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda asked: None if asked.url == file.as_uri() else faults.append(asked.url))
    page.goto(file.as_uri())
    try:
        yield page
    finally:
        context.close()
    assert faults == []


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert len(found["passes"]) > 30
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]


def written(report: Report, locale: str, folder: Path) -> Path:
    file = folder / f"{locale}.html"
    file.write_text(rendered(report, locale), encoding="utf-8")
    return file


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_is_open_to_everyone(edition: str, browser: Browser, axe: str, tmp_path: Path) -> None:
    """Light and dark, on a phone and on a wide screen; and nothing is wider than either."""
    region, locale = edition.split("-")
    file = written(compose(synthetic.material(EDITIONS[edition], region)), locale, tmp_path)
    for theme, width in product(THEMES, WIDTHS):
        with opened(browser, file, width, theme) as page:
            assert violations(page, axe) == [], (theme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


DRAWN = """async () => {
  document.querySelectorAll("th button").forEach(button => button.click());
  await document.fonts.ready;
  const found = {400: new Set(), 700: new Set()};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const style = getComputedStyle(texts.currentNode.parentElement);
    if (style.display !== "none") for (const char of texts.currentNode.data)
      if (char >= "\u2e80") found[style.fontWeight >= 600 ? 700 : 400].add(char);
  }
  return [[...found[400]].join(""), [...found[700]].join("")];
}"""
"""Foreign characters by weight, as the browser styles them, each table's sorted column included."""
BOXES = """async text => {
  const canvas = new OffscreenCanvas(40, 40), pen = canvas.getContext("2d", {willReadFrequently: true});
  const look = (char, weight) => {
    pen.clearRect(0, 0, 40, 40);
    pen.font = weight + ' 32px "Noto Sans SC"';
    pen.fillText(char, 0, 32);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  const box = weight => look("\ue5e5", weight);
  return [400, 700].flatMap((weight, at) => [...text[at]].filter(char => look(char, weight) === box(weight)));
}"""
"""Which of these characters look like one that no font has."""


@pytest.mark.parametrize("region", ["china", "spain"])
def test_every_han_character_is_drawn_by_the_page_itself(region: str, browser: Browser, tmp_path: Path) -> None:
    """By weight, whatever fonts the machine has; and the browser takes these fonts and shows no box."""
    locale = "zh_Hans_CN" if region == "china" else "es_ES"
    report = compose(synthetic.material(EDITIONS[f"{region}-{locale}"], region))
    file = written(replace(report, company="北京新能源有限公司"), locale, tmp_path)
    found = faces(file.read_text(encoding="utf-8"))
    with opened(browser, file) as page:
        shown = page.evaluate(DRAWN)
        assert "北京新能源有限公司" in shown[1]
        assert [set(text) - characters(found[weight]) for text, weight in zip(shown, (400, 700), strict=True)] == [
            set()
        ] * 2
        assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"] * 2
        assert page.evaluate(BOXES, shown) == []


def test_axe_does_find_what_is_wrong(browser: Browser, axe: str, report: Report, tmp_path: Path) -> None:
    file = written(report, "en_MY", tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("--mut:#565d67", "--mut:#b9bdc3"), encoding="utf-8")
    with opened(browser, file) as page:
        assert any(each.startswith("color-contrast") for each in violations(page, axe))


@pytest.fixture
def page(browser: Browser, report: Report, tmp_path: Path) -> Iterator[Page]:
    with opened(browser, written(report, "en_MY", tmp_path)) as page:
        yield page


def column(page: Page, at: int) -> list[str]:
    rows = page.locator("#channels tbody tr")
    return [rows.nth(row).locator("th,td").nth(at).inner_text().split()[0] for row in range(rows.count())]


def test_a_table_sorts_by_keyboard_and_comes_back(page: Page) -> None:
    """Largest first, smallest first, as written; the total stays at the foot."""
    button = page.locator("#channels thead").get_by_role("button", name="Leads")
    head = button.locator("..")
    before = column(page, 1)
    numbers = [float(text.replace(",", "")) for text in before]
    button.focus()
    expect(button).to_be_focused()
    for sort, order in (("descending", True), ("ascending", False)):
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", sort)
        now = [float(text.replace(",", "")) for text in column(page, 1)]
        kept = [
            n
            for n, row in zip(now, page.locator("#channels tbody tr").all(), strict=True)
            if row.get_attribute("class")
        ]
        moved = now[: len(now) - len(kept)]
        assert moved == sorted(moved, reverse=order)
        assert now[-1] == max(numbers)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert column(page, 1) == before


def test_what_has_no_number_comes_last_in_both_orders(page: Page) -> None:
    button = page.locator("#channels thead").get_by_role("button", name="Cost per lead")
    heads = page.locator("#channels thead th").all_inner_texts()
    at = heads.index("Cost per lead")
    for _ in range(2):
        button.click()
        rows = page.locator("#channels tbody tr:not([class])")
        known = [
            rows.nth(row).locator("th,td").nth(at).get_attribute("data-n") is not None for row in range(rows.count())
        ]
        assert known == sorted(known, reverse=True)


def test_words_sort_as_the_language_does(page: Page) -> None:
    page.locator("#channels thead").get_by_role("button", name="Channel").click()
    names = [row.inner_text() for row in page.locator("#channels tbody tr:not([class]) th").all()]
    assert names == sorted(names, key=str.lower)


def test_a_charts_values_are_read_by_pointer_and_by_keys(page: Page) -> None:
    said, chart = page.get_by_role("status"), page.locator("#key svg[data-at]").first
    chart.hover()
    expect(said).to_have_css("opacity", "1")
    last = chart.get_attribute("data-at").split("|")[-1].split(" ", 2)[2]  # type: ignore[union-attr]
    chart.focus()
    expect(said).to_have_text(last)
    page.keyboard.press("ArrowLeft")
    expect(said).not_to_have_text(last)
    page.keyboard.press("End")
    expect(said).to_have_text(last)
    page.keyboard.press("Escape")
    expect(said).to_have_css("opacity", "0")


def test_the_first_tab_skips_to_the_key_figures(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the key figures")
    expect(skip).to_be_focused()
    assert skip.evaluate("it => it.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#key")).to_be_focused()


def test_what_has_the_focus_is_seen(page: Page) -> None:
    for what in (page.locator("th button").first, page.locator("nav a").first, page.locator("svg[data-at]").first):
        page.keyboard.press("Tab")  # from here on by keyboard, as :focus-visible asks
        what.focus()
        assert what.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"


def test_landmarks_and_one_title(page: Page) -> None:
    assert [page.get_by_role(role).count() for role in ("banner", "main", "navigation")] == [1, 1, 1]  # type: ignore[arg-type]
    assert page.locator("h1").count() == 1


def test_printed_by_a_browser_it_is_light_whole_and_without_what_only_a_screen_does(
    browser: Browser, report: Report, tmp_path: Path
) -> None:
    with opened(browser, written(report, "en_MY", tmp_path), theme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert page.locator("nav").is_hidden()
        assert page.locator(".hover").is_hidden()
        assert page.locator("th button").first.evaluate("it => getComputedStyle(it).borderStyle") == "none"
