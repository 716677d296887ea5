import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.datatypes import Attributes, Chunk, Document, Metadata, Paragraph, ParsedDocument, Task
from rag.errors import DocumentNotFound, LibraryDamaged, LibraryMismatch, ServiceError
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.keeping import read
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.catalogue import Catalogue, Generation
from vectorstore.codes import encode

PLAN = [
    Attributes(kind="task", task=Task(1, "修建堤坝", ("市水务局", "市财政局"), leader="黄仁")),
    Attributes(kind="task", task=Task(2, "新增绿地", ("市园林局",), leader="赵敏")),
    Attributes(kind="task", task=Task(3, "城乡供水", ("市水务局",), leader=None)),
]


class Counting(BigramEmbedder):
    def __init__(self):
        super().__init__()
        self.texts = []

    def embed_documents(self, texts):
        self.texts += texts
        return super().embed_documents(texts)


def keep(catalogue, document):
    readings = []
    if not catalogue.holds(document.document.id, parser=document.parser):
        readings = [read(catalogue, document)]
    return catalogue.put_all([document], {each.parsed.document.id: each for each in readings}, stamp=0)[0]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "catalogue.db"


@pytest.fixture
def catalogue(path):
    opened = Catalogue.open(path, writable=True)
    yield opened
    opened.close()


def test_what_is_put_is_read_back_whole(catalogue):
    document = parsed(WATER, section=("一、水利", "（一）防洪"), attributes=PLAN)
    assert keep(catalogue, document) == "added"
    key = document.document.id
    assert catalogue.paragraphs(key) == list(document.paragraphs)
    assert catalogue.chunks(key) == list(document.chunks)
    assert catalogue.text(key) == document.document.text
    assert catalogue.raw(key) == document.raw
    stored = catalogue.document(key)
    assert (stored.id, stored.title, stored.source, stored.media_type, stored.status) == (
        key,
        "报告",
        "报告.txt",
        "text/plain",
        "ready",
    )
    assert stored.metadata == Metadata(year=2024, issuer="区政府")
    assert (stored.paragraphs, stored.chunks) == (len(document.paragraphs), len(document.chunks))
    assert stored.ingested_at.endswith("+00:00")


def test_vectors_are_read_back_as_they_were(catalogue):
    document = parsed(WATER)
    keep(catalogue, document)
    expected = BigramEmbedder().embed_documents([chunk.text for chunk in document.chunks])
    names, points = catalogue.points()
    assert names == {1: document.document.id}
    assert points.paragraphs.tolist() == [chunk.first for chunk in document.chunks]
    assert (catalogue.vectors.rows(points.vectors) == expected).all()
    assert (catalogue.vectors.codes(points.vectors) == encode(expected)).all()


def test_the_same_text_is_embedded_once(catalogue):
    embedder = Counting()
    first, second = parsed([*WATER, WATER[0]]), parsed([*SCHOOL, *WATER])
    for document in (first, second):
        read(catalogue, document, embedder)
    assert sorted(embedder.texts) == sorted({chunk.text for chunk in (*first.chunks, *second.chunks)})
    assert catalogue.vectors.count() == len(embedder.texts)


def test_another_model_takes_over_in_one_step(catalogue):
    document = parsed(WATER)
    keep(catalogue, document)
    small = BigramEmbedder(dimension=8)

    def failing():
        yield from blocks(1)
        raise ServiceError("the model failed")

    def blocks(size=None):
        for number, text in list(catalogue.texts())[:size]:
            yield [number], small.embed_documents([text])

    with pytest.raises(ServiceError, match="the model failed"):
        catalogue.adopt_model("small", failing())
    assert catalogue.vectors.dimension() == 256
    catalogue.adopt("dense", Generation(7, "token"))
    catalogue.adopt_model("small", blocks())
    assert {catalogue.vectors.rows(np.array([n])).shape for n, _ in catalogue.texts()} == {(1, 8)}
    assert (catalogue.standing().embedding, catalogue.standing().dense.number) == ("small", 0)


def test_vectors_of_another_length_are_refused(catalogue):
    keep(catalogue, parsed(WATER))
    with pytest.raises(LibraryDamaged, match="8 维"):
        read(catalogue, parsed(SCHOOL), BigramEmbedder(dimension=8))
    assert catalogue.vectors.count() == len(parsed(WATER).chunks)


def test_a_newer_parser_takes_the_place_of_the_old_reading(catalogue):
    old = replace(parsed(WATER, document_id="d", source="a"), parser="1")
    new = replace(parsed(SCHOOL, document_id="d", source="a"), parser="2")
    assert keep(catalogue, old) == "added"
    assert keep(catalogue, replace(old, document=replace(old.document, source="b"))) == "added"
    assert keep(catalogue, new) == "replaced"
    assert catalogue.paragraphs("d") == list(new.paragraphs)
    assert catalogue.chunks("d") == list(new.chunks)
    assert sorted(catalogue.sources("d")) == ["a", "b"]
    assert catalogue.standing().hidden == {1}
    assert keep(catalogue, new) == "unchanged"
    assert catalogue.is_current("a", "d", "2")
    assert not catalogue.is_current("a", "d", "1")


def test_names_that_change_hands_within_a_batch_leave_no_document_behind_and_drop_none(catalogue):
    water, school = (parsed(lines, document_id=name) for name, lines in (("w", WATER), ("s", SCHOOL)))
    named = lambda document, source: replace(document, document=replace(document.document, source=source))  # noqa: E731
    keep(catalogue, named(water, "a"))
    reading = read(catalogue, school)
    outcomes = catalogue.put_all([named(school, "a"), named(water, "b")], {"s": reading}, stamp=0)
    assert outcomes == ["replaced", "added"]
    assert {stored.source: stored.id for stored in catalogue.documents()} == {"a": "s", "b": "w"}
    catalogue.remove_sources(["b", "b"])
    assert catalogue.document_ids() == ["s"]


text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
optional = st.none() | text
tasks = st.builds(
    Task,
    number=st.integers(-(2**31), 2**31),
    text=text,
    lead_units=st.lists(text, max_size=3).map(tuple),
    leader=optional,
)
kinds = st.sampled_from(["title", "heading", "body", "task", "signature"])
attributes = st.builds(Attributes, kinds, optional, optional, optional, st.none() | tasks)


@given(
    text=text,
    raw=st.binary(max_size=50),
    metadata=st.builds(Metadata, st.none() | st.integers(0, 9999), optional, optional),
    parts=st.lists(st.tuples(text, st.none() | st.integers(1, 99), st.lists(text, max_size=3), attributes)),
)
@settings(max_examples=30, deadline=None)
def test_any_record_survives_the_round_trip(tmp_path_factory, text, raw, metadata, parts):
    document = ParsedDocument(
        Document("key", text, text, text, text, metadata),
        tuple(
            Paragraph("key", number, words, 0, len(words), page, tuple(section), known)
            for number, (words, page, section, known) in enumerate(parts, start=1)
        ),
        tuple(Chunk(f"key-{n}", "key", n, n, part[0], part[0]) for n, part in enumerate(parts, start=1)),
        raw,
    )
    catalogue = Catalogue.open(tmp_path_factory.mktemp("any") / "c.db", writable=True)
    keep(catalogue, document)
    assert catalogue.paragraphs("key") == list(document.paragraphs)
    assert catalogue.chunks("key") == list(document.chunks)
    assert (catalogue.text("key"), catalogue.raw("key")) == (text, raw)
    assert catalogue.document("key").metadata == metadata
    kept = [(p.number, p.attributes.task) for p in document.paragraphs if p.attributes.task]
    assert [(number, task) for _, number, task in catalogue.tasks()] == kept
    catalogue.close()


def test_the_same_bytes_and_source_again_change_nothing(catalogue):
    keep(catalogue, parsed(WATER))
    before = catalogue.standing()
    assert keep(catalogue, parsed(WATER)) == "unchanged"
    assert catalogue.standing() == before


def test_the_same_bytes_under_two_names_are_one_document(catalogue):
    assert keep(catalogue, parsed(WATER, source="a.txt")) == "added"
    assert keep(catalogue, parsed(WATER, source="b.txt")) == "added"
    assert catalogue.count() == 1
    assert catalogue.sources(parsed(WATER).document.id) == ["a.txt", "b.txt"]
    assert catalogue.documents()[0].source == "a.txt"


def test_changed_bytes_replace_the_older_self(catalogue):
    old, new = parsed(WATER), parsed(SCHOOL)
    keep(catalogue, old)
    assert keep(catalogue, new) == "replaced"
    assert [stored.id for stored in catalogue.documents()] == [new.document.id]
    assert len(catalogue.standing().hidden) == 1
    with pytest.raises(DocumentNotFound):
        catalogue.paragraphs(old.document.id)


def test_a_changed_file_leaves_the_other_name_its_document(catalogue):
    old, new = parsed(WATER, source="a.txt"), parsed(SCHOOL, source="a.txt")
    keep(catalogue, old)
    keep(catalogue, parsed(WATER, source="b.txt"))
    assert keep(catalogue, new) == "replaced"
    assert {stored.source: stored.id for stored in catalogue.documents()} == {
        "b.txt": old.document.id,
        "a.txt": new.document.id,
    }
    assert catalogue.standing().hidden == frozenset()
    assert keep(catalogue, parsed(SCHOOL, source="b.txt")) == "replaced"
    assert [stored.id for stored in catalogue.documents()] == [new.document.id]


def test_a_file_changed_back_is_the_old_document_again(catalogue):
    keep(catalogue, parsed(WATER))
    keep(catalogue, parsed(SCHOOL))
    assert keep(catalogue, parsed(WATER)) == "replaced"
    assert [stored.id for stored in catalogue.documents()] == [parsed(WATER).document.id]
    assert catalogue.editions().keys().isdisjoint(catalogue.standing().hidden)


def test_delete_drops_every_part(catalogue, path):
    document = parsed(WATER, attributes=PLAN)
    keep(catalogue, document)
    catalogue.delete(document.document.id)
    assert catalogue.standing().hidden == {1}
    with sqlite3.connect(path) as connection:
        for table in (
            "documents",
            "contents",
            "sources",
            "paragraphs",
            "tasks",
            "units",
            "chunks",
        ):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    connection.close()


@pytest.mark.parametrize("unknown", ["", "nowhere", "\ud800", "a\x00b", "' OR 1=1 --"])
def test_an_unknown_id_is_not_found(catalogue, unknown):
    keep(catalogue, parsed(WATER))
    for ask in (
        catalogue.document,
        catalogue.text,
        catalogue.raw,
        catalogue.paragraphs,
        catalogue.chunks,
        catalogue.sources,
        catalogue.delete,
    ):
        with pytest.raises(DocumentNotFound):
            ask(unknown)
    assert catalogue.fetch([(unknown, 1)]) == {}
    assert catalogue.titles([unknown]) == {}


def test_fetch_gives_what_there_is_in_the_order_asked(catalogue):
    document = parsed(WATER, document_id="d")
    keep(catalogue, document)
    found = catalogue.fetch([("d", 3), ("d", 9), ("e", 1), ("d", 1), ("d", 1)])
    assert list(found.items()) == [(("d", 3), document.paragraphs[2]), (("d", 1), document.paragraphs[0])]
    assert catalogue.fetch([]) == {}


def test_fetch_of_many_keys(catalogue):
    lines = [f"第{n}条。" for n in range(1, 3001)]
    keep(catalogue, parsed(lines, document_id="d"))
    found = catalogue.fetch([("d", n) for n in range(6000)])
    assert [paragraph.text for paragraph in found.values()] == lines


def test_documents_in_order_of_ingestion_page_by_page(catalogue):
    names = ["c", "a", "b"]
    for name in names:
        keep(catalogue, parsed([name], source=name, document_id=name, title=f"题{name}"))
    assert [stored.id for stored in catalogue.documents()] == names == catalogue.document_ids()
    assert [stored.id for stored in catalogue.documents(offset=1, limit=1)] == ["a"]
    assert catalogue.documents(offset=3) == []
    assert catalogue.count() == 3
    assert catalogue.titles(["b", "x", "c"]) == {"b": "题b", "c": "题c"}


def test_tasks_by_unit_and_leader(catalogue):
    keep(catalogue, parsed(WATER, document_id="d", attributes=PLAN))
    every = [("d", number, known.task) for number, known in enumerate(PLAN, start=1)]
    assert catalogue.tasks() == every
    assert catalogue.tasks(unit="市水务局") == [every[0], every[2]]
    assert catalogue.tasks(unit="水务局") == []
    assert catalogue.tasks(leader="赵敏") == [every[1]]
    assert catalogue.tasks(unit="市水务局", leader="黄仁") == [every[0]]


def test_paragraphs_under_a_heading(catalogue):
    keep(catalogue, parsed(WATER, document_id="d", source="a", section=("第九章 附则", "“施行”")))
    keep(catalogue, parsed(SCHOOL, document_id="e", source="b", section=("第九章 附則",)))
    assert catalogue.headed("附则", limit=9) == [("d", 1), ("d", 2), ("d", 3), ("e", 1), ("e", 2)]
    assert catalogue.headed("附则", limit=2) == [("d", 1), ("d", 2)]
    assert catalogue.headed("“施行”", limit=9, document_ids=frozenset({"d"})) == [
        ("d", 1),
        ("d", 2),
        ("d", 3),
    ]
    assert catalogue.headed("附则", limit=9, document_ids=frozenset({"e"})) == [("e", 1), ("e", 2)]
    assert catalogue.headed("总则", limit=9) == []


def test_the_revision_grows_with_every_visible_change(catalogue):
    seen = [catalogue.revision()]
    keep(catalogue, parsed(WATER, document_id="d", source="a"))
    seen.append(catalogue.revision())
    keep(catalogue, parsed(WATER, document_id="d", source="a"))
    assert catalogue.revision() == seen[-1]
    catalogue.delete("d")
    seen.append(catalogue.revision())
    assert seen == sorted(set(seen))


def test_a_document_that_cannot_be_stored_leaves_nothing(catalogue):
    document = parsed(WATER, document_id="d")
    twice = ParsedDocument(
        document.document, document.paragraphs + document.paragraphs[:1], document.chunks, document.raw
    )
    with pytest.raises(LibraryDamaged):
        keep(catalogue, twice)
    assert catalogue.count() == 0
    assert keep(catalogue, document) == "added"


def test_sample_is_spread_and_without_repeats(catalogue):
    assert catalogue.sample(20) == []
    keep(catalogue, parsed([f"第{n}条。" for n in range(100)], document_id="d"))
    some = catalogue.sample(20)
    assert len({chunk.id for chunk, _ in some}) == 20
    assert some == catalogue.sample(20)
    assert len(catalogue.sample(1000)) == 100


def test_readers_see_the_last_whole_state_while_a_writer_writes(catalogue):
    keep(catalogue, parsed(WATER))

    def read(_):
        seen = []
        for _ in range(40):
            stored = catalogue.documents()[0]
            try:
                seen.append(len(catalogue.paragraphs(stored.id)) == stored.paragraphs)
            except DocumentNotFound:
                continue
        return all(seen)

    with ThreadPoolExecutor(9) as pool:
        readers = [pool.submit(read, n) for n in range(8)]
        for _ in range(15):
            keep(catalogue, parsed(SCHOOL))
            keep(catalogue, parsed(WATER))
        assert all(reader.result() for reader in readers)


def test_read_only_sees_and_does_not_write(catalogue, path):
    keep(catalogue, parsed(WATER))
    reader = Catalogue.open(path, writable=False)
    assert reader.count() == 1
    keep(catalogue, parsed(SCHOOL, source="b"))
    assert reader.count() == 2
    with pytest.raises(ServiceError, match="readonly"):
        keep(reader, parsed(SCHOOL))
    reader.close()


def test_closed_is_closed(catalogue):
    catalogue.close()
    with pytest.raises(ServiceError, match="已经关闭"):
        catalogue.count()


def test_a_missing_file_is_not_made_for_a_reader(path):
    with pytest.raises(ServiceError, match=r"catalogue\.db"):
        Catalogue.open(path, writable=False)
    assert not path.exists()


@pytest.mark.parametrize("writable", [True, False])
def test_a_file_that_is_no_database_is_damage(path, writable):
    path.write_bytes(b"no database at all " * 500)
    with pytest.raises(LibraryDamaged, match="备份"):
        Catalogue.open(path, writable=writable)


def test_a_library_of_the_version_before_gets_the_codes_of_this_one(catalogue, path):
    keep(catalogue, parsed(WATER))
    numbers = np.unique(catalogue.points()[1].vectors)
    expected = catalogue.vectors.codes(numbers)
    catalogue.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET schema = 3")
        connection.execute("UPDATE texts SET code = zeroblob(length(code))")
    connection.close()
    with pytest.raises(LibraryMismatch, match="rag doctor"):
        Catalogue.open(path, writable=False)
    for writable in (True, False):
        again = Catalogue.open(path, writable=writable)
        assert (again.vectors.codes(numbers) == expected).all()
        assert (encode(again.vectors.rows(numbers)) == expected).all()
        again.close()


def test_another_schema_version_is_refused(catalogue, path):
    catalogue.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET schema = 99")
    connection.close()
    with pytest.raises(LibraryMismatch, match="99"):
        Catalogue.open(path, writable=True)


def test_a_path_with_blanks_and_signs(tmp_path):
    folder = tmp_path / "我的 库?mode=ro#%41"
    folder.mkdir()
    catalogue = Catalogue.open(folder / "c.db", writable=True)
    keep(catalogue, parsed(WATER))
    assert (folder / "c.db").is_file()
    catalogue.close()
