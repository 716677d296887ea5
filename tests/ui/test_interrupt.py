"""The first wish to end is noted, the second ends."""

import os
import signal

import pytest

from ui.interrupt import interruptible


def end_twice(wish: signal.Signals) -> None:
    with interruptible() as stopped:
        assert not stopped()
        os.kill(os.getpid(), wish)
        assert stopped()
        os.kill(os.getpid(), wish)


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_the_first_wish_is_noted_and_the_second_ends(wish: signal.Signals):
    before = signal.getsignal(wish)
    with pytest.raises(KeyboardInterrupt):
        end_twice(wish)
    assert signal.getsignal(wish) is before
