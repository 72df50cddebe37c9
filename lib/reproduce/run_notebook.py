"""Executes one notebook with the Deno kernel and reports progress.

    run_notebook.py SOURCE.ipynb OUT.ipynb --deno DENO [--cell-timeout SECONDS]

The kernel is the given Deno executable, started in the folder of the notebook. Each
line of standard output is a JSON object:

    {"event": "kernel", "pid": 4711}
    {"event": "start", "cells": 12}
    {"event": "cell", "cell": 1, "line": "…"}           first line of its source
    {"event": "note", "text": "…"}                      last line of its output
    {"event": "cell-done", "cell": 1, "seconds": 0.2}
    {"event": "done", "seconds": 40.1}
    {"event": "failed", "reason": "error", "cell": 3, "line": "…", "message": "…"}

Reasons: error, died, timeout, cancelled, start, write. Cells are code cells, counted
from 1, as in their execution counts. Execution stops when standard input ends, so
the kernel never outlives the calling program.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import sys
import time
import uuid

# jsonschema, which nbformat imports, would build a grammar of URLs at each start,
# which takes well over a second and is not used here.
sys.modules["rfc3987_syntax"] = None

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

from temporary import temporary_folder, write_atomic

START_TIMEOUT = 120  # seconds; a cold start on two busy cores is slow
INTERRUPT_GRACE = 5  # seconds for an interrupted cell to clean up
NOTE_EVERY = 0.3  # minimum seconds between two notes
DRAIN_TIMEOUT = 60  # seconds for the kernel to send all outputs of a cell

SHOWS = {
    "stream",
    "display_data",
    "execute_result",
    "update_display_data",
    "clear_output",
}


class OneKernel(KernelSpecManager):
    """Provides one kernel: the given Deno executable."""

    def __init__(self, deno):
        super().__init__()
        self.deno = deno

    def get_kernel_spec(self, kernel_name):
        return KernelSpec(
            argv=[
                self.deno,
                "jupyter",
                "--kernel",
                "--conn",
                "{connection_file}",
            ],
            display_name="Deno",
            language="typescript",
        )


class Reporter:
    """Writes events, one JSON object per line."""

    def __init__(self, stream):
        self.stream = stream

    def __call__(self, event, **fields):
        try:
            line = json.dumps({"event": event, **fields})
            self.stream.write(line + "\n")
            self.stream.flush()
        except BrokenPipeError:
            pass  # the caller has ended; the end of stdin stops the run


class Client(NotebookClient):
    """A notebook client that reports its cells and their outputs."""

    def __init__(self, notebook, report, **options):
        super().__init__(notebook, **options)
        self.report = report
        self.number = 0
        self.line = ""
        self.error = {}
        self.start_time = self.last_note = time.monotonic()
        self.on_notebook_start = self.started
        self.on_cell_execute = self.cell_started
        self.on_cell_executed = self.cell_ended

    def started(self, notebook):
        self.report("start", cells=sum(runs(x) for x in notebook.cells))

    async def async_start_new_kernel(self, **options):
        await super().async_start_new_kernel(**options)
        self.report("kernel", pid=self.km.provisioner.process.pid)

    def cell_started(self, cell, cell_index):
        self.number += 1
        self.line = cell.source.strip().split("\n")[0]
        self.start_time = time.monotonic()
        self.report("cell", cell=self.number, line=self.line)

    async def cell_ended(self, cell, cell_index, execute_reply):
        content = execute_reply["content"]
        if content["status"] == "error":
            self.error = content
        await self.drain(cell, cell_index)
        seconds = round(time.monotonic() - self.start_time, 3)
        cell.metadata["seconds"] = seconds
        self.report("cell-done", cell=self.number, seconds=seconds)

    async def drain(self, cell, cell_index):
        """Receives outputs of the cell that the kernel has not sent yet.

        Deno's kernel reports itself idle while outputs are still in its queue, and
        attributes them to the next request. Therefore the next request sends a
        marker through the same queue: everything before it belongs to the cell.
        """
        marker = uuid.uuid4().hex
        message = {"data": {}, "metadata": {"marker": marker}}
        asked = self.kc.execute(
            f'await Deno.jupyter.broadcast("display_data", '
            f"{json.dumps({**message, 'transient': {}})})",
            silent=True,
        )
        while True:
            msg = await self.kc.get_iopub_msg(timeout=DRAIN_TIMEOUT)
            if msg["content"].get("metadata", {}).get("marker") == marker:
                break
            if msg["msg_type"] in SHOWS:
                self.process_message(msg, cell, cell_index)
        await self.async_wait_for_reply(asked)
        # A progress display that has ended is empty.
        cell.outputs = [
            x for x in cell.outputs
            if x.output_type != "display_data" or x.data
        ]
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = self.number

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] in SHOWS - {"execute_result", "clear_output"}:
            self.note(msg["content"])
        return super().process_message(msg, cell, cell_index)

    def note(self, content):
        text = content.get("text") or content.get("data", {}).get("text/plain")
        now = time.monotonic()
        if not isinstance(text, str) or now - self.last_note < NOTE_EVERY:
            return
        lines = [x.strip() for x in plain(text).split("\n") if x.strip()]
        if lines:
            self.last_note = now
            self.report("note", text=lines[-1][:200])


def runs(cell):
    """True if the kernel executes this cell."""
    return cell.cell_type == "code" and bool(cell.source.strip())


def plain(text):
    """Text without terminal colours and overwritten parts of lines."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    return re.sub(r"[^\n]*\r(?!\n|$)", "", text)


async def end_of_input():
    """Returns when standard input ends."""
    loop = asyncio.get_running_loop()
    ended = loop.create_future()

    def readable():
        if not os.read(0, 4096) and not ended.done():
            loop.remove_reader(0)
            ended.set_result(None)

    loop.add_reader(0, readable)
    await ended


async def execute(client):
    """Runs the notebook; returns True if it finished, False if cancelled."""
    work = asyncio.ensure_future(client.async_execute())
    stop = asyncio.ensure_future(end_of_input())
    await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        await cancel(client, work)
        return False
    stop.cancel()
    await work
    return True


async def cancel(client, work):
    """Interrupts the cell and, after a grace period, kills the kernel."""
    client.shutdown_kernel = "immediate"
    if client.km is not None and client.km.has_kernel:
        await client.km.interrupt_kernel()
    await asyncio.wait({work}, timeout=INTERRUPT_GRACE)
    work.cancel()
    await asyncio.wait({work})


def failure(error, reply, started):
    """Reason and message of an exception that ended a notebook."""
    if isinstance(error, CellExecutionError):
        summary = f"{reply.get('ename', 'Error')}: {reply.get('evalue', '')}"
        trace = plain("\n".join(reply.get("traceback") or [])).strip()
        return "error", trace if error.evalue in trace else f"{summary}\n{trace}"
    if isinstance(error, CellTimeoutError):
        return "timeout", "the cell took longer than its time limit"
    if isinstance(error, DeadKernelError):
        return "died", "the kernel died"
    reason = "error" if started else "start"
    return reason, f"{type(error).__name__}: {error}"


def make_client(options, report, runtime):
    manager = AsyncKernelManager(
        kernel_name="deno",
        kernel_spec_manager=OneKernel(options.deno),
        connection_file=os.path.join(runtime, "kernel.json"),
    )
    client = Client(
        nbformat.read(options.source, as_version=4),
        report,
        km=manager,
        timeout=options.cell_timeout,
        startup_timeout=START_TIMEOUT,
        iopub_timeout=60,
        raise_on_iopub_timeout=True,
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": os.path.dirname(options.source)}},
    )
    client.owns_km = True  # it also shuts down the kernel
    return client


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=os.path.abspath)
    parser.add_argument("out", type=os.path.abspath)
    parser.add_argument("--deno", required=True)
    parser.add_argument("--cell-timeout", type=int, default=None)
    options = parser.parse_args()

    # The kernel inherits standard output; redirect it, so that its output does not
    # mix with the events.
    report = Reporter(os.fdopen(os.dup(1), "w"))
    os.dup2(2, 1)

    start_time = time.monotonic()
    with temporary_folder() as runtime:
        client = make_client(options, report, runtime)
        try:
            finished = asyncio.run(execute(client))
        except Exception as error:
            reason, message = failure(error, client.error, client.number > 0)
            report(
                "failed",
                reason=reason,
                cell=client.number,
                line=client.line,
                message=message,
            )
            return 1
    if not finished:
        report("failed", reason="cancelled", cell=client.number,
               line=client.line, message="cancelled")
        return 1
    seconds = round(time.monotonic() - start_time, 3)
    client.nb.metadata["execution"] = {
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "profile": os.environ.get("ILS_PROFILE", ""),
        "seconds": seconds,
    }
    try:
        write_atomic(nbformat.writes(client.nb) + "\n", options.out)
    except OSError as error:
        report("failed", reason="write", cell=0, line="", message=str(error))
        return 1
    report("done", seconds=seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
