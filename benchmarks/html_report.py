"""How large the HTML report is, how long it takes to make, and how a browser copes with a long one.

Run ``python benchmarks/html_report.py [CHROMIUM]``. The goals: at most 300 KiB and 30 ms (warm) for a 30-page draft
with 50 findings; with 1,000 findings on 300 pages nothing that a reader does takes a noticeable time. With the path of
a Chromium, the long page is opened in it and used; that needs Playwright.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from cold_start import make_draft

import legalcheck
from legalcheck import Draft, Finding, Report
from legalcheck.document import from_text
from legalcheck.reports.html import render
from legalcheck.reports.outcome import Outcome

RUNS = 15
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
SCROLL = """
async () => {
  const pane = document.querySelector('.draft'), gaps = [];
  let last = performance.now();
  for (let at = 0; at < 180; at++) {
    pane.scrollTop += 900;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  return gaps.sort((a, b) => a - b);
}
"""
TIMED = """
async (work) => {
  const start = performance.now();
  await eval(work)();
  document.body.getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}
"""


def planted(draft: Draft, models: list[Finding], count: int) -> Report:
    """The draft with `count` findings, modelled on real ones, at random clauses."""
    chance = random.Random(20261123)
    places = sorted(chance.choices([p.index for p in draft.paragraphs if len(p.text) > 12], k=count))
    findings = []
    for number, index in enumerate(places):
        model = models[number % len(models)]
        text = draft.paragraphs[index].text
        start = chance.randrange(len(text) // 2)
        quote = text[start:]
        words = max(2, len(quote) // 3)
        place = legalcheck.Location(f"第{index + 1}段", index, start, len(text))
        values = {name: getattr(model, name) for name in Finding.__slots__}
        values |= {"quote": quote, "marks": ((1, 1 + words),), "location": place, "fingerprint": f"{number:016x}"}
        findings.append(Finding(**values))
    return Report(draft, date(2026, 11, 23), "0", {"certificates": "1"}, "0" * 64, "0" * 64, tuple(findings))


def milliseconds(report: Report) -> tuple[float, str]:
    """The least of some runs, and the page."""
    best, page = float("inf"), ""
    for _ in range(RUNS):
        start = time.perf_counter()
        page = render([Outcome("draft.docx", report)])
        best = min(best, time.perf_counter() - start)
    return best * 1e3, page


def browse(chromium: str, page: str) -> None:
    """What a reader of the page waits for."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(page, "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        view = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
        start = time.perf_counter()
        view.goto(file.as_uri())
        print(f"  opened in {(time.perf_counter() - start) * 1e3:.0f} ms", end="")
        timing = view.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        print(f" (page ready after {timing:.0f} ms)")
        key = "() => document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}))"
        works = {
            "next finding": "() => document.querySelector('.card').click()",
            "a finding far below": "() => document.querySelector('.card:nth-of-type(900)').click()",
            "filter by severity": "() => document.querySelector('.counts [data-s=blocking]').click()",
            "filter by text": "() => { const text = document.querySelector('input[type=search]'); text.value = '证明';"
            " text.dispatchEvent(new Event('input', {bubbles: true})); }",
            "clear the filter": key % "Escape",
        }
        for name, work in works.items():
            print(f"  {name}: {view.evaluate(TIMED, work):.0f} ms")
        gaps = view.evaluate(SCROLL)
        print(f"  scrolling: median frame {gaps[len(gaps) // 2]:.0f} ms, slowest {gaps[-1]:.0f} ms")
        start = time.perf_counter()
        size = len(view.pdf())
        print(f"  printed to PDF in {time.perf_counter() - start:.1f} s, {size / 1024:.0f} KiB")
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "draft.docx"
        make_draft(made)
        draft = legalcheck.read(made)
    models = list(legalcheck.review(Path(__file__).parents[1] / "examples" / "draft.docx").findings)
    for name, pages, count in (("30 pages, 50 findings", 1, 50), ("300 pages, 1,000 findings", 10, 1000)):
        text = draft if pages == 1 else from_text("\n".join([draft.text] * pages), name="long")
        taken, page = milliseconds(planted(text, models, count))
        print(f"{name}: {len(page.encode()) / 1024:.0f} KiB, {taken:.1f} ms")
    if len(sys.argv) > 1:
        browse(sys.argv[1], page)


if __name__ == "__main__":
    main()
