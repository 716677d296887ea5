"""What is used with `with` is closed when its block is left, in whichever way."""

from dataclasses import dataclass

import pytest

from rag.closable import Closable


@dataclass(frozen=True, slots=True)
class Tap(Closable):
    """Notes each time it is turned off; as most records are, frozen and slotted."""

    turned_off: list[str]

    def close(self) -> None:
        self.turned_off.append("off")


def test_closed_once_at_the_end_of_its_block() -> None:
    with Tap([]) as tap:
        assert tap.turned_off == []
    assert tap.turned_off == ["off"]


def test_closed_when_the_block_fails_and_the_error_goes_on() -> None:
    tap = Tap([])
    with pytest.raises(ZeroDivisionError), tap:
        1 / 0  # noqa: B018 - it is the failing that counts
    assert tap.turned_off == ["off"]


def test_takes_no_room_in_a_slotted_record() -> None:
    assert not hasattr(Tap([]), "__dict__")


def test_nothing_is_closable_without_saying_how() -> None:
    class Forgetful(Closable):
        pass

    with pytest.raises(TypeError, match="close"):
        Forgetful()  # type: ignore[abstract]
