"""What goes to a runner and comes back is whole."""

from hypothesis import given
from hypothesis import strategies as st

from ui.bench.peers.task import Outcome, Passage, Task, distinct

passages = st.builds(Passage, st.integers(0, 9), st.text())
seconds = st.floats(0, 1e6)


@given(st.builds(Task, passages=st.lists(passages).map(tuple), questions=st.lists(st.text()).map(tuple)))
def test_a_task_arrives_as_it_was_sent(task: Task) -> None:
    line = task.to_json()
    assert "\n" not in line
    assert Task.from_json(line) == task


@given(
    st.builds(
        Outcome,
        query_s=st.lists(seconds).map(tuple),
        found=st.lists(st.lists(st.integers(0, 99)).map(tuple)).map(tuple),
    )
)
def test_an_outcome_arrives_as_it_was_sent(outcome: Outcome) -> None:
    assert Outcome.from_json(outcome.to_json()) == outcome


def test_a_passage_counts_where_its_best_chunk_stands() -> None:
    assert list(distinct([7, 3, 7, 7, 1, 3])) == [7, 3, 1]
