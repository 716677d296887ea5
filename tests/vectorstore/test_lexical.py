import math

import pytest

from rag.datatypes import Attributes, FieldScores, Task
from rag.errors import LibraryDamaged
from tests.vectorstore.contract import SearcherContract, keys
from tests.vectorstore.keeping import lexical
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.lexical import FieldWeights, LexicalIndex
from vectorstore.wording import wording


class TestLexicalIndex(SearcherContract):
    @pytest.fixture
    def held(self, tmp_path):
        with lexical(tmp_path) as kept:
            yield kept


@pytest.fixture
def index(tmp_path):
    opened = LexicalIndex.create(tmp_path / "lexical", "token")
    yield opened
    opened.close()


def test_the_token_tells_whose_index_it_is(tmp_path, index):
    LexicalIndex.open(tmp_path / "lexical", "token", writable=False)
    with pytest.raises(LibraryDamaged, match="另一个文件库"):
        LexicalIndex.open(tmp_path / "lexical", "other", writable=False)


def test_every_commit_has_a_greater_stamp_also_after_opening_again(tmp_path, index):
    stamps = [index.stamp()]
    index.add([wording(1, parsed(WATER))])
    stamps.append(index.stamp())
    index.remove([1])
    stamps.append(index.stamp())
    index.close()
    again = LexicalIndex.open(tmp_path / "lexical", "token", writable=True)
    assert again.stamp() == stamps[-1]
    again.add([wording(2, parsed(WATER))])
    stamps.append(again.stamp())
    again.close()
    assert stamps == sorted(set(stamps))


def test_an_edition_on_its_way_in_is_hidden_beside_the_one_it_will_replace(index):
    index.add([wording(1, parsed(WATER, document_id="d"))])
    index.add([wording(2, parsed(SCHOOL, document_id="d"))])
    assert keys(index.search("绿地和学位", limit=5, hidden=frozenset({2}))) == [("d", 2)]
    assert keys(index.search("绿地和学位", limit=5, hidden=frozenset({1}))) == [("d", 1)]
    index.remove([1])
    assert index.search("绿地", limit=5) == []
    assert index.count() == len(SCHOOL)


def test_a_question_asked_again_knows_of_what_came_and_went_meanwhile(index):
    for edition, kept in ((1, ["a"]), (2, ["a", "b"])):
        index.add([wording(edition, parsed(SCHOOL, document_id=kept[-1]))])
        found = index.search("新增学位", limit=9)
        assert sorted({document_id for document_id, _ in keys(found)}) == kept
        assert all(score.body > 0 for score in index.fields("新增学位", keys(found)).values())
    index.remove([1])
    assert {document_id for document_id, _ in keys(index.search("新增学位", limit=9))} == {"b"}
    assert index.fields("新增学位", [("a", 1)])["a", 1].body == 0.0


def test_any_word_suffices(index):
    index.add([wording(1, parsed(SCHOOL, document_id="school"))])
    assert keys(index.search("不存在的词语和学位", limit=5))[0] == ("school", 1)


def test_traditional_and_full_width_spellings_find_the_same(index):
    index.add([wording(1, parsed(["2024年新建小學六所。"], document_id="d"))])
    assert keys(index.search("２０２４新建小学", limit=1)) == [("d", 1)]


def test_heading_department_person_and_leader_find_a_paragraph_that_does_not_name_them(index):
    lines = ["推进养老服务设施建设。", "推进养老服务设施改造。", "推进养老服务设施检查。"]
    known = [
        Attributes(),
        Attributes(department="区民政局", person="黄仁", post="局长"),
        Attributes(kind="task", task=Task(3, lines[2], ("区卫健委",), leader="赵敏")),
    ]
    index.add([wording(1, parsed(lines, document_id="d", section=("社会保障",), attributes=known))])
    assert keys(index.search("区民政局 养老", limit=3))[0] == ("d", 2)
    assert keys(index.search("黄仁 养老", limit=3))[0] == ("d", 2)
    assert keys(index.search("赵敏 养老", limit=3))[0] == ("d", 3)
    assert len(index.search("社会保障", limit=5)) == 3


def test_a_paragraphs_own_words_weigh_more_than_its_heading(index):
    index.add([wording(1, parsed(["本章另有规定的除外。"], document_id="a", section=("防洪",)))])
    index.add([wording(2, parsed(["防洪工程另有规定的除外。"], document_id="b", section=("总则",)))])
    assert keys(index.search("防洪", limit=2)) == [("b", 1), ("a", 1)]


def test_hidden_documents_are_left_out(index):
    index.add([wording(1, parsed(WATER, document_id="water"))])
    index.add([wording(2, parsed(SCHOOL, document_id="school"))])
    found = index.search("新建小学和城市绿地", limit=5, hidden=frozenset({2}))
    assert {match.document_id for match in found} == {"water"}


def test_idf_is_bm25s(index):
    index.add([wording(1, parsed(["绿地公园", "绿地广场", "公园草坪", "学校操场"], document_id="d"))])
    assert index.idf(["绿地", "学校", "没有的词"]) == pytest.approx(
        [math.log(1 + (4 - n + 0.5) / (n + 0.5)) for n in (2, 1, 0)]
    )
    assert index.idf([]) == []


def test_idf_of_an_empty_index_is_finite_and_stays_positive_after_removal(index):
    assert index.idf(["绿地"]) == [pytest.approx(math.log(2))]
    index.add([wording(1, parsed(["绿地"] * 5, document_id="d"))])
    index.add([wording(2, parsed(["草坪"], document_id="e"))])
    index.remove([1])
    assert all(value > 0 for value in index.idf(["绿地", "草坪"]))


def test_kept_over_closing_and_read_while_another_writes(tmp_path, index):
    index.add([wording(1, parsed(WATER, document_id="water"))])
    reader = LexicalIndex.open(tmp_path / "lexical", "token", writable=False)
    assert keys(reader.search("城市绿地", limit=1)) == [("water", 2)]
    index.close()
    again = LexicalIndex.open(tmp_path / "lexical", "token", writable=True)
    assert again.count() == len(WATER)
    again.close()


def test_read_only_refuses_to_write(tmp_path, index):
    reader = LexicalIndex.open(tmp_path / "lexical", "token", writable=False)
    with pytest.raises(LibraryDamaged, match="只读"):
        reader.add([wording(1, parsed(WATER))])


def test_a_missing_folder_is_damage(tmp_path):
    with pytest.raises(LibraryDamaged, match="rag doctor --rebuild"):
        LexicalIndex.open(tmp_path / "nowhere", "token", writable=False)


def test_a_truncated_file_is_damage(tmp_path, index):
    index.add([wording(1, parsed(WATER))])
    index.close()
    largest = max((tmp_path / "lexical").glob("*.term"), key=lambda path: path.stat().st_size)
    with largest.open("r+b") as stream:
        stream.truncate(largest.stat().st_size // 2)
    with pytest.raises(LibraryDamaged, match="lexical"):
        LexicalIndex.open(tmp_path / "lexical", "token", writable=False).search("绿地", limit=1)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("全市固定资产投资平稳增长。", "固定姿产"),
        ("全市固定资产投资平稳增长。", "固定資產"),
        ("全市固定資產投資平穩增長。", "固定资产"),
        ("２０２４年完成改造。", "2024年"),
        ("2024年完成改造。", "二〇二四年"),
        ("二〇二四年完成改造。", "2024年"),
        ("新增学位十五个。", "15个"),
        ("投资3.2亿元。", "三亿二千万元"),
        ("增长百分之十五。", "15%"),
        ("加强与银行合作。", "银航"),
    ],
)
def test_a_paragraph_is_found_however_the_question_is_typed(index, text, query):
    lines = ["城市绿地建设。", text, "中小学课后服务。"]
    index.add([wording(1, parsed(lines, document_id="d"))])
    assert keys(index.search(query, limit=1)) == [("d", 2)]


def test_a_numeral_in_a_word_is_no_figure(index):
    index.add([wording(1, parsed(["党的三中全会精神。", "共3中心。"], document_id="d"))])
    assert keys(index.search("三中全会", limit=5)) == [("d", 1)]


def test_words_that_the_library_holds_are_not_looked_for_by_sound(index):
    index.add([wording(1, parsed(["政府工作报告。", "正负两极。"], document_id="d"))])
    assert keys(index.search("政府", limit=5)) == [("d", 1)]
    assert keys(index.search("正副", limit=5)) == [("d", 2), ("d", 1)]


def test_the_title_finds_a_paragraph_that_does_not_name_it(index):
    index.add([wording(1, parsed(["为了规范服务，制定本条例。"], document_id="a", title="上海口岸服务条例"))])
    index.add([wording(2, parsed(["为了规范服务，制定本条例。"], document_id="b", title="深圳绿化条例"))])
    assert keys(index.search("口岸服务怎样规范", limit=2)) == [("a", 1), ("b", 1)]


def test_fields_tell_what_each_adds(index):
    lines = ["推进养老服务设施建设。", "固定资产投资增长。"]
    index.add([wording(1, parsed(lines, document_id="d", title="民生报告", section=("社会保障",)))])
    wanted = [("d", 1), ("d", 2), ("e", 1)]
    found = index.fields("民生报告社会保障养老", wanted)
    assert list(found) == wanted
    assert found["d", 1].body > found["d", 2].body == 0
    assert found["d", 1].context == found["d", 2].context > 0
    assert found["d", 1].title > 0
    assert found["e", 1] == FieldScores()
    assert index.fields("固定姿产", wanted)["d", 2].sound > 0
    assert index.fields("", wanted) == dict.fromkeys(wanted, FieldScores())
    assert index.fields("养老", []) == {}


def test_fields_are_told_alike_of_few_paragraphs_and_of_many(index):
    lines = [f"第{number}所学校新增学位{number}个。" for number in range(1, 301)]
    index.add([wording(1, parsed(lines, document_id="d"))])
    wanted = [("d", number) for number in range(1, 301)]
    many = index.fields("新增学位300个", wanted)
    few = {key: index.fields("新增学位300个", [key])[key] for key in wanted[::60]}
    assert {key: many[key] for key in few} == few
    assert min(score.body for score in many.values()) > 0


def test_a_search_adds_up_what_the_fields_tell(index):
    index.add([wording(1, parsed(SCHOOL, document_id="d")), wording(2, parsed(WATER, document_id="w"))])
    worth = FieldWeights()
    found = index.search("民生报告社会保障养老", limit=5)
    told = index.fields("民生报告社会保障养老", keys(found))
    assert found
    for match in found:
        score = told[match.document_id, match.paragraph]
        parts = ((score.body, worth.body), (score.context, worth.context), (score.title, worth.title))
        assert match.score == pytest.approx(sum(value * weight for value, weight in parts), abs=1e-3)


def test_fields_of_a_hidden_edition_are_not_told(index):
    index.add(
        [wording(1, parsed(["城市绿地"], document_id="d")), wording(2, parsed(["学位"], document_id="d"))]
    )
    assert index.fields("学位", [("d", 1)], hidden=frozenset({2}))["d", 1].body == 0
    assert index.fields("学位", [("d", 1)], hidden=frozenset({1}))["d", 1].body > 0


def test_an_index_of_another_layout_is_not_opened(tmp_path, index):
    meta = tmp_path / "lexical" / "meta.json"
    meta.write_text(meta.read_text(encoding="utf-8").replace("layout_", "layout_1"), encoding="utf-8")
    with pytest.raises(LibraryDamaged, match="另一版本"):
        LexicalIndex.open(tmp_path / "lexical", "token", writable=True)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("由区发展改革和经济信息化局牵头。", "发改局牵头"),
        ("由区发展改革和经济信息化局牵头。", "区发改经信局牵头"),
        ("由区发改局牵头。", "发展和改革局牵头"),
        ("由省人民政府牵头。", "省政府牵头"),
        ("由区卫生健康委员会牵头。", "卫健委牵头"),
    ],
)
def test_an_office_is_found_by_its_other_names(index, text, query):
    lines = ["由区教育局牵头。", text, "由区民政局牵头。", "由局牵头改造。"]
    index.add([wording(1, parsed(lines, document_id="d"))])
    assert keys(index.search(query, limit=1)) == [("d", 2)]


def test_other_names_follow_the_library(index):
    said = parsed(["马铃薯（又称土豆）。"], document_id="said")
    index.add([wording(1, said), wording(2, parsed(["马铃薯增产。"], document_id="crop"))])
    assert ("crop", 1) in keys(index.search("土豆", limit=5))
    index.remove([1])
    index.add([wording(3, parsed(["土豆丝。"], document_id="dish"))])
    assert keys(index.search("土豆", limit=1)) == [("dish", 1)]
