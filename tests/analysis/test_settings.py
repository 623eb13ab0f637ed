"""Settings from a mapping: empty is unset, and an answer is yes or no."""

from __future__ import annotations

import pytest

from analysis.errors import SettingsError
from analysis.settings import Settings, read_settings


def test_settings_are_those_with_the_prefix_and_an_empty_one_is_unset():
    given = {"MARSAD_CONTACT": " press@atlas.example ", "MARSAD_DATABASE_URL": "", "HOME": "/root"}
    assert read_settings(given) == Settings(contact="press@atlas.example")


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("Yes", True), ("no", False), ("", False)])
def test_whether_private_addresses_are_asked_is_yes_or_no(said, meant):
    read = read_settings({"MARSAD_ALLOW_PRIVATE_ADDRESSES": said})
    assert read == Settings(allow_private_addresses=meant)


@pytest.mark.parametrize("said", ["1", "true", "public"])
def test_another_answer_is_an_error_and_no_yes(said):
    with pytest.raises(SettingsError, match=f"^MARSAD_ALLOW_PRIVATE_ADDRESSES is yes or no, and not {said}$"):
        read_settings({"MARSAD_ALLOW_PRIVATE_ADDRESSES": said})
