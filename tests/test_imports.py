"""The direction of imports, read from every file's syntax tree.

rag imports no sibling, its packages build one on the other; ingest, vectorstore and eval import rag alone;
ui may import all.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "rag": {"rag"},
    "ingest": {"rag", "ingest"},
    "vectorstore": {"rag", "vectorstore"},
    "eval": {"rag", "eval"},
    "ui": {"rag", "ingest", "vectorstore", "eval", "ui"},
}
# The packages of the core, each of which may import those before it and the records and ports beside them.
CORE = (
    "language",
    "query",
    "documents",
    "matching",
    "reading",
    "retrieval",
    "citing",
    "generation",
    "answer",
)
RECORDS = {"answers", "closable", "datatypes", "errors", "markers", "ports", "scope", "settings"}
# Third-party packages that only their adapters may name; a trailing slash means every file below.
ADAPTERS = {
    "chromadb": ("vectorstore/dense.py", "ui/bench/peers/runners/"),
    "onnxruntime": ("vectorstore/graphs.py",),
    "onnx": ("vectorstore/training/",),
    "tantivy": ("vectorstore/lexical.py", "vectorstore/layout.py", "vectorstore/queries.py"),
    "sqlite3": ("vectorstore/",),
    "langchain": ("rag/generation/chat_model.py",),
    "langchain_core": ("rag/chain.py", "rag/generation/chat_model.py", "ui/bench/peers/runners/"),
    "langchain_openai": ("rag/generation/chat_model.py",),
    **dict.fromkeys(
        (
            "langchain_chroma",
            "langchain_classic",
            "langchain_community",
            "langchain_huggingface",
            "langchain_text_splitters",
            "llama_index",
            "haystack",
            "haystack_integrations",
            "txtai",
            "jieba",
        ),
        ("ui/bench/peers/runners/",),
    ),
    "gradio": ("ui/page/", "ui/page.py"),
    "fastapi": ("ui/api/",),
    "starlette": ("ui/api/",),
    "pypdfium2": ("ingest/formats/pdf", "ui/bench/formats/"),
    "rapidocr": ("ingest/formats/pdf",),
    "docx": ("ingest/formats/word", "ui/bench/formats/"),
    "pptx": ("ingest/formats/slides", "ui/bench/formats/"),
    "openpyxl": ("ingest/formats/sheets", "ui/bench/formats/"),
    "trafilatura": ("ingest/formats/html",),
    "rapidfuzz": ("eval/inkline.py",),
    "matplotlib": ("ui/bench/plots.py",),
    "watchfiles": ("ingest/",),
    "torch": ("vectorstore/embedding.py", "vectorstore/training/"),
    "sentence_transformers": (
        "vectorstore/embedding.py",
        "vectorstore/cross_encoder.py",
        "vectorstore/training/",
        "ui/bench/peers/runners/",
    ),
}
FILES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_imports_run_one_way(path: Path) -> None:
    room = _name(path).split("/")[0]
    for line, module in _imports(ast.parse(path.read_text(encoding="utf-8"))):
        top = module.split(".")[0]
        assert not module.startswith("."), f"{_name(path)}:{line} imports relatively"
        assert top not in MAY_IMPORT or top in MAY_IMPORT[room], f"{_name(path)}:{line} imports {module}"


@pytest.mark.parametrize("package", CORE)
def test_packages_of_the_core_build_on_those_before_them(package: str) -> None:
    below = {*CORE[: CORE.index(package) + 1], *RECORDS}
    for path in (ROOT / "rag" / package).glob("*.py"):
        for line, module in _imports(ast.parse(path.read_text(encoding="utf-8"))):
            parts = module.split(".")
            assert parts[0] != "rag" or parts[1] in below, f"{_name(path)}:{line} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_third_party_packages_stay_in_their_adapters(path: Path) -> None:
    for line, module in _imports(ast.parse(path.read_text(encoding="utf-8"))):
        allowed = ADAPTERS.get(module.split(".")[0])
        assert allowed is None or _name(path).startswith(allowed), f"{_name(path)}:{line} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_no_own_module_is_imported_inside_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for line, module in _imports(function):
                assert module.split(".")[0] not in MAY_IMPORT, f"{_name(path)}:{line} imports {module} late"


def test_every_room_is_read() -> None:
    assert {_name(path).split("/")[0] for path in FILES} == set(MAY_IMPORT)
    assert {path.parent.name for path in (ROOT / "rag").glob("*/__init__.py")} == set(CORE)


def test_importing_the_core_loads_no_model_and_opens_no_library() -> None:
    heavy = (
        "torch",
        "sentence_transformers",
        "chromadb",
        "tantivy",
        "gradio",
        "langchain_openai",
        "transformers",
    )
    code = f"import sys, rag.assistant, ui.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
