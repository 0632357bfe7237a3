# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A cluster of Spark's own master and worker, on this machine: what comes out of it is what ``score`` says here."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from havre.core.spark import IDS, link_schema, score_candidates
from havre.engines.linkage import Weights, estimate_weights
from havre.engines.linkage.batches import COLUMNS, Batch, link_rows, score
from havre.scenario import make_scenario

pyspark = pytest.importorskip("pyspark", reason="the extra havre[spark] is not installed: make spark")
JAVA = Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
if not shutil.which(JAVA):
    pytest.skip("Spark needs Java 17 or newer", allow_module_level=True)

from pyspark import SparkContext  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

pytestmark = pytest.mark.soak
DEPLOY = "org.apache.spark.deploy"
HERE = "127.0.0.1"
BATCH = 7
"""Pairs a portion, so that there are many."""


@contextmanager
def running(log: Path, *command: str, heard: str) -> Iterator[str]:
    """A daemon of Spark; what it says of itself once it has begun. Whatever it started ends with it."""
    launcher = Path(pyspark.__file__).parent / "bin" / "spark-class"
    folder = log.parent
    elsewhere = {"SPARK_WORKER_DIR": str(folder / "work"), "SPARK_LOCAL_DIRS": str(folder / "local")}
    with log.open("wb") as out:
        daemon = subprocess.Popen(
            [launcher, *command],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **elsewhere},
            start_new_session=True,
        )
    try:
        while not (said := re.search(heard, log.read_text("utf-8"))):
            assert daemon.poll() is None, log.read_text("utf-8")
            time.sleep(0.1)
        yield said[0]
    finally:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(daemon.pid, signal.SIGTERM)
        daemon.wait()


@contextmanager
def session(settings: dict[str, str]) -> Iterator[SparkSession]:
    """A session whose JVM ends with it; left to itself, Spark keeps that to the end of Python."""
    builder = SparkSession.builder.appName("havre")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        began = builder.getOrCreate()
        yield began
        began.stop()
    finally:
        if gateway := SparkContext._gateway:
            SparkContext._gateway = SparkContext._jvm = None
            gateway.shutdown()
            gateway.proc.stdin.close()
            gateway.proc.wait()


@contextmanager
def python_of_workers(path: str) -> Iterator[None]:
    """Which Python scores; Spark takes the first ``python3`` that it finds, else."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_PYTHON", path)
        yield


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A session on a standalone cluster of one worker with two executors."""
    folder = tmp_path_factory.mktemp("spark")
    listen = ("--host", HERE, "--port", "0", "--webui-port", "0")
    master = (f"{DEPLOY}.master.Master", *listen)
    worker = (f"{DEPLOY}.worker.Worker", *listen, "--cores", "2", "--memory", "1g")
    settings = {
        "spark.driver.host": HERE,
        "spark.driver.memory": "512m",
        "spark.executor.cores": "1",
        "spark.executor.memory": "512m",
        "spark.local.dir": str(folder / "local"),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    with (
        python_of_workers(sys.executable),
        running(folder / "master", *master, heard=r"spark://[\d.]+:\d+") as url,
        running(folder / "worker", *worker, url, heard="Successfully registered with master"),
        session({**settings, "spark.master": url}) as began,
    ):
        yield began


@dataclass(frozen=True)
class Pairs:
    """Every link of one shore with every link of the other."""

    ids: list[tuple[str, str]]
    a: Batch
    b: Batch
    weights: Weights


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    made = make_scenario(20, 1, children=4)
    a, b = made.france, made.britain
    every = list(product(a.links, b.links))
    return Pairs(
        [(one.link_id, other.link_id) for one, other in every],
        link_rows(a, [one for one, _ in every]),
        link_rows(b, [other for _, other in every]),
        estimate_weights(a, b),
    )


def frame(spark: SparkSession, side: str, ids: list[str], rows: Batch) -> "DataFrame":
    """The links of one list, each once, as Spark holds them: where nothing was said, NULL."""
    columns = [[value or None for value in rows[name]] for name in COLUMNS]
    said = dict(zip(ids, zip(ids, *columns, strict=True), strict=True))
    return spark.createDataFrame(list(said.values()), link_schema(side))


def candidates(spark: SparkSession, pairs: Pairs) -> "DataFrame":
    a, b = zip(*pairs.ids, strict=True)
    ids = spark.createDataFrame(pairs.ids, ", ".join(f"{name} string" for name in IDS))
    of_a, of_b = frame(spark, "a", list(a), pairs.a), frame(spark, "b", list(b), pairs.b)
    return of_b.join(ids, "link_b").join(of_a, "link_a").repartition(3)


def test_a_cluster_gives_the_bits_that_one_machine_gives(spark: SparkSession, pairs: Pairs) -> None:
    scored = score_candidates(candidates(spark, pairs), pairs.weights)
    found = {(row.link_a, row.link_b): row.bits for row in scored.collect()}
    here = score(pairs.a, pairs.b, pairs.weights)
    assert len(pairs.ids) > 3 * BATCH
    assert found == dict(zip(pairs.ids, here.tolist(), strict=True))
    assert len(set(found.values())) > BATCH
    assert scored.columns == [*IDS, "bits"]


def test_no_candidates_give_no_bits(spark: SparkSession, pairs: Pairs) -> None:
    none = candidates(spark, pairs).limit(0)
    assert score_candidates(none, pairs.weights).collect() == []


def test_a_missing_column_is_named(spark: SparkSession, pairs: Pairs) -> None:
    less = candidates(spark, pairs).drop("b_described_phone", "link_a")
    with pytest.raises(ValueError, match="the candidates lack link_a, b_described_phone:"):
        score_candidates(less, pairs.weights)
