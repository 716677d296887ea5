"""Reads the graphs of the bundled transformer with onnxruntime, on as many cores as there are.

The only run-time file that may import onnxruntime. Imports the errors of `rag`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from tokenizers import Encoding

TRANSFORMER_FOLDER = Path(__file__).parent / "models" / "bundled"

Block = NDArray[np.int64]
_ERRORS_ONLY = 3


class Graph:
    """A graph that takes token ids and gives one output; texts of about one length are read together."""

    def __init__(self, file: Path, output: str, *, threads: int = 0) -> None:
        """`threads` 0 means one for each core. Raises ModelUnavailable."""
        # Importing takes a fifth of a second, which only those who read with a graph should pay.
        import onnxruntime  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = _ERRORS_ONLY
        # Threads that wait in a loop take as much of a processor again as the work does: 121 ms for 69.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        # onnxruntime raises classes of its own that have no common base but Exception.
        except Exception as error:
            raise ModelUnavailable(
                f"自带模型不完整（{type(error).__name__}）：{file}。请重新安装本程序。"
            ) from error
        self._output = output
        self._inputs = [given.name for given in self._session.get_inputs()]

    def run(self, texts: Sequence["Encoding"]) -> NDArray[np.float32]:
        """The output for tokenized texts, one row each, in their order."""
        longest = max(len(text.ids) for text in texts)
        blocks = {name: np.zeros((len(texts), longest), dtype=np.int64) for name in self._inputs}
        for row, text in enumerate(texts):
            for name, values in (
                ("input_ids", text.ids),
                ("attention_mask", text.attention_mask),
                ("token_type_ids", text.type_ids),
            ):
                if name in blocks:
                    blocks[name][row, : len(values)] = values
        found: NDArray[np.float32] = self._session.run([self._output], blocks)[0]
        return found
