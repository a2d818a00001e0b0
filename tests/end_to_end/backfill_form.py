"""Airflow's backfill form as an engineer uses it, in Debian's Chromium: sign in, choose the time zone, fill in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Response, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
INSTALL = "no Chromium here: apt-get install -y --no-install-recommends chromium"
PATIENCE_MS = 60_000
MISSING = "Missing Runs"
OFFSET = re.compile(r"^(UTC|Z|[+-]\d\d:\d\d)$")
"""The button that opens the time zone is named for what it is set to."""


@contextmanager
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])  # CI may run as root
        try:
            yield browser
        finally:
            browser.close()


def sign_in(browser: Browser, address: str, user: str, password: str) -> Page:
    """A page of somebody in Madrid who has signed in."""
    context = browser.new_context(
        viewport={"width": 1200, "height": 1300}, locale="en-US", timezone_id="Europe/Madrid", base_url=address
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/auth/login")
    page.locator("input[name=username]").fill(user)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name=OFFSET)).to_be_visible()
    return page


def choose_zone(page: Page, zone: str) -> Locator:
    """Set the zone in which the pages take and show times; returns the open dialog."""
    page.goto("/")
    page.get_by_role("button", name=OFFSET).click()
    dialog = page.get_by_role("dialog").filter(has_text="Select Timezone")
    dialog.get_by_role("combobox").fill(zone)
    page.get_by_role("option", name=zone).click()  # UTC (Coordinated Universal Time)
    expect(dialog).to_contain_text(f"Current time in {zone}")
    return dialog


@dataclass(frozen=True)
class Form:
    """The open form of a Dag, filled in for some days. `would_run` is what the server says that it would run."""

    page: Page
    dialog: Locator
    would_run: list[str]

    def submit(self) -> None:
        """Run it; the form then closes. A busy SQLite refuses: the page tries again, and so would a person."""
        for _ in range(4):
            self.dialog.get_by_role("button", name="Run Backfill").click()
            with suppress(AssertionError):
                expect(self.dialog).to_be_hidden()
                self.page.goto("about:blank")  # its pages ask for news all the time
                return
        raise AssertionError(self.dialog.inner_text())


def report_by_hand(page: Page, dag_id: str, day: str) -> None:
    """A single run of `day`, mailed."""
    page.goto(f"/dags/{dag_id}")
    page.get_by_test_id("trigger-dag-button").click()
    page.locator("#element_day").fill(day)
    page.locator("label").filter(has=page.locator("input[name=element_deliver]")).click()
    trigger = page.get_by_role("dialog").get_by_role("button", name="Trigger", exact=True)
    trigger.click()
    expect(trigger).to_be_hidden()


def fill_in(page: Page, dag_id: str, first: str, last: str, reprocess: str = MISSING, *ticked: str) -> Form:
    """The form for the days `first` to `last`, picked as days, without a time; `ticked` are boxes to tick."""
    page.goto(f"/dags/{dag_id}")
    page.get_by_test_id("trigger-dag-button").click()
    page.get_by_text("Run this Dag for a range of dates").click()
    dialog = page.get_by_role("dialog").filter(has_text="Reprocess Behavior")
    dialog.get_by_text(reprocess, exact=True).click()
    for box in ticked:
        dialog.get_by_text(box, exact=True).click()
    _pick(page, dialog, "From", first)
    with page.expect_response(_tells) as answer:
        _pick(page, dialog, "To", last)
    return Form(page, dialog, [each["logical_date"] for each in answer.value.json()["backfills"]])


def _pick(page: Page, dialog: Locator, label: str, day: str) -> None:
    """Into the field named `label`; of the two, the first one that is empty."""
    dialog.get_by_text("Select date and time").first.click()
    typed = page.get_by_placeholder("YYYY/MM/DD").and_(page.get_by_role("textbox", name=label))
    typed.fill(day.replace("-", "/"))
    page.keyboard.press("Tab")
    dialog.get_by_text("Date Range", exact=True).click()
    expect(typed).to_be_hidden()


def _tells(answer: Response) -> bool:
    return answer.url.endswith("/backfills/dry_run")
