"""Damaged WARC files: what is broken is told once, and every other record is read, from files and from pipes."""

from __future__ import annotations

import io
import os
import random
import threading

import pytest
from warc_writing import Answer, by_fastwarc

from pipeline.warc_files import WINDOW, Damage, Tape, begins_record, read_records

CHANCE = random.Random(1)  # noqa: S311 bytes, not secrets


def answers(count: int) -> list[Answer]:
    bodies = [b"<p>" + CHANCE.randbytes(3000).hex().encode() for _ in range(count)]
    return [Answer(url=f"https://atlas.example/{number}", body=body) for number, body in enumerate(bodies)]


def parts(*, packed: bool) -> list[bytes]:
    """Write six records, each as bytes of its own."""
    return [by_fastwarc([each], packed=packed) for each in answers(6)]


def read(file: bytes) -> tuple[list[int], list[Damage]]:
    """Read a file, and return the numbers of its records and what was damaged."""
    return read_tape(Tape(io.BytesIO(file)))


def read_tape(tape: Tape) -> tuple[list[int], list[Damage]]:
    found = list(read_records(tape, lambda record: int(record.headers["WARC-Target-URI"].rpartition("/")[2])))
    damages = [each for each in found if isinstance(each, Damage)]
    return [each.taken for each in found if not isinstance(each, Damage)], damages


both = pytest.mark.parametrize("packed", [True, False])


@both
def test_a_whole_file_has_no_damage(packed):
    assert read(b"".join(parts(packed=packed))) == ([0, 1, 2, 3, 4, 5], [])
    assert read(b"") == ([], [])


@both
def test_a_truncated_file_gives_what_comes_before(packed):
    whole = parts(packed=packed)
    assert read(b"".join(whole)[: -len(whole[5]) // 2]) == (
        [0, 1, 2, 3, 4],
        [Damage(position=sum(map(len, whole[:5])), reason="the file ends in the middle of a record")],
    )


@both
def test_damaged_beginnings_cost_their_own_records(packed):
    whole = parts(packed=packed)
    for number in (1, 2, 4):
        whole[number] = b"\x00\x00" + whole[number][2:]
    numbers, damages = read(b"".join(whole))
    assert (numbers, len(damages)) == ([0, 3, 5], 2)


def test_a_damaged_member_costs_its_own_record():
    whole = parts(packed=True)
    middle = len(whole[2]) // 2
    whole[2] = whole[2][:middle] + bytes(50) + whole[2][middle + 50 :]
    numbers, damages = read(b"".join(whole))
    assert (numbers, len(damages)) == ([0, 1, 3, 4, 5], 1)


@both
@pytest.mark.parametrize("size", [1, 1000, 3 * WINDOW])
def test_rubbish_between_records_costs_none(packed, size):
    whole = parts(packed=packed)
    numbers, damages = read(b"".join([*whole[:3], CHANCE.randbytes(size), *whole[3:]]))
    assert (numbers, len(damages)) == ([0, 1, 2, 3, 4, 5], 1)


def test_a_file_that_is_no_warc_is_one_damage():
    assert read(b"<html>no archive at all</html>" * 100_000) == ([], [Damage(position=0, reason="Invalid WARC header")])


@both
def test_a_pipe_is_read_as_a_file_is(packed):
    whole = parts(packed=packed)
    file = b"".join([*whole[:3], CHANCE.randbytes(2 * WINDOW), *whole[3:]])
    ends = os.pipe()

    def fill() -> None:
        with open(ends[1], "wb") as into:  # noqa: PTH123 a descriptor has no path
            into.write(file)

    filling = threading.Thread(target=fill)
    filling.start()
    with open(ends[0], "rb") as pipe:  # noqa: PTH123 a descriptor has no path
        numbers, damages = read_tape(Tape(pipe))
    filling.join()
    assert (numbers, len(damages)) == ([0, 1, 2, 3, 4, 5], 1)


@both
def test_reading_may_begin_at_any_record(packed):
    whole = parts(packed=packed)
    file, third = io.BytesIO(b"".join(whole)), sum(map(len, whole[:3]))
    file.seek(third)
    assert begins_record(whole[3][:100])
    [first, *_] = found = list(read_records(Tape(file, third), lambda _: None))
    assert (first.position, len(found)) == (third, 3)


def test_bytes_that_only_look_like_a_member_begin_no_record():
    assert not begins_record(b"\x1f\x8b\x08 and something else")
    assert not begins_record(b"<html>")
