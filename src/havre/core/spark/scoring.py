# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``batches.score`` over the partitions of a Spark frame: Spark deals out the pairs, the engine weighs them.

The cluster moves Arrow batches and knows nothing of names: what a pair gets is what ``match`` gives it on one machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from havre.engines.linkage import Weights
from havre.engines.linkage.batches import COLUMNS, Batch, score

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

IDS = ("link_a", "link_b")
"""The columns that name the two links of a pair."""
BITS = "bits"
_SPARK: dict[type, str] = {str: "string", int: "bigint", bool: "boolean"}


def link_schema(side: str) -> str:
    """Spark's schema for the links of list ``side``, "a" or "b": the id, then ``COLUMNS`` behind ``a_`` or ``b_``.

    A row is what ``link_rows`` says of a link.
    """
    columns = (f"{side}_{name} {_SPARK[kind]}" for name, kind in COLUMNS.items())
    return ", ".join((f"link_{side} string", *columns))


def score_candidates(candidates: "DataFrame", weights: Weights) -> "DataFrame":
    """(link_a, link_b, bits) of every row: the evidence without the prior and without rivals, as ``score`` gives it.

    A row of ``candidates`` is a pair with what both links say, columns as in ``link_schema`` in any order: the frames
    of both lists joined on a frame of ids. NULL says nothing. Further columns are not read. Raises ``ValueError`` that
    names the columns that are missing. Lazy, like everything in Spark: nothing is computed before somebody asks.
    """
    wanted = [*IDS, *(f"{side}_{name}" for side in "ab" for name in COLUMNS)]
    if missing := [name for name in wanted if name not in candidates.columns]:
        raise ValueError(f"the candidates lack {', '.join(missing)}: havre.core.spark.link_schema names all")

    def work(batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
        return (_scored(batch, weights) for batch in batches if batch.num_rows)

    schema = ", ".join((*(f"{name} string" for name in IDS), f"{BITS} float"))
    return candidates.select(*wanted).mapInArrow(work, schema)


def _scored(batch: "RecordBatch", weights: Weights) -> "RecordBatch":
    import pyarrow  # on the worker: who asks Spark for nothing needs it nowhere else

    bits = pyarrow.array(score(_side(batch, "a"), _side(batch, "b"), weights), pyarrow.float32())
    ids = [batch.column(name).cast(pyarrow.string()) for name in IDS]
    return pyarrow.RecordBatch.from_arrays([*ids, bits], names=[*IDS, BITS])


def _side(batch: "RecordBatch", side: str) -> Batch:
    """The rows of one list, nothing said where Spark says NULL."""

    def values(name: str, kind: type) -> Sequence[Any]:
        listed: list[Any] = batch.column(f"{side}_{name}").to_pylist()
        return [kind() if value is None else value for value in listed]

    return {name: values(name, kind) for name, kind in COLUMNS.items()}
