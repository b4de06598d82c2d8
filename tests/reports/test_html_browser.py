"""The HTML page in a real Chromium: what a reader does with mouse, keyboard, phone and printer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import legalcheck
from legalcheck import Finding, Location, Report
from legalcheck.document.model import Metadata, Origin, Paragraph, Part
from legalcheck.reports.html import render
from legalcheck.reports.outcome import Outcome

EXAMPLE = Path(__file__).parents[2] / "examples" / "draft.docx"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DARK = {**DESKTOP, "color_scheme": "dark"}

Open = Callable[..., Any]

if CHROMIUM is None:
    pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install '.[dev]')")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def example() -> Report:
    return legalcheck.review(EXAMPLE, as_of=date(2026, 11, 23))


@pytest.fixture
def view(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens outcomes in the browser; at the end nothing must have been asked for, said in a dialog or gone wrong."""
    contexts, trouble = [], []

    def show(*outcomes: Outcome, states: dict[str, str] | None = None, anchor: str = "", **options: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(render([replace(outcome, states=states or {}) for outcome in outcomes]), "utf-8")
        context = browser.new_context(**(options or DESKTOP))
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: request.url.startswith(file.as_uri()) or trouble.append(request.url))
        page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(file.as_uri() + anchor)
        return page

    yield show
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def page(view: Open, example: Report) -> Any:
    return view(Outcome("draft.docx", example))


def settle(page: Any) -> None:
    """Wait until the page has done what the last events asked of it."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )


def selected(page: Any) -> list[str]:
    settle(page)
    return page.evaluate("[...document.querySelectorAll('.card[aria-current]')].map((card) => card.id)")


def numbered(report: Report, words: str) -> int:
    """The number that the page gives the first finding with these words in its quote."""
    return next(number for number, finding in enumerate(report.findings, 1) if words in finding.quote)


def in_sight(page: Any, selector: str) -> bool:
    """Whether the middle of the element can be seen within its pane."""
    settle(page)
    return page.evaluate(
        """(selector) => {
            const element = document.querySelector(selector), box = element.getBoundingClientRect();
            const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 40));
            return at !== null && element.contains(at);
        }""",
        selector,
    )


def shown(page: Any) -> int:
    settle(page)
    return page.locator(".card:visible").count()


def test_a_click_on_a_finding_leads_to_its_words(page: Any, example: Report) -> None:
    number = numbered(example, "收入证明")
    card = page.locator(f"#f1-{number}")
    card.scroll_into_view_if_needed()
    card.locator("dd").first.click()
    assert selected(page) == [f"f1-{number}"]
    assert in_sight(page, f"#r1-{number}")
    assert "".join(page.locator(".sheet mark.on").all_inner_texts()) == example.findings[number - 1].quote
    assert page.locator(".sheet mark.said").count() > 0
    assert page.evaluate("document.activeElement.id") == f"r1-{number}"


def test_the_place_of_a_finding_is_a_link_to_it(page: Any) -> None:
    page.locator("#f1-3 a").click()
    assert selected(page) == ["f1-3"]
    assert in_sight(page, "#r1-3")


def test_a_click_on_a_number_leads_to_its_finding(page: Any, example: Report) -> None:
    number = numbered(example, "登报")
    page.locator(f"#r1-{number}").click()
    assert selected(page) == [f"f1-{number}"]
    assert in_sight(page, f"#f1-{number}")
    assert page.evaluate("document.activeElement.id") == f"f1-{number}"


def test_clicks_on_the_same_words_go_through_all_findings_there(page: Any, example: Report) -> None:
    mark = page.locator("mark[data-w*=' ']").first
    numbers = mark.get_attribute("data-w").split()
    assert len(numbers) > 1
    visited = []
    for _ in range(len(numbers) + 1):
        mark.click()
        visited += selected(page)
    assert visited == [f"f1-{number}" for number in [*numbers, numbers[0]]]


def test_an_address_with_a_finding_opens_at_it(view: Open, example: Report) -> None:
    number = len(example.findings) - 1
    page = view(Outcome("draft.docx", example), anchor=f"#f1-{number}")
    assert selected(page) == [f"f1-{number}"]
    assert in_sight(page, f"#f1-{number}")
    assert in_sight(page, f"#r1-{number}")


def test_the_contents_lead_to_the_provision(page: Any) -> None:
    page.locator(".toc a", has_text="第十三条").click()
    target = page.locator(".toc a", has_text="第十三条").get_attribute("href")
    assert in_sight(page, target)
    assert "第十三条" in page.locator(target).inner_text()


def test_the_counts_filter_by_severity(page: Any, example: Report) -> None:
    page.locator(".counts .blocking").click()
    assert shown(page) == example.count(legalcheck.Severity.MAJOR)
    assert page.locator(".status").inner_text() == f"显示 {shown(page)} / {len(example.findings)} 处问题"
    assert page.locator(".sheet mark.blocking:visible, .ref.blocking:visible").count() == 0
    assert page.locator(".sheet mark.major").count() > 0
    page.locator(".counts .blocking").click()
    assert shown(page) == len(example.findings)
    assert page.locator(".ref.blocking:visible").count() == example.count(legalcheck.Severity.BLOCKING)


def test_words_filter_the_findings(page: Any, example: Report) -> None:
    page.keyboard.press("/")
    page.keyboard.type("行政许可法 培训")
    expected = [finding for finding in example.findings if "行政许可法" in str(finding) and "培训" in str(finding)]
    assert 0 < shown(page) == len(expected) < len(example.findings)
    page.keyboard.type("没有这样的话")
    assert shown(page) == 0
    assert page.locator(".empty", has_text="没有符合条件的问题").is_visible()
    page.keyboard.press("Escape")
    assert shown(page) == len(example.findings)


def test_findings_are_filtered_by_pack(page: Any, example: Report) -> None:
    page.select_option("select[name=pack]", "FAIR")
    assert shown(page) == sum(finding.rule.startswith("FAIR-") for finding in example.findings) > 0


def test_findings_are_filtered_by_state(view: Open, example: Report) -> None:
    states = {finding.fingerprint: "已排除" for finding in example.findings[:4]}
    page = view(Outcome("draft.docx", example), states=states)
    page.select_option("select[name=state]", "已排除")
    assert shown(page) == sum(finding.fingerprint in states for finding in example.findings)
    page.locator("button[type=reset]").click()
    assert shown(page) == len(example.findings)


def test_keys_go_from_finding_to_finding(page: Any) -> None:
    for key, number in (("j", 1), ("j", 2), ("ArrowDown", 3), ("k", 2), ("ArrowUp", 1), ("k", 1)):
        page.keyboard.press(key)
        assert selected(page) == [f"f1-{number}"], key
        assert in_sight(page, f"#f1-{number}")
        assert in_sight(page, f"#r1-{number}")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "r1-1"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "f1-1"
    page.keyboard.press("Escape")
    assert selected(page) == []


def test_keys_pass_over_what_is_filtered_out(page: Any, example: Report) -> None:
    page.keyboard.press("1")  # no blocking ones
    major = [number for number, finding in enumerate(example.findings, 1) if finding.severity == "major"]
    for number in major[:3]:
        page.keyboard.press("j")
        assert selected(page) == [f"f1-{number}"]


def test_the_keys_are_explained_and_can_be_turned_off(page: Any) -> None:
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.locator("dialog input").uncheck()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    page.keyboard.press("j")
    assert selected(page) == []


def test_typing_in_a_field_is_no_command(page: Any) -> None:
    page.locator("input[type=search]").fill("")
    page.keyboard.type("jk1?")
    assert page.locator("input[type=search]").input_value() == "jk1?"
    assert selected(page) == []


EVIL = (
    "</style></p></script><script>alert(1)</script><img src=x onerror=\"alert('2')\">"
    "\u202e\u2066'\"`{{7*7}}${alert(3)}<a href='javascript:alert(4)'>击</a><svg onload=alert(5)>\udc80&lt;"
)


def test_a_hostile_draft_stays_text(view: Open, make_finding: Any, make_report: Any) -> None:
    finding: Finding = make_finding(
        EVIL, "alert", **dict.fromkeys(("title", "message", "advice"), EVIL), location=Location(EVIL, 1, 0, len(EVIL))
    )
    cell = Paragraph(2, EVIL, origin=Origin(Part.TABLE, table=1, row=1, column=1))
    report = make_report(
        finding, paragraphs=(Paragraph(0, EVIL), Paragraph(1, EVIL), cell), metadata=Metadata(title=EVIL), name=EVIL
    )
    page = view(Outcome(EVIL, report), Outcome(EVIL, error=EVIL), anchor="#d1")
    for text in page.locator(".sheet p, blockquote, .card h3, h1:visible").all_inner_texts():
        assert "<script>alert(1)</script>" in text
        assert "javascript:alert(4)" in text
    page.locator("#f1-1 dd").first.click()
    assert selected(page) == ["f1-1"]
    assert page.evaluate("document.scripts.length") == 1


def test_the_policy_stops_what_would_slip_through(browser: Any, tmp_path: Path, example: Report) -> None:
    smuggled = "<script>document.title = 'owned'</script><img src='https://example.invalid/x.png'>"
    file = tmp_path / "report.html"
    file.write_text(render([Outcome("draft.docx", example)]).replace("<main>", "<main>" + smuggled, 1), "utf-8")
    page, refused = browser.new_page(), []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(file.as_uri())
    assert page.title() != "owned"
    assert sum("Content Security Policy" in text for text in refused) == 2
    page.close()


@pytest.mark.parametrize("look", [DESKTOP, DARK, PHONE], ids=["desktop", "dark", "phone"])
def test_no_rule_of_accessibility_is_broken(view: Open, example: Report, look: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    outcomes = [Outcome("draft.docx", example), Outcome("x.doc", error="不是 .docx 文件。")]
    for anchor in ("#d0", "#d1", "#f1-3", "#d2"):
        page = view(
            *outcomes, states={example.findings[0].fingerprint: "已排除"}, anchor=anchor, **look, bypass_csp=True
        )
        for tab in ("draft", "findings", "toc") if look is PHONE and anchor == "#d1" else ("",):
            if tab:
                page.locator(f"#d1 .tabs [data-view={tab}]").click()
            found = axe.Axe().run(page).response["violations"]
            assert [(one["impact"], one["id"], one["nodes"][0]["html"]) for one in found] == [], (anchor, tab)


def test_a_phone_shows_one_thing_at_a_time(view: Open, example: Report) -> None:
    page = view(Outcome("draft.docx", example), **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("#r1-2").click()
    assert selected(page) == ["f1-2"]
    assert in_sight(page, "#f1-2")
    assert not page.locator(".sheet").is_visible()
    page.locator("#f1-2 a").click()
    assert in_sight(page, "#r1-2")
    page.locator(".tabs [data-view=toc]").click()
    page.locator(".toc a", has_text="第十六条").click()
    assert page.locator(".sheet").is_visible()
    for tab in ("draft", "findings", "toc"):
        page.locator(f".tabs [data-view={tab}]").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_several_drafts_are_switched(view: Open, example: Report) -> None:
    page = view(Outcome("甲.docx", example), Outcome("乙.docx", example), Outcome("丙.doc", error="不是 .docx 文件。"))
    assert page.locator("h1:visible").all_inner_texts() == ["合法性审核结果"]
    page.locator("td a").nth(1).click()
    page.locator("#d2").wait_for()
    page.keyboard.press("j")
    assert selected(page) == ["f2-1"]
    page.select_option(".switch select", "d3")
    page.locator("#d3").wait_for()
    assert "不是 .docx 文件" in page.locator("#d3").inner_text()
    page.go_back()
    page.locator("#d3").wait_for(state="hidden")
    assert page.locator("#d2").is_visible()


def test_without_script_the_links_still_lead_both_ways(view: Open, example: Report) -> None:
    page = view(Outcome("draft.docx", example), java_script_enabled=False, **DESKTOP)
    last = len(example.findings)
    for link, target in ((f"#r1-{last}", f"#f1-{last}"), (f"#f1-{last} a", f"#r1-{last}")):
        page.locator(link).click()
        box = page.locator(target).bounding_box()
        assert 0 <= box["y"] < 900


def test_print_has_the_draft_and_every_finding_as_a_note(view: Open, example: Report, tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("no pdftotext on this machine (Debian: apt-get install poppler-utils)")
    import subprocess

    page = view(Outcome("draft.docx", example))
    page.keyboard.press("j")
    file = tmp_path / "report.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    command = [pdftotext, "-layout", str(file), "-"]
    text = "".join(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.split())
    for paragraph in example.draft.paragraphs:
        assert "".join(paragraph.text.split())[:12] in text
    for finding in example.findings:
        assert "".join(finding.message.split())[:20] in text
        assert "".join(finding.advice.split())[:16] in text
    assert "筛选文字" not in text
    info = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    assert "(A4)" in info


def test_a_filtered_print_says_so(view: Open, example: Report) -> None:
    page = view(Outcome("draft.docx", example))
    page.locator(".counts .blocking").click()
    page.emulate_media(media="print")
    assert page.locator(".status").is_visible()
    assert shown(page) == example.count(legalcheck.Severity.MAJOR)


def test_a_thousand_findings_are_all_reached(view: Open, make_finding: Any, make_report: Any) -> None:
    text = "未经镇人民政府批准，不得在主要街道两侧从事早点、夜宵经营。"
    paragraphs = tuple(Paragraph(index, text) for index in range(4000))
    found = (make_finding(text, "批准", location=Location(f"第{at}段", at * 4, 0, len(text))) for at in range(1000))
    page = view(Outcome("long.docx", make_report(*found, paragraphs=paragraphs)))
    for number in (1000, 500, 1):
        page.locator(f"#f1-{number} a").click()
        assert in_sight(page, f"#r1-{number}")
        page.keyboard.press("k" if number > 1 else "j")
        (current,) = selected(page)
        assert in_sight(page, "#" + current)
        assert in_sight(page, "#" + current.replace("f", "r"))
