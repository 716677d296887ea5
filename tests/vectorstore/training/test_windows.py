"""Windows hold whole sentences and lose nothing but outer spaces."""

from vectorstore.training.windows import sentences, windows


def test_sentences_keep_their_marks():
    assert sentences("一。二！\n三？四；五") == ["一。", "二！", "三？", "四；", "五"]


def test_windows_join_sentences_up_to_the_limit():
    assert windows("甲甲甲。乙乙乙。丙丙丙。", limit=8) == ["甲甲甲。乙乙乙。", "丙丙丙。"]


def test_a_long_sentence_stands_alone_and_nothing_is_lost():
    text = "短。" + "长" * 200 + "。短。"
    cuts = windows(text)
    assert cuts == ["短。", "长" * 200 + "。", "短。"]
    assert "".join(cuts) == text


def test_blank_text_has_no_windows():
    assert windows(" \n ") == []
