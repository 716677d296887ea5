"""Work in a fork: what it said before it ended or was killed."""

from time import sleep

from ui.bench.fork import Say, watch


def test_what_was_said_is_heard_line_by_line() -> None:
    def work(say: Say) -> None:
        for number in range(3):
            say(f"第 {number} 行")

    assert watch(work) == (["第 0 行", "第 1 行", "第 2 行"], True)


def test_a_killed_process_has_said_what_it_said() -> None:
    def work(say: Say) -> None:
        say("开始")
        sleep(60)
        say("结束")

    assert watch(work, kill_after=0.5) == (["开始"], False)


def test_work_that_fails_has_not_ended_by_itself() -> None:
    def work(say: Say) -> None:
        say("开始")
        raise ValueError("坏了")

    assert watch(work) == (["开始"], False)


def test_more_than_a_pipe_holds_comes_through() -> None:
    said, ended = watch(lambda say: [say("字" * 1000) for _ in range(100)] and None)
    assert ended
    assert said == ["字" * 1000] * 100
