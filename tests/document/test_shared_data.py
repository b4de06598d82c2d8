"""The reader against the project's shared files, where they lie beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx_build import docx, p

from legalcheck.document import from_text, read, text
from legalcheck.document.model import ScopeVerdict
from legalcheck.document.runs import RunMap
from legalcheck.errors import LegalcheckError

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
DRAFTS = sorted((DATA / "drafts").glob("*.docx"))
HOSTILE = DATA / "hostile" / "expectations.jsonl"
# the description of 14_soft_breaks_specials allows the symbol to be shown as a plain character
PLAIN_SYMBOLS = str.maketrans({"\uf0fe": "☑"})

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not there")


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_draft_reads_line_by_line_as_word_shows_it(path: Path) -> None:
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text(encoding="utf-8"))
    draft = read(path)
    assert [(x.origin.part.value, x.label, x.text) for x in draft.paragraphs] == [
        (line["part"], line["label"], line["text"].translate(PLAIN_SYMBOLS)) for line in expected["lines"]
    ]
    places = [(x.origin.row, x.origin.column) for x in draft.paragraphs if x.origin.part.value == "table"]
    wanted = [
        tuple(line["inner"][1:]) if "inner" in line else (line["row"], line["col"])
        for line in expected["lines"]
        if line["part"] == "table"
    ]
    assert places == wanted
    assert text(path) == draft.text


def _hostile() -> list[dict[str, Any]]:
    return [json.loads(line) for line in HOSTILE.read_text(encoding="utf-8").splitlines()] if HOSTILE.is_file() else []


@pytest.mark.parametrize("case", _hostile(), ids=lambda case: case["file"])
def test_a_hostile_file_does_as_expected(case: dict[str, Any]) -> None:
    try:
        said = read(HOSTILE.parent / case["file"]).text
    except LegalcheckError as error:
        outcome, said = "error", str(error)
    else:
        outcome = "ok"
        assert all(words in said for words in case.get("text_contains", []))
    assert case["expected"] in (outcome, "either")
    assert not any(words in said for words in case.get("must_not_contain", []))


def test_the_yearly_report_is_out_of_scope() -> None:
    lines = (DATA / "cases" / "seed_report.txt").read_text(encoding="utf-8").splitlines()
    draft = read(docx("".join(p(line) for line in lines if line)))
    assert draft.metadata.kind == "报告"
    assert draft.scope.verdict is ScopeVerdict.OUT_OF_SCOPE


def test_titles_of_real_documents_are_found() -> None:
    index = DATA / "realdocs" / "index.jsonl"
    facts = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    found = 0
    for fact in facts:
        draft = from_text((index.parent / fact["file"]).read_text(encoding="utf-8"))
        found += bool(draft.metadata.title) and "".join(draft.metadata.title.split()) in "".join(fact["title"].split())
    assert found >= 0.95 * len(facts)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_origins_and_runs_lead_back_to_the_xml(path: Path) -> None:
    draft, runs = read(path), RunMap(path)
    elements = {
        story: [
            element for element in root.iter() if str(element.tag).endswith("}p") and "wordproc" in str(element.tag)
        ]
        for story, root in runs.roots.items()
    }
    assert runs.paragraphs == draft.paragraphs
    for paragraph in draft.paragraphs:
        pieces = runs.pieces(paragraph.index)
        assert sum(piece.end - piece.start for piece in pieces) == len(paragraph.text)
        if pieces:
            element = elements[paragraph.origin.story][paragraph.origin.element]
            assert element in list(pieces[0].node.iterancestors())
