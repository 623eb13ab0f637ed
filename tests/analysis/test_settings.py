"""Settings from a mapping: empty is unset, and an answer is yes or no."""

from __future__ import annotations

from datetime import date

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


def test_channels_are_settings_by_their_name_and_no_repr_shows_where_they_go():
    given = {"MARSAD_CHANNEL_NIGHT_EDITOR": "smtp://user:secret@mail.example", "MARSAD_CHANNEL_OFF": ""}
    read = read_settings(given)
    assert read == Settings(channels={"night_editor": "smtp://user:secret@mail.example"})
    assert "secret" not in repr(read)


@pytest.mark.parametrize("name", ["MARSAD_CHANNEL_", "MARSAD_CHANNELS", "MARSAD_COLOUR"])
def test_another_variable_is_an_error(name):
    with pytest.raises(SettingsError, match=f"^{name} is not a setting of marsad"):
        read_settings({name: "x"})


def test_the_day_of_a_press_of_the_past_is_a_day():
    assert read_settings({"MARSAD_TODAY": "2026-02-22"}) == Settings(today=date(2026, 2, 22))
    with pytest.raises(SettingsError, match=r"^MARSAD_TODAY is a day such as 2026-02-22, and not tomorrow$"):
        read_settings({"MARSAD_TODAY": "tomorrow"})
