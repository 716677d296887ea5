"""The model server of the benchmark, by the name under which these tests know it."""

from ui.bench.model.server import ModelServer as OpenAIServer
from ui.bench.model.server import model_server as openai_server

__all__ = ["OpenAIServer", "openai_server"]
