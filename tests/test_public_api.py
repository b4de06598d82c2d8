from __future__ import annotations

import subprocess
import sys

import legalcheck

EXPORTED = [
    "ConfigError",
    "CorpusError",
    "DocumentError",
    "Draft",
    "Finding",
    "GateDecision",
    "Ground",
    "LedgerError",
    "LegalcheckError",
    "Location",
    "Rank",
    "Report",
    "RuleError",
    "Scope",
    "ScopeVerdict",
    "Severity",
    "UnsafeDocumentError",
    "UnsupportedFormatError",
    "UsageError",
    "Verdict",
    "__version__",
    "check_passage",
    "citations",
    "gate",
    "read",
    "review",
]


def in_fresh_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def test_the_public_api_is_this_list() -> None:
    assert legalcheck.__all__ == EXPORTED
    assert all(getattr(legalcheck, name) is not None for name in EXPORTED)
    assert set(EXPORTED) <= set(dir(legalcheck))


def test_nothing_else_can_be_reached() -> None:
    assert not hasattr(legalcheck, "no_such_name")


def test_every_error_has_one_root_and_exit_code_2() -> None:
    errors = [getattr(legalcheck, name) for name in EXPORTED if name.endswith("Error")]
    assert all(issubclass(error, legalcheck.LegalcheckError) and error.exit_code == 2 for error in errors)


def test_importing_the_package_loads_no_other_part_and_no_dependency() -> None:
    code = "import sys; before = set(sys.modules); import legalcheck; print(*set(sys.modules) - before)"
    loaded = set(in_fresh_python(code).split())
    assert {name for name in loaded if name.split(".")[0] not in sys.stdlib_module_names} == {"legalcheck"}


def test_review_stays_a_function_once_its_package_is_loaded() -> None:
    code = (
        "import legalcheck.review.report, legalcheck.rules, legalcheck\n"
        "from legalcheck import review\n"
        "from legalcheck.review import Report\n"
        "print(callable(legalcheck.review), review is legalcheck.review, Report.__name__)"
    )
    assert in_fresh_python(code) == "True True Report"


def test_the_first_lines_of_the_readme_work() -> None:
    findings = legalcheck.check_passage("申请人应当提交村委会出具的亲属关系证明。")
    assert findings[0].rule == "CERT-001"
    assert findings[0].severity is legalcheck.Severity.BLOCKING
    assert legalcheck.check_passage("不得要求申请人提交村委会出具的亲属关系证明。") == []
