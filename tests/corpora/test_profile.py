"""Profiles: what differs from place to place."""

from pathlib import Path

import pytest

from legalcheck.corpora.profile import find_profile, load_profile, national
from legalcheck.errors import CorpusError


def test_the_national_profile() -> None:
    profile = national()
    assert (profile.validity_max_years, profile.trial_validity_max_years) == (5, 2)
    assert not profile.validity_required
    assert profile.forbidden_names == ("法", "条例")


def test_a_local_profile_states_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "somewhere.toml"
    path.write_text('name = "somewhere"\ntitle = "某省"\nvalidity_max_years = 3\nvalidity_required = true\n', "utf-8")
    profile = load_profile(path)
    assert (profile.title, profile.validity_max_years, profile.validity_required) == ("某省", 3, True)
    assert profile.consult_days == national().consult_days


BAD = ["validity_max_years = '3'", "unknown = 1", "validity_max_years = ", "forbidden_names = 1"]


@pytest.mark.parametrize("text", BAD)
def test_a_bad_profile_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=r"bad\.toml"):
        load_profile(path)


def test_a_built_in_profile_is_found_by_its_name_and_any_other_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "somewhere.toml").touch()
    assert load_profile(find_profile("national", tmp_path)) == national()
    assert find_profile("somewhere.toml", tmp_path) == tmp_path / "somewhere.toml"
    with pytest.raises(CorpusError, match=r"nowhere.*national"):
        find_profile("nowhere", tmp_path)
