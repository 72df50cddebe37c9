"""Temporary files and folders; those of killed processes are removed.

They are locked while they are in use, so that others know which are abandoned.
"""

import contextlib
import fcntl
import glob
import os
import shutil
import tempfile

PREFIX = "ils-notebook-"
SCRATCH = "ils.partial-"  # those of lib/files/scratch_folder.ts


def write_atomic(text, path):
    """Writes a file: it has its complete old or its complete new content."""
    temporary = f"{path}.partial-{os.getpid()}"
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            is_locked(file.fileno())
            file.write(text)
            os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)
    remove_abandoned(f"{path}.partial-")


@contextlib.contextmanager
def temporary_folder():
    """A folder for temporary files, which is removed at the end."""
    folder, lock = locked_folder()
    for prefix in (PREFIX, SCRATCH):
        remove_abandoned(os.path.join(tempfile.gettempdir(), prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def locked_folder():
    while True:
        folder = tempfile.mkdtemp(prefix=PREFIX)
        # Another process may have found it before the lock and removed it.
        with contextlib.suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            if is_locked(lock) and os.path.isdir(folder):
                return folder, lock
            os.close(lock)


def is_locked(handle):
    """Locks an open file or folder; False if another process has locked it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    except OSError:
        return True  # the file system has no locks, so nobody removes it


def remove_abandoned(start):
    """Removes files and folders whose paths begin so and that nobody has locked."""
    for path in glob.glob(glob.escape(start) + "*"):
        # It is gone, or belongs to another user.
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove = shutil.rmtree if os.path.isdir(path) else os.remove
                remove(path)
            finally:
                os.close(handle)
