import pytest

from tests.vectorstore.contract import SearcherContract
from tests.vectorstore.embedders import BigramEmbedder
from vectorstore.memory import MemoryIndex


class HeldMemory(MemoryIndex):
    def keep(self, document):
        self.add(document.chunks)


class TestMemoryIndex(SearcherContract):
    @pytest.fixture
    def held(self):
        return HeldMemory(BigramEmbedder())
