"""Whether a named basis holds: it resolves in the catalogue and is in force on the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from ..citations import citations
from ..citations.resolve import ClauseStatus, Status
from ..corpora.statutes import Catalogue, catalogue

_MISSING = (ClauseStatus.NO_SUCH_ARTICLE, ClauseStatus.NO_SUCH_PARAGRAPH, ClauseStatus.NO_SUCH_ITEM)


def doubts(basis: str, on: date, overlays: Sequence[str] = ()) -> tuple[str, ...]:
    """What speaks against a basis (《城乡规划法》第四十条) on a day; () where nothing does."""
    return _doubts(basis, on, tuple(overlays))


@lru_cache(maxsize=4096)
def _doubts(basis: str, on: date, overlays: tuple[str, ...]) -> tuple[str, ...]:
    from pathlib import Path

    known = catalogue(*map(Path, overlays))
    found = list(_found(basis, on, known))
    return tuple(found)


def _found(basis: str, on: date, known: Catalogue) -> Iterator[str]:
    cited = citations(basis, as_of=on, known=known)
    if not cited:
        yield f"依据“{basis}”没有写明法律文件，应当写作《…法》第…条或者发文字号"
    for one in cited:
        resolution = one.resolution
        name = one.citation.text
        if resolution.status is Status.UNKNOWN:
            close = resolution.suggestion
            hint = f"，是否为《{close.title}》" if close else "，可以用 legalcheck corpus import 导入本单位的法规文本"
            yield f"依据“{name}”不在法规目录中{hint}"
        elif resolution.status is Status.REPEALED:
            when = f"已于 {resolution.repealed_on} 废止" if resolution.repealed_on else "已经废止"
            now = f"，现行的是《{resolution.successor}》" if resolution.successor else ""
            yield f"依据“{name}”{when}{now}"
        elif resolution.status is Status.NOT_YET_EFFECTIVE:
            yield f"依据“{name}”到 {resolution.effective} 才施行"
        elif resolution.statute is not None and resolution.statute.articles and not one.citation.clauses:
            yield f"依据“{name}”没有写明条款"
        elif any(clause.status in _MISSING for clause in resolution.clauses):
            yield f"依据“{name}”所引的条款不存在"
