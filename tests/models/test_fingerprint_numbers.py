"""Unsigned numbers of 64 bits go into signed columns, those of 16 bits into bytes, and come back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.packed import Size, from_bytes, to_bytes, to_signed, to_unsigned


@given(st.lists(st.integers(min_value=0, max_value=2**64 - 1)))
def test_hashes_come_back_as_they_were_and_fit_a_bigint(hashes: list[int]):
    signed = to_signed(hashes)
    assert to_unsigned(signed) == tuple(hashes)
    assert all(-(2**63) <= number < 2**63 for number in signed)


@given(st.lists(st.integers(min_value=0, max_value=2**16 - 1)))
def test_words_come_back_as_they_were(hashes: list[int]):
    assert from_bytes(to_bytes(hashes, Size.SHORT), Size.SHORT) == tuple(hashes)


@given(st.lists(st.integers(min_value=0, max_value=2**64 - 1)))
def test_hashes_come_back_from_bytes_which_sort_as_they_do(hashes: list[int]):
    assert from_bytes(to_bytes(hashes, Size.LONG), Size.LONG) == tuple(hashes)
    assert sorted(hashes) == [
        from_bytes(each, Size.LONG)[0] for each in sorted(to_bytes([n], Size.LONG) for n in hashes)
    ]
