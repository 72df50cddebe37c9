"""Runs cells in a Deno kernel as JupyterLab does, and reports what came back.

    kernel.py DENO FOLDER < CELLS.json

CELLS.json is a list of {"source": …, "stopAt": …}. Cells without `stopAt` are sent at
once, like "Run All"; one with `stopAt` is interrupted when one of its outputs matches
that pattern. Prints a list with an object for each cell: {"status", "error", "outputs"},
where `outputs` are the texts that belong to the cell, at the time when all have ended.
"""

import json
import os
import re
import signal
import sys
import time

sys.modules["rfc3987_syntax"] = None  # slow, unused import of jsonschema

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

TIMEOUT = 120


class OneKernel(KernelSpecManager):
    def get_kernel_spec(self, kernel_name):
        argv = [sys.argv[1], "jupyter", "--kernel", "--conn", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Deno", language="typescript")


class Cell:
    def __init__(self, id, stop_at):
        self.id, self.stop_at = id, stop_at
        self.outputs, self.status, self.error = [], None, None
        self.displays, self.idle = {}, False


def take(cells, message, manager):
    """Adds an output to the cell that the message names, as a front end does."""
    cell = cells.get(message["parent_header"].get("msg_id"))
    content, kind = message["content"], message["msg_type"]
    if cell is None:
        return
    if kind == "status":
        cell.idle |= content["execution_state"] == "idle"
        return
    if kind == "error":
        cell.error = [content["ename"], content["evalue"], content["traceback"]]
        return
    text = content.get("text") or content.get("data", {}).get("text/plain", "")
    shown = content.get("transient", {}).get("display_id")
    if kind == "update_display_data":
        cell.outputs[cell.displays[shown]] = text
    elif kind in ("display_data", "execute_result", "stream"):
        cell.displays[shown] = len(cell.outputs)
        cell.outputs.append(text)
    if cell.stop_at and re.search(cell.stop_at, text):
        cell.stop_at = None
        manager.interrupt_kernel()


def main():
    os.chdir(sys.argv[2])
    manager = KernelManager(
        kernel_name="deno", kernel_spec_manager=OneKernel(), transport="tcp"
    )
    manager.start_kernel(stdout=2, stderr=2)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=TIMEOUT)
        cells = {}
        for batch in json.load(sys.stdin):
            for given in batch:
                id = client.execute(given["source"], stop_on_error=False)
                cells[id] = Cell(id, given.get("stopAt"))
            waiting = set(cells)
            while any(not c.idle or c.status is None for c in cells.values()):
                while client.shell_channel.msg_ready():
                    reply = client.get_shell_msg(timeout=TIMEOUT)
                    cell = cells.get(reply["parent_header"].get("msg_id"))
                    if cell:
                        cell.status = reply["content"]["status"]
                if client.iopub_channel.msg_ready():
                    take(cells, client.get_iopub_msg(timeout=TIMEOUT), manager)
                else:
                    if not manager.is_alive():
                        raise SystemExit("the kernel died")
                    time.sleep(0.005)
        print(json.dumps([
            {"status": c.status, "error": c.error, "outputs": c.outputs}
            for c in cells.values()
        ]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main()
