import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vectorstore.codes import encode, nearest

vectors = st.integers(1, 130).flatmap(
    lambda dimension: arrays(
        np.float32, st.tuples(st.integers(1, 30), st.just(dimension)), elements=st.floats(-1, 1, width=32)
    )
)


@given(vectors)
@settings(deadline=None)
def test_a_word_holds_the_signs_of_64_dimensions(rows):
    codes = encode(rows)
    assert codes.shape == (len(rows), -(-rows.shape[1] // 64))
    assert codes.dtype == np.dtype("<u8")


def test_an_opposite_vector_has_every_bit_otherwise():
    row = np.random.default_rng(1).normal(size=(1, 256)).astype(np.float32)
    code, opposite = encode(row), encode(-row)
    assert (np.bitwise_count(code ^ opposite) == 64).all()


def test_vectors_that_differ_in_few_dimensions_alone_have_different_codes():
    """Without turning, all of these would have the same signs."""
    rows = np.full((8, 256), 0.01, dtype=np.float32)
    rows[np.arange(8), np.arange(8)] = 1.0
    assert len(np.unique(encode(rows), axis=0)) == 8


def test_bits_differ_in_the_share_of_the_angle():
    """The sign of a turned vector's dimension differs as often as the angle is a part of 180 degrees."""
    chance = np.random.default_rng(1)
    first = chance.normal(size=(500, 256)) * np.geomspace(1, 0.05, 256)
    second = first + chance.normal(size=first.shape) * np.linalg.norm(first, axis=1, keepdims=True) / 20
    cosines = (first * second).sum(1) / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1)
    codes, others = encode(first.astype(np.float32)), encode(second.astype(np.float32))
    differing = np.bitwise_count(codes ^ others).sum(axis=1) / 256
    assert np.abs(differing - np.arccos(cosines) / np.pi).mean() < 0.03


@given(st.integers(1, 4), st.integers(1, 150))
@settings(deadline=None, max_examples=20)
def test_of_many_equal_codes_as_many_as_asked_for_are_taken(kinds, limit):
    rows = np.eye(128, dtype=np.float32)[np.arange(40_000) % kinds]
    places = nearest(encode(rows), rows[0], limit)
    assert len(places) == limit
    assert (places % kinds == 0).all()


def test_the_turn_is_the_same_on_every_machine():
    rows = np.eye(3, 128, dtype=np.float32)
    assert encode(rows).tolist() == [
        [0xE673F0DC57DCB826, 0x702769C9D2879E5],
        [0x613FC52621C8802F, 0x88DC40DA56724CB0],
        [0x896C81ADA3BF6EBF, 0x6FDA075705036CA7],
    ]


@given(vectors, st.integers(1, 40))
@settings(deadline=None)
def test_places_rise_and_are_as_many_as_asked_for(rows, limit):
    places = nearest(encode(rows), rows[0], limit)
    assert len(places) == min(limit, len(rows))
    assert (np.diff(places) > 0).all()


def test_the_same_code_comes_before_all_others():
    rows = np.random.default_rng(1).normal(size=(5000, 256)).astype(np.float32)
    for number in (0, 77, 4999):
        assert number in nearest(encode(rows), rows[number], 1)


def test_no_rows_have_no_codes():
    assert encode(np.zeros((0, 0), np.float32)).shape == (0, 0)
