"""Which rows of a table are tasks: the columns say who leads what until when.

May import the core.
"""

from collections.abc import Sequence

from ingest.field import Field, field_of
from ingest.task import Duties, read_duties
from rag.language.chinese import squeeze

# Header and value.
Cell = tuple[str, str]


def read_row(cells: Sequence[Cell]) -> tuple[int | None, str, Duties] | None:
    """The number (where there is one), the text and the duties of a task; `None` for another row.

    Of several columns that tell the task (重点任务, 工作内容) the fullest is its text.
    """
    fields = [(field, value) for header, value in cells if (field := field_of(header)) is not None]
    told = [value for field, value in fields if field is Field.TASK]
    duties = read_duties(fields)
    if not told or not (duties.units or duties.leader):
        return None
    written = next((squeeze(value) for field, value in fields if field is Field.NUMBER), "")
    number = written.rstrip(".．、")
    return int(number) if number.isdecimal() and len(number) < 6 else None, max(told, key=len), duties
