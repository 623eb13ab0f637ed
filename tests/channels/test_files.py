"""The channels for trying: a file of letters, and standard output."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from written import LANGUAGES, written

from builders import message, recipient
from channels.channel import ChannelError
from channels.open import open_channel

LETTER = written(message(recipient=recipient(language=LANGUAGES[0])))


def test_a_file_keeps_each_letter_on_a_line_and_knows_it_again(tmp_path) -> None:
    channel = open_channel(f"file:{tmp_path}/letters.jsonl")
    assert channel.knows(LETTER) is False
    assert channel.send(LETTER) == "written"
    assert (channel.knows(LETTER), channel.knows(replace(LETTER, key="another"))) == (True, False)
    [line] = (tmp_path / "letters.jsonl").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["subject"], kept["short"], kept["body"]) == (LETTER.subject, LETTER.short, LETTER.body)


def test_a_line_somebody_died_over_is_no_letter_and_spoils_none(tmp_path) -> None:
    file, channel = tmp_path / "letters.jsonl", open_channel(f"file:{tmp_path}/letters.jsonl")
    channel.send(LETTER)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert channel.knows(LETTER) is False
    channel.send(LETTER)
    assert channel.knows(LETTER) is True
    assert len(file.read_bytes().splitlines()) == 2


def test_a_file_that_cannot_be_written_is_tried_again(tmp_path) -> None:
    with pytest.raises(ChannelError, match="cannot be written: No such file") as refused:
        open_channel(f"file:{tmp_path}/nowhere/letters.jsonl").send(LETTER)
    assert not refused.value.is_final


def test_a_file_is_named_by_its_whole_path() -> None:
    for address in ("file:letters.jsonl", "file://server/letters.jsonl"):
        with pytest.raises(ChannelError, match="the whole path"):
            open_channel(address)


def test_standard_output_gets_the_plain_text(capsys) -> None:
    channel = open_channel("stdout:")
    assert (channel.send(LETTER), channel.knows(LETTER)) == ("printed", None)
    assert capsys.readouterr().out == f"{LETTER.subject}\n\n{LETTER.text}\n\n"
