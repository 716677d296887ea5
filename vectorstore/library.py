"""A library folder: the catalogue and its two indexes, kept in step through crashes and rebuilds.

Imports the errors, records and ports of `rag`, and its neighbours in this room.

    <home>/catalogue.db       the record of truth
    <home>/dense/<n>/         vectors, generation n
    <home>/lexical/<n>/       terms, generation n
    <home>/writer.lock        who writes
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Self

from rag.closable import Closable
from rag.datatypes import ParsedDocument
from rag.errors import LibraryDamaged, LibraryMismatch, RagError, ServiceError
from rag.ports import Embedder, PutOutcome
from vectorstore import repair
from vectorstore.catalogue import Catalogue, Standing
from vectorstore.drafting import embed
from vectorstore.exact import ExactIndex
from vectorstore.health import Health, examine
from vectorstore.lexical import LexicalIndex
from vectorstore.live import LiveDense, LiveLexical, VectorIndex
from vectorstore.lock import WriterLock
from vectorstore.points import Reading
from vectorstore.tiered import TieredIndex
from vectorstore.wording import wording

CATALOGUE_FILE = "catalogue.db"
# Indexes and files keep what was removed: Chroma for good, Tantivy until it merges, SQLite as free pages.
TIDY_AFTER = 1_000
# So many chunks are embedded and indexed at a time: more cost memory and are hardly faster.
BATCH_CHUNKS = 8_192


class Library(Closable):
    """An open library. Any thread may search and read; writes take turns.

    Implements `rag.ports.DocumentWriter`; `dense` and `lexical` are Searchers, `catalogue` the
    ParagraphSource. Index entries are written before the catalogue shows a document and removed
    after it has dropped one, so a crash leaves nothing visible that is half there.
    """

    def __init__(
        self,
        home: Path,
        catalogue: Catalogue,
        *,
        dense: LiveDense,
        lexical: LiveLexical,
        embedder: Embedder,
        lock: WriterLock | None,
    ) -> None:
        self.home = home
        self.catalogue = catalogue
        self.dense = dense
        self.lexical = lexical
        self._embedder = embedder
        self._lock = lock
        self._turn = RLock()
        self._closed = False

    @classmethod
    def open(cls, home: Path, embedder: Embedder, *, writable: bool, rebuild: bool = False) -> Self:
        """Open the library in a folder.

        To write: made when absent, locked, checked, repaired from the catalogue; `rebuild` builds
        both indexes anew with this embedder, whichever built them before. To read: nothing is
        locked or written. Raises LibraryLocked, LibraryMismatch, LibraryDamaged.
        """
        with ExitStack() as undo:
            if writable:
                library = cls._open_to_write(home, embedder, undo, rebuild=rebuild)
            else:
                library = cls._open_to_read(home, embedder, undo)
            undo.pop_all()
            return library

    @classmethod
    def _open_to_write(cls, home: Path, embedder: Embedder, undo: ExitStack, *, rebuild: bool) -> Self:
        lock = WriterLock.acquire(home)
        undo.callback(lock.release)
        catalogue = Catalogue.open(home / CATALOGUE_FILE, writable=True)
        undo.callback(catalogue.close)
        # An empty library has nothing that another model embedded.
        if rebuild or catalogue.count() == 0:
            repair.embed_again(catalogue, embedder)
        _check_model(catalogue, embedder)
        dense = _tiered(home, catalogue, embedder, fresh=rebuild)
        undo.callback(dense.close)
        lexical = (repair.renew_lexical if rebuild else repair.open_lexical)(home, catalogue)
        undo.callback(lexical.close)
        catalogue.swept(catalogue.standing().hidden, stamp=lexical.stamp())
        standing = catalogue.standing()
        repair.prune(home, "dense", keep=standing.dense)
        repair.prune(home, "lexical", keep=standing.lexical)
        return cls(
            home,
            catalogue,
            dense=LiveDense(catalogue, dense, seen=standing),
            lexical=LiveLexical(catalogue, lexical, seen=standing),
            embedder=embedder,
            lock=lock,
        )

    @classmethod
    def _open_to_read(cls, home: Path, embedder: Embedder, undo: ExitStack) -> Self:
        if not (home / CATALOGUE_FILE).is_file():
            raise LibraryDamaged(f"文件夹 {home} 中没有文件库。请先用 `rag ingest 文件或文件夹` 导入文件。")
        catalogue = Catalogue.open(home / CATALOGUE_FILE, writable=False)
        undo.callback(catalogue.close)

        # Chroma cannot be shared with a writer, not even to search (see DenseIndex); the catalogue can.
        def load_dense(_: Standing) -> VectorIndex:
            index = ExactIndex.load(catalogue, embedder)
            _check_model(catalogue, embedder)
            return index

        def open_lexical(now: Standing) -> LexicalIndex:
            where = repair.folder(home, "lexical", now.lexical)
            return LexicalIndex.open(where, now.lexical.token, writable=False)

        standing = catalogue.standing()
        problems = repair.faults_to_read(home, catalogue, standing)
        if not problems:
            dense, lexical = load_dense(standing), open_lexical(standing)
            problems = examine(catalogue, dense, lexical).problems
        if problems:
            raise LibraryDamaged(
                f"文件库 {home} 的索引与目录不符：{''.join(problems)}"
                "请运行 `rag doctor --rebuild` 由目录重建。"
            )
        return cls(
            home,
            catalogue,
            dense=LiveDense(catalogue, dense, seen=standing, reopen=load_dense),
            lexical=LiveLexical(catalogue, lexical, seen=standing, reopen=open_lexical),
            embedder=embedder,
            lock=None,
        )

    def put(self, parsed: ParsedDocument) -> PutOutcome:
        """Store one document under its id and source; the same bytes and source again change nothing.

        A document read by another version of the parser takes the place of the old reading in one step.
        """
        return self.put_all([parsed])[0]

    def put_all(self, parsed: Sequence[ParsedDocument]) -> list[PutOutcome]:
        """Store several, each visible in one step; outcomes in their order.

        A batch costs one embedding call, one commit of each index and two transactions. If it fails,
        none of it is stored; the batches before it are.
        """
        with self._writing():
            outcomes: list[PutOutcome] = []
            for batch in _batches(parsed):
                outcomes += self._put_batch(batch)
            return outcomes

    def is_current(self, source: str, document_id: str, parser: str) -> bool:
        """Whether the source names this very document already, as read by this version of the parser."""
        return self.catalogue.is_current(source, document_id, parser)

    def sources_under(self, prefix: str) -> list[str]:
        """Every source that begins so, in order."""
        return self.catalogue.sources_under(prefix)

    def remove_sources(self, sources: Sequence[str]) -> None:
        """Forget these sources, in one step, and the documents that no other source names."""
        with self._writing():
            self.catalogue.remove_sources(sources)
            self._sweep()
            self._tidy()

    def delete(self, document_id: str) -> None:
        """Remove a document with all its parts. Raises DocumentNotFound."""
        with self._writing():
            self.catalogue.delete(document_id)
            self._sweep()
            self._tidy()

    def check(self) -> Health:
        """Compare catalogue and indexes and find stored paragraphs again."""
        with self.dense.current() as dense, self.lexical.current() as lexical:
            return examine(self.catalogue, dense, lexical)

    def rebuild(self) -> None:
        """Build both indexes anew from the catalogue; searches go on with the old ones until then."""
        with self._writing():
            self._sweep()
            self._renew()

    def close(self) -> None:
        """Release everything once the searches under way are over; closing twice does nothing more."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            self.dense.close()
            self.lexical.close()
            if self._lock is not None:
                standing = self.catalogue.standing()
                self.catalogue.seal(repair.seals(self.home, standing))
            self.catalogue.close()
            if self._lock is not None:
                self._lock.release()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._lock is None:
            raise ServiceError(f"文件库 {self.home} 以只读方式打开，不能写入。请以可写方式重新打开。")
        with self._turn:
            yield

    def _put_batch(self, batch: Sequence[ParsedDocument]) -> list[PutOutcome]:
        self._sweep()
        fresh = {
            each.document.id: each
            for each in batch
            if not self.catalogue.holds(each.document.id, parser=each.parser)
        }
        readings, stamp = self._index(list(fresh.values()))
        by_document = {reading.parsed.document.id: reading for reading in readings}
        outcomes = self.catalogue.put_all(batch, by_document, stamp=stamp)
        self._sweep()
        self._tidy()
        return outcomes

    def _index(self, parsed: Sequence[ParsedDocument]) -> tuple[list[Reading], int]:
        """Write the entries of documents not visible yet, none on failure; with the lexical commit."""
        if not parsed:
            return [], self._index_words((), ())
        editions = self.catalogue.announce(len(parsed))
        try:
            # Embedding leaves Python's lock to others for most of its time.
            with ThreadPoolExecutor(1) as beside:
                words = beside.submit(self._index_words, editions, parsed)
                readings = embed(parsed, editions, self.catalogue, self._embedder)
                with self.dense.current() as dense:
                    dense.add(readings)
                return readings, words.result()
        except RagError:
            self._sweep()
            raise

    def _index_words(self, editions: Sequence[int], parsed: Sequence[ParsedDocument]) -> int:
        with self.lexical.current() as lexical:
            if parsed:
                lexical.add(wording(*each) for each in zip(editions, parsed, strict=True))
            return lexical.stamp()

    def _sweep(self) -> None:
        """Remove the index entries of hidden editions."""
        hidden = self.catalogue.standing().hidden
        if not hidden:
            return
        with self.dense.current() as dense, self.lexical.current() as lexical:
            dense.remove(hidden)
            lexical.remove(hidden)
            stamp = lexical.stamp()
        self.catalogue.swept(hidden, stamp=stamp)

    def _tidy(self) -> None:
        """Once half as much has been removed as is there, let go of it and begin fresh indexes."""
        removed = self.catalogue.standing().removed
        if removed > TIDY_AFTER and removed > self.catalogue.counts().chunks // 2:
            self.catalogue.tidy()
            self._renew()

    def _renew(self) -> None:
        self.dense.replace(_tiered(self.home, self.catalogue, self._embedder, fresh=True))
        self.lexical.replace(repair.renew_lexical(self.home, self.catalogue))
        standing = self.catalogue.standing()
        repair.prune(self.home, "dense", keep=standing.dense)
        repair.prune(self.home, "lexical", keep=standing.lexical)


def _tiered(home: Path, catalogue: Catalogue, embedder: Embedder, *, fresh: bool) -> VectorIndex:
    """The dense index to write to: the one there is, mended if need be, or a fresh one."""
    make = repair.renew_dense if fresh else repair.open_dense
    exact = ExactIndex.load(catalogue, embedder)
    tiered = TieredIndex(partial(make, home, catalogue), exact, vectors=catalogue.vectors, embedder=embedder)
    if fresh or not repair.can_wait(home, catalogue):
        tiered.open()
    return tiered


def _batches(parsed: Sequence[ParsedDocument]) -> Iterator[list[ParsedDocument]]:
    """Documents in their order, as many at a time as have BATCH_CHUNKS chunks together, at least one."""
    batch: list[ParsedDocument] = []
    chunks = 0
    for each in parsed:
        if batch and chunks + len(each.chunks) > BATCH_CHUNKS:
            yield batch
            batch, chunks = [], 0
        batch.append(each)
        chunks += len(each.chunks)
    if batch:
        yield batch


def _check_model(catalogue: Catalogue, embedder: Embedder) -> None:
    built_with = catalogue.standing().embedding
    if built_with is None:
        raise LibraryDamaged("文件库刚开始建立，还没有内容。请先用 `rag ingest 文件或文件夹` 导入文件。")
    if built_with != embedder.name:
        raise LibraryMismatch(
            f"文件库是用向量模型 {built_with!r} 建立的，当前模型是 {embedder.name!r}。"
            "请改回原来的模型，或运行 `rag doctor --rebuild` 用当前模型重建索引。"
        )
