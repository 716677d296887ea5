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
def test_a_bit_says_whether_a_value_is_above_nought(rows):
    codes = encode(rows)
    assert codes.shape == (len(rows), -(-rows.shape[1] // 64))
    bits = np.unpackbits(codes.view(np.uint8), axis=1, count=rows.shape[1])
    assert (bits == (rows > 0)).all()


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
