"""Calls in processes of their own: results come back, and what goes wrong there costs one call.

May import `ingest` and `rag`.
"""

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from ingest import allowance
from ingest.isolation import Isolated
from rag.errors import ServiceError, UnreadableFile

MEMORY = 256 * 2**20


def double(number: int) -> int:
    return 2 * number


def own_id() -> int:
    return os.getpid()


def refuse(words: str) -> None:
    raise UnreadableFile(words)


def stumble() -> None:
    raise ZeroDivisionError


def hang() -> None:
    time.sleep(1000)


def hang_in_native_code() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    ctypes.PyDLL(None).sleep(1000)


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def swallow() -> int:
    return len([bytearray(2**20) for _ in range(2000)])


def swallow_in_native_code() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    if libc.malloc(ctypes.c_size_t(1000 * 2**20)) is None:
        libc.abort()


def give_much() -> bytes:
    return bytes(MEMORY * 3 // 4)


def work_on_and_on(pieces: int) -> int:
    for _ in range(pieces):
        allowance.more_time()
        time.sleep(0.4)
    return pieces


def use_more() -> int:
    allowance.more_memory(MEMORY)
    return len([bytearray(2**20) for _ in range(MEMORY // 2**20 + 50)])


def count_to(last: int) -> Iterator[int]:
    yield from range(last)


def count_and_crash() -> Iterator[int]:
    yield 1
    crash()


@pytest.fixture
def isolated() -> Iterator[Isolated]:
    with Isolated(seconds=60, memory=MEMORY) as one:
        yield one


def test_a_result_comes_back_from_a_process_that_is_kept(isolated: Isolated):
    assert isolated.run(double, 21, source="甲") == 42
    first, second = (isolated.run(own_id, source="甲") for _ in range(2))
    assert first == second != os.getpid()


def test_errors_of_ours_come_back_as_they_are_and_the_process_stays(isolated: Isolated):
    before = isolated.run(own_id, source="甲")
    with pytest.raises(UnreadableFile, match="^原话$"):
        isolated.run(refuse, "原话", source="甲")
    assert isolated.run(own_id, source="甲") == before


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (stumble, "解析器出错"),
        (crash, "崩溃（SIGSEGV）"),
        (leave, "崩溃（退出码 3）"),
        (swallow, "内存超限.*256 MB"),
        (swallow_in_native_code, "崩溃（SIGABRT）"),
        (give_much, "内存超限"),
    ],
)
def test_what_goes_wrong_costs_one_call(isolated: Isolated, function, reason):
    with pytest.raises(UnreadableFile, match=reason) as told:
        isolated.run(function, source="坏文件.pdf")
    assert "坏文件.pdf" in str(told.value)
    assert isolated.run(double, 1, source="好文件") == 2


def test_a_fault_of_a_parser_is_logged_with_its_traceback(
    isolated: Isolated, caplog: pytest.LogCaptureFixture
):
    with pytest.raises(UnreadableFile):
        isolated.run(stumble, source="甲")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("function", [hang, hang_in_native_code])
def test_a_call_that_hangs_is_ended(function):
    with Isolated(seconds=2, memory=MEMORY) as isolated:
        with pytest.raises(UnreadableFile, match="'慢.pdf' 超时：2 秒"):
            isolated.run(function, source="慢.pdf")
        assert isolated.run(double, 1, source="好文件") == 2


def test_long_work_in_pieces_may_ask_for_time_and_stuck_work_may_not():
    with Isolated(seconds=2, memory=MEMORY) as isolated:
        assert isolated.run(work_on_and_on, 8, source="扫描件.pdf") == 8
        with pytest.raises(UnreadableFile, match="超时"):
            isolated.run(hang, source="甲")


def test_work_may_ask_for_memory(isolated: Isolated):
    assert isolated.run(use_more, source="扫描件.pdf") == MEMORY // 2**20 + 50


def test_asking_outside_of_such_a_process_does_nothing():
    assert work_on_and_on(1) == 1


def test_as_many_run_at_once_as_there_are_workers():
    with Isolated(seconds=60, memory=MEMORY, workers=2) as isolated, ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda _: isolated.run(own_id, source="甲"), range(40)))
    assert 1 <= len(set(ids)) <= 2


def test_items_come_one_by_one_and_may_be_left(isolated: Isolated):
    assert list(isolated.stream(count_to, 5, source="甲")) == [0, 1, 2, 3, 4]
    numbers = isolated.stream(count_to, 10**9, source="甲")
    assert [next(numbers), next(numbers)] == [0, 1]
    # Another call need not wait for it, nor is it answered with its items.
    assert isolated.run(double, 4, source="乙") == 8
    numbers.close()
    assert isolated.run(double, 5, source="乙") == 10


def test_a_crash_in_the_middle_of_items_is_told(isolated: Isolated):
    items = isolated.stream(count_and_crash, source="坏.zip")
    assert next(items) == 1
    with pytest.raises(UnreadableFile, match="坏.zip.*崩溃"):
        next(items)


def test_closing_ends_calls_under_way_and_refuses_new_ones():
    isolated = Isolated(seconds=60, memory=MEMORY)
    told = []

    def ask() -> None:
        try:
            isolated.run(hang, source="甲")
        except UnreadableFile as error:
            told.append(str(error))

    asking = Thread(target=ask)
    asking.start()
    while not isolated._alive:
        time.sleep(0.01)
    isolated.close()
    isolated.close()
    asking.join(10)
    assert not asking.is_alive()
    assert len(told) == 1
    with pytest.raises(ServiceError):
        isolated.run(double, 1, source="甲")


def test_a_process_does_not_outlive_who_started_it():
    isolated = Isolated(seconds=60, memory=MEMORY)
    process = isolated.run(own_id, source="甲")
    # What remains when a process is killed: its end of the line closed.
    for worker in isolated._alive:
        worker.hang_up()
        worker._process.wait(10)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
