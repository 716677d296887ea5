"""Rewording, the dictionary behind it, and a fit that must tell the right sentence from the wrong ones."""

import gzip
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.fitting import ALLOWED_ANSWERED, ALLOWED_REFUSED, CASES, Fitted, fit, load_synonyms, part, reword
from eval.squad import ReadingQuestion
from rag.datatypes import Hit, Paragraph, Question
from rag.errors import UnreadableFile
from rag.evidence import EvidenceReader
from rag.question import focus_words
from tests.rag.letters import Letters, matcher

SYNONYMS = {"电梯": ("升降机", "直梯"), "学校": ("校园",), "多少": ("几何",), "建设": ("兴建",)}
QUESTION = ReadingQuestion("2024年建设多少所学校和电梯？", ("4所",), "a.txt")
ENTRIES = """# CC-CEDICT
電梯 电梯 [dian4 ti1] /elevator/escalator/CL:臺|台[tai2]/
升降機 升降机 [sheng1 jiang4 ji1] /elevator/lift/
直梯 直梯 [zhi2 ti1] /elevator/
扶梯 扶梯 [fu2 ti1] /escalator/see 電梯[dian4 ti1]/
梯 梯 [ti1] /elevator/
手扶梯 手扶梯 [shou3 fu2 ti1] /escalator (moving)/
見 见 [jian4] /see 電梯[dian4 ti1]/
K歌 K歌 [K ge1] /elevator/
not an entry
"""
THINGS = "桥路树花灯塔河湖山亭门窗墙楼院井车船鸟鱼马牛羊鸡犬书笔纸墨琴"


def dictionary(folder: Path, text: str) -> Path:
    path = folder / "dictionary.txt.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def test_words_of_one_gloss_are_synonyms_both_ways(tmp_path: Path) -> None:
    assert load_synonyms(dictionary(tmp_path, ENTRIES)) == {
        "电梯": ("升降机", "直梯", "扶梯"),
        "升降机": ("电梯", "直梯"),
        "直梯": ("电梯", "升降机"),
        "扶梯": ("电梯",),
    }


def test_a_gloss_that_too_many_share_makes_no_synonyms(tmp_path: Path) -> None:
    many = "".join(f"甲{name} 甲{name} [x] /thing/\n" for name in THINGS[:7])
    assert load_synonyms(dictionary(tmp_path, many)) == {}
    assert len(load_synonyms(dictionary(tmp_path, "".join(many.splitlines(keepends=True)[:6])))) == 6


@pytest.mark.parametrize(
    "raw", [b"plain", gzip.compress(b"x" * 500, mtime=0)[:20], gzip.compress(b"\xff\xfe", mtime=0)]
)
def test_a_broken_dictionary_is_named_with_the_way_out(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "broken.gz"
    path.write_bytes(raw)
    for broken in (path, tmp_path / "none.gz"):
        with pytest.raises(UnreadableFile, match="--data") as caught:
            load_synonyms(broken)
        assert str(broken) in str(caught.value)


def test_a_question_is_reworded_but_asks_the_same() -> None:
    found = {reword(QUESTION, SYNONYMS, random.Random(seed)).text for seed in range(40)}
    assert len(found) > 2
    for text in found:
        assert text.startswith("2024年")
        assert "多少所" in text
        assert text.endswith("？")
    assert any("兴建" in text and "校园" in text for text in found)
    twin = reword(QUESTION, SYNONYMS, random.Random(1))
    assert (twin.answers, twin.source) == (QUESTION.answers, QUESTION.source)


def test_the_same_chance_gives_the_same_words() -> None:
    first, second = (reword(QUESTION, SYNONYMS, random.Random(3)) for _ in range(2))
    assert first == second


def test_without_synonyms_nothing_changes() -> None:
    assert reword(QUESTION, {}, random.Random(3)) == QUESTION


@given(st.text("2024年建设多少所学校和电梯？哪些怎样the ", max_size=30), st.integers())
def test_only_words_with_a_synonym_change(text: str, seed: int) -> None:
    twin = reword(ReadingQuestion(text, (), "a.txt"), SYNONYMS, random.Random(seed)).text
    before, after = focus_words(text), focus_words(twin)
    others = {other for words in SYNONYMS.values() for other in words}
    if not set(before) & set(SYNONYMS):
        assert twin == text
    assert not (set(before) & set(SYNONYMS)) or after
    assert all(word in text or any(word in other or other in twin for other in others) for word in after)


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "threshold"),
    [
        ((0.8, 0.9), (0.1, 0.2), 0.5),
        ((0.3, 0.9), (0.1, 0.5), 0.2),
        ((0.5,), (0.5,), 0.0),
        ((0.1,), (0.9,), 0.0),
    ],
)
def test_the_threshold_lies_where_it_parts_best(
    answerable: Sequence[float], unanswerable: Sequence[float], threshold: float
) -> None:
    assert part(answerable, unanswerable) == pytest.approx(threshold)


SHARES = st.lists(st.sampled_from([0.0, 0.1, 0.4, 0.4001, 0.7, 1.0]), min_size=1, max_size=8)


@given(SHARES, SHARES)
def test_no_other_threshold_parts_better(answerable: list[float], unanswerable: list[float]) -> None:
    def cost(cut: float) -> float:
        refused = sum(value < cut for value in answerable) / len(answerable)
        answered = sum(value >= cut for value in unanswerable) / len(unanswerable)
        return refused / ALLOWED_REFUSED + answered / ALLOWED_ANSWERED

    found = part(answerable, unanswerable)
    highest = max(*answerable, *unanswerable)
    # Above the highest confidence everything would be refused, which is never chosen.
    tried = [cut / 10_000 for cut in (0, 500, 2000, 4000, 4001, 6000, 9000) if cut / 10_000 <= highest]
    assert cost(found) <= min(cost(cut) for cut in tried) + 1e-9


def test_each_group_of_unanswerable_questions_weighs_the_same() -> None:
    assert part([0.6, 0.9], [0.1], [0.2, 0.3, 0.5, 0.5]) == pytest.approx(0.55)


@dataclass
class Telling:
    """A retriever whose score tells the right paragraph."""

    texts: dict[str, str]

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        hits = [
            Hit(Paragraph(name, 1, text, 0, len(text)), name, score=float(name in question.query))
            for name, text in self.texts.items()
        ]
        random.Random(question.query).shuffle(hits)
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


def fit_tiny() -> Fitted:
    """A fit on a few questions, each about a thing that one document counts."""
    texts = {name: f"{name}{name}共有{10 + number}个。另一句话说天气。" for number, name in enumerate(THINGS)}
    questions = [
        ReadingQuestion(f"{name}{name}有多少个？", (f"{10 + number}个",), f"{name}.txt")
        for number, name in enumerate(THINGS)
    ]
    ids = {f"{name}.txt": name for name in texts}
    reader = EvidenceReader(Letters(), matcher())
    return fit(questions, ids, Telling(texts), reader, {"天气": ("气候",)})


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return fit_tiny()


def test_a_sentence_near_the_question_and_of_the_kind_asked_for_is_preferred(fitted: Fitted) -> None:
    *_, similarity, fits, _paragraph = fitted.passage
    assert len(fitted.passage) == 6
    assert similarity > 0.0
    assert fits > 0.0


def test_the_calibrator_tells_answerable_from_near_miss(fitted: Fitted) -> None:
    refused = dict(fitted.refused)
    assert set(CASES) < set(refused)
    assert refused["answerable"] < 0.3
    assert refused["without document"] > 0.7
    assert fitted.calibrator.weights.likeness > 0.0
    assert fitted.calibrator.weights.missing < 0.0


def test_fitting_again_gives_the_same(fitted: Fitted) -> None:
    assert fit_tiny() == fitted
