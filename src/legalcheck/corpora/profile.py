"""What differs from place to place: ``corpora/profiles/*.toml``. The national profile is the default."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from ..cache import cached
from ..errors import CorpusError
from .location import data_root


class Profile(Struct, frozen=True):
    """The figures of one place: validity in years, delays and consultation in days, review time in working days;
    `review_valid_days` and `corpora_max_age_days` are how old a review and the statute catalogue may be at the gate."""

    name: str
    title: str
    validity_max_years: int
    trial_validity_max_years: int
    validity_required: bool
    effective_delay_days: int
    consult_days: int
    review_min_days: int
    review_max_days: int
    forbidden_names: tuple[str, ...]
    counsel_required: bool
    review_valid_days: int
    corpora_max_age_days: int


@cache
def national() -> Profile:
    """The profile that holds where no other is named."""
    path = data_root() / "corpora" / "profiles" / "national.toml"
    found: Profile = cached("profile", [path], lambda: load_profile(path), Profile)
    return found


def find_profile(name: str, folder: Path = Path()) -> Path:
    """The file of a profile: a built-in one by its name, any other by its path, relative to `folder`.

    Raises `CorpusError` where there is neither.
    """
    builtin = {path.stem: path for path in sorted((data_root() / "corpora" / "profiles").glob("*.toml"))}
    path = builtin.get(name, folder / name)
    if not path.is_file():
        raise CorpusError(f"没有地方档案“{name}”：它既不是自带的（{'、'.join(builtin)}），也不是已有的文件。")
    return path


def load_profile(path: Path) -> Profile:
    """A profile from its file; what it leaves out is as in the national one. Raises `CorpusError` for a bad file."""
    import tomllib  # most reviews find the national profile in the cache

    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorpusError(f"无法读取地方档案 {path}（{error}），请改正后重试。") from error
    known: dict[str, str] = Profile.__annotations__  # as written here: "int"
    base = {} if path.stem == "national" else {name: getattr(national(), name) for name in known}
    for name, value in values.items():
        if name not in known:
            raise CorpusError(f"{path}：没有“{name}”这一项，可用的有：{'、'.join(known)}。")
        if known[name].startswith("tuple"):
            fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
            base[name] = tuple(value) if fits else value
        else:
            fits = type(value).__name__ == known[name]
            base[name] = value
        if not fits:
            raise CorpusError(f"{path}：“{name}”的值“{value}”类型不符，请对照 national.toml 修改。")
    if missing := [name for name in known if name not in base]:
        raise CorpusError(f"{path}：缺少“{missing[0]}”，请补充。")
    return Profile(**base)
