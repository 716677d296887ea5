"""The measures against examples worked by hand."""

import numpy as np

from vectorstore.training import corpora
from vectorstore.training.measures import chunks, finding, first_right, recall


def test_first_right_counts_the_diagonal():
    assert first_right(np.array([[0.9, 0.1, 0], [0.8, 0.2, 0], [0, 0, 1]], dtype=np.float32)) == 2 / 3


def test_recall_takes_the_best_window_of_each_paragraph():
    likeness = np.array([[0.1, 0.9, 0.5, 0.2], [0.1, 0.2, 0.3, 0.9]], dtype=np.float32)
    owners = np.array([0, 0, 1, 2])
    truth = np.array([0, 1])
    assert recall(likeness, owners, truth, 1) == 0.5
    assert recall(likeness, owners, truth, 2) == 1.0


def test_chunks_have_one_length():
    assert list(chunks(["一二三四五", "六"], 2)) == ["一二", "三四"]


class Characters:
    """A real embedder for tests: counts of characters, normalised."""

    name = "characters"

    def embed_documents(self, texts):
        rows = np.zeros((len(texts), 97), dtype=np.float32)
        for row, text in enumerate(texts):
            for character in text:
                rows[row, ord(character) % 97] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def embed_query(self, text):
        return self.embed_documents([text])[0]


def test_finding_matches_questions_to_paragraphs_by_id():
    read = corpora.ReadingSet(
        ("水资源保护。", "铁路建设。"),
        (corpora.Question("a", "", 1, ()), corpora.Question("b", "", 0, ())),
    )
    asked = corpora.ReadingSet(
        ("elsewhere",), (corpora.Question("b", "保护水", 0, ()), corpora.Question("a", "建铁路", 0, ()))
    )
    figures = finding(Characters(), "toy", asked, read)
    assert [(figure.name, figure.value) for figure in figures] == [("toy R@1", "1.000"), ("toy R@5", "1.000")]
