import os
import subprocess
import sys
import time

import pytest

from rag.errors import LibraryLocked, ServiceError
from vectorstore.lock import WriterLock

HOLD = """
import sys, time
from pathlib import Path
from vectorstore.lock import WriterLock
WriterLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_at_once_and_told_who_holds_it(tmp_path, holder):
    began = time.monotonic()
    with pytest.raises(LibraryLocked, match=f"进程 {holder.pid}（自 20.* 起）"):
        WriterLock.acquire(tmp_path)
    assert time.monotonic() - began < 1


def test_the_lock_of_a_killed_process_is_free(tmp_path, holder):
    holder.kill()
    holder.wait()
    WriterLock.acquire(tmp_path).release()


def test_a_second_writer_in_the_same_process_is_refused_too(tmp_path):
    lock = WriterLock.acquire(tmp_path)
    with pytest.raises(LibraryLocked, match=str(os.getpid())):
        WriterLock.acquire(tmp_path)
    lock.release()
    lock.release()
    WriterLock.acquire(tmp_path).release()


def test_the_folder_is_made(tmp_path):
    WriterLock.acquire(tmp_path / "new" / "library").release()
    assert (tmp_path / "new" / "library").is_dir()


def test_a_folder_that_cannot_be_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ServiceError, match="file.*RAG_HOME"):
        WriterLock.acquire(tmp_path / "file")
