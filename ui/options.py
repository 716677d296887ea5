"""Options of a command that belong together, as the fields of one record.

May import nothing of ours.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

Run = Callable[..., Any]


def spread(run: Run) -> Run:
    """A command as typer reads it: each parameter that is a record gives way to the record's fields."""
    hints = get_type_hints(run, include_extras=True)
    records = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    parameters = [
        each
        for parameter in signature(run).parameters.values()
        for each in (
            _options(records[parameter.name])
            if parameter.name in records
            else [parameter.replace(annotation=hints[parameter.name], kind=Parameter.KEYWORD_ONLY)]
        )
    ]

    @wraps(run)
    def spread_out(**given: Any) -> Any:  # noqa: ANN401 - whatever the command takes and gives
        gathered = {name: _gathered(record, given) for name, record in records.items()}
        told = {name: value for name, value in given.items() if name in hints}
        return run(**told, **gathered)

    spread_out.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    spread_out.__annotations__ = {each.name: each.annotation for each in parameters}
    return spread_out


def _options(record: Any) -> list[Parameter]:  # noqa: ANN401 - the class of any record
    hints = get_type_hints(record, include_extras=True)
    return [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(record)
    ]


def _gathered(record: Any, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the class of any record
    return record(**{field.name: given[field.name] for field in fields(record)})
