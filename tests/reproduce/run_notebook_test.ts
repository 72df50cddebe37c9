import assert from "node:assert/strict";
import { join } from "node:path";
import { parseNotebook } from "../../lib/reproduce/notebook.ts";
import {
  type NotebookEvent,
  NotebookFailure,
  runNotebook,
} from "../../lib/reproduce/run_notebook.ts";
import { hasEnded } from "../processes.ts";
import { toyProject } from "./toy_notebook.ts";

const SHOW = `const show = (kind: string, text: string) =>
  Deno.jupyter.broadcast(kind, {
    data: { "text/plain": text },
    metadata: {},
    transient: { display_id: "progress" },
  });`;

/** Runs a notebook with these sources; returns a failure without throwing it. */
async function run(
  sources: readonly string[],
  options: { cellTimeout?: number; stopAfterMs?: number } = {},
) {
  await using project = await toyProject({ "01_toy": sources });
  const { root } = project;
  const out = join(root, "executed.ipynb");
  const events: NotebookEvent[] = [];
  const control = new AbortController();
  let failure: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;
  await runNotebook(join(root, "notebooks", "01_toy.ipynb"), {
    root,
    out,
    env: { ILS_PROFILE: "toy" },
    cellTimeout: options.cellTimeout,
    signal: control.signal,
    onEvent(event) {
      events.push(event);
      if (event.event === "cell" && options.stopAfterMs !== undefined) {
        timer = setTimeout(() => control.abort(), options.stopAfterMs);
      }
    },
  }).catch((error) => failure = error);
  clearTimeout(timer);
  const text = await Deno.readTextFile(out).catch(() => undefined);
  const copy = text === undefined ? undefined : parseNotebook(text, "copy");
  return { events, copy, failure };
}

Deno.test("runNotebook() puts every output into the cell that made it", async () => {
  const { events, copy, failure } = await run([
    "# Toy",
    `${SHOW}\nDeno.env.get("ILS_PROFILE")`,
    "for (let i = 0; i < 50; i++) console.log(`first ${i}`);",
    "for (let i = 0; i < 50; i++) console.log(`second ${i}`);",
    `await show("display_data", "epoch 1");
await show("update_display_data", "epoch 2");
await show("update_display_data", "epoch 3");`,
    `${SHOW.replace('"progress"', '"ended"')}
await show("display_data", "epoch 1");
await Deno.jupyter.broadcast("update_display_data", {
  data: {},
  metadata: {},
  transient: { display_id: "ended" },
});`.replace("const show", "const shown").replaceAll(
      "await show(",
      "await shown(",
    ),
  ]);
  assert.equal(failure, undefined);
  const outputs = copy!.cells.slice(1).map(({ outputs }) => outputs);
  const lines = (word: string) =>
    Array.from({ length: 50 }, (_, i) => `${word} ${i}\n`);
  assert.deepEqual(outputs.map((all) => all.length), [1, 1, 1, 1, 0]);
  assert.deepEqual(outputs[0][0].data, { "text/plain": ['"toy"'] });
  assert.deepEqual(outputs[1][0].text, lines("first"));
  assert.deepEqual(outputs[2][0].text, lines("second"));
  assert.deepEqual(outputs[3][0].data, { "text/plain": ["epoch 3"] });
  assert.deepEqual(copy!.cells.slice(1).map((c) => c.executionCount), [
    1,
    2,
    3,
    4,
    5,
  ]);
  assert.deepEqual(events[0], { event: "start", cells: 5 });
  const done = events.filter(({ event }) => event === "cell-done");
  assert.equal(done.length, 5);
});

Deno.test("runNotebook() names the failing cell and writes no copy", async () => {
  const { copy, failure } = await run([
    "# Toy",
    "1 + 1",
    '// Out of range.\nthrow new RangeError("epsilon is 1.2");',
    "Deno.exit()",
  ]);
  assert(failure instanceof NotebookFailure);
  const { notebook, reason, cell, line, detail } = failure;
  assert.deepEqual({ notebook, reason, cell, line }, {
    notebook: "01_toy",
    reason: "error",
    cell: 2,
    line: "// Out of range.",
  });
  assert.match(detail, /^RangeError: epsilon is 1\.2/);
  assert(!detail.includes("\x1b"));
  assert.equal(copy, undefined);
});

Deno.test("runNotebook() reports that the kernel died", async () => {
  const { failure } = await run(['Deno.kill(Deno.pid, "SIGKILL");']);
  assert(failure instanceof NotebookFailure);
  assert.equal(failure.reason, "died");
  assert.equal(failure.cell, 1);
});

Deno.test("runNotebook() ends a cell that takes too long", async () => {
  const { failure } = await run(["while (true);"], { cellTimeout: 1 });
  assert(failure instanceof NotebookFailure);
  assert.equal(failure.reason, "timeout");
});

Deno.test("runNotebook() lets a cancelled cell clean up, then ends the kernel", async () => {
  const folder = await Deno.makeTempDir();
  const tidied = join(folder, "tidied");
  const { failure, copy } = await run([
    `let stopped = false;
Deno.addSignalListener("SIGINT", () => stopped = true);
while (!stopped) await new Promise((done) => setTimeout(done, 20));
Deno.writeTextFileSync(${JSON.stringify(tidied)}, String(Deno.pid));`,
  ], { stopAfterMs: 300 });
  assert(failure instanceof NotebookFailure);
  assert.equal(failure.reason, "cancelled");
  assert.equal(copy, undefined);
  const kernel = Number(await Deno.readTextFile(tidied));
  assert(hasEnded(kernel));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("runNotebook() ends the kernel of a killed runner", async () => {
  const folder = await Deno.makeTempDir();
  const pids = join(folder, "pids");
  const { failure } = await run([
    `import process from "node:process";
Deno.writeTextFileSync(${JSON.stringify(pids)}, String(process.pid));
Deno.kill(process.ppid, "SIGKILL");
while (true);`,
  ]);
  assert(failure instanceof NotebookFailure);
  assert.equal(failure.reason, "died");
  assert.equal(failure.cell, 1);
  const kernel = Number(await Deno.readTextFile(pids));
  assert(hasEnded(kernel));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("runNotebook() names the fault in an invalid event", async () => {
  const cases: [line: string, fault: string][] = [
    ["Traceback", "it is not JSON"],
    ['{"event": "cell", "ce', "it is cut short"],
    ['["cell", 1]', "it must be an object: found a list"],
    [
      '{"event": "later"}',
      'event must be one of "kernel", "start", "cell", "note", "cell-done", ' +
      '"done", "failed": found "later"',
    ],
    ['{"event": "start"}', "cells is missing: it must be a number"],
  ];
  await using project = await toyProject({ "01_toy": ["# Toy"] });
  const { root } = project;
  const bin = join(root, "other", ".venv", "bin");
  await Deno.mkdir(bin, { recursive: true });
  for (const [line, fault] of cases) {
    // Replaces Python: prints the line, then waits for the end of its input.
    await Deno.writeTextFile(
      join(bin, "python"),
      `#!/bin/sh\necho '${line}'\ncat > /dev/null\n`,
      { mode: 0o755 },
    );
    await assert.rejects(
      runNotebook(join(root, "notebooks", "01_toy.ipynb"), {
        root: join(root, "other"),
        out: join(root, "executed.ipynb"),
      }),
      { name: "Error", message: `The notebook runner: ${fault}` },
    );
  }
});
