"""What `rag eval` does: run a question set, keep the result as JSON.

May import `rag`; never a sibling room. The caller composes the assistant and prints.
"""

from dataclasses import replace
from pathlib import Path

from eval.dataset import SEEDS, load_cases
from eval.outcome import EvaluationReport
from eval.report import save
from eval.runner import Assistant, evaluate
from rag.ports import ParagraphSource


def run_evaluation(
    assistant: Assistant,
    source: ParagraphSource,
    *,
    questions: Path | None,
    output: Path,
    command: str,
) -> EvaluationReport:
    """Evaluate on a question set (the bundled one by default) and write the report to `output`.

    Raises UnreadableFile for a bad set, InvalidRequest when its documents are not in the library.
    """
    chosen = questions or SEEDS
    measured = evaluate(assistant, load_cases(chosen), source)
    report = replace(measured, questions=chosen.name, command=command)
    save(report, output)
    return report
