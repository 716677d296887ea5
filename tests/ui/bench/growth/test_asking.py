"""Many questions asked by one client and by several, of something that only takes note."""

from threading import Barrier

from ui.bench.growth.asking import Times, ask_all


def test_every_question_is_asked_once_whoever_asks() -> None:
    questions = [str(number) for number in range(50)]
    for clients in (1, 4):
        asked: list[str] = []
        times = ask_all(asked.append, questions, clients=clients)
        assert sorted(asked) == sorted(questions)
        assert len(times.each_ms) == 50
        assert min(times.each_ms) >= 0.0


def test_clients_ask_at_the_same_time() -> None:
    together = Barrier(4, timeout=20)
    times = ask_all(lambda _question: together.wait(), ["问"] * 8, clients=4)
    assert len(times.each_ms) == 8


def test_figures_are_those_of_the_times() -> None:
    times = Times(tuple(float(number) for number in range(1, 101)), whole_s=5.0, cpu_s=2.0)
    assert (times.quantile(0.5), times.quantile(0.95), times.quantile(1.0)) == (51.0, 96.0, 100.0)
    assert times.cpu_ms == 20.0
    assert times.per_second == 20.0
