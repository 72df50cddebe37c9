/** The kernel of the notebooks, driven like JupyterLab drives it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../../lib/files/project_root.ts";
import { pythonOf } from "../../lib/reproduce/project_python.ts";

const SCRIPT = fileURLToPath(new URL("kernel.py", import.meta.url));

interface Cell {
  readonly source: string;
  /** Stops the cell when an output matches this pattern. */
  readonly stopAt?: string;
}

interface Ended {
  readonly status: string;
  readonly error: [name: string, message: string, traceback: string[]] | null;
  readonly outputs: readonly string[];
}

/** Runs batches of cells one after another; the cells of a batch are sent at once. */
async function runCells(
  batches: readonly (readonly Cell[])[],
  env: Record<string, string> = {},
): Promise<Ended[]> {
  const child = new Deno.Command(pythonOf(ROOT), {
    args: [SCRIPT, Deno.execPath(), join(ROOT, "notebooks")],
    env: { NO_COLOR: "1", PYTHONDONTWRITEBYTECODE: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(batches)));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  assert(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const KERNEL = 'const kernel = await import("./kernel.ts");';

Deno.test("settleOutputs() keeps last values under their cells when all are run", async () => {
  const count = 100;
  const sources = Array.from(
    { length: count },
    (_, i) => `console.log("log ${i}"); "value ${i}"`,
  );
  const [setUp, ...cells] = await runCells([
    [{ source: `${KERNEL} kernel.settleOutputs();` }],
    sources.map((source) => ({ source })),
  ]);
  assert.equal(setUp.error, null);
  for (const [i, { outputs }] of cells.entries()) {
    assert.deepEqual(outputs, [`log ${i}\n`, `"value ${i}"`]);
  }
});

Deno.test("Stop ends a training at a checkpoint, keeps variables, and the cell goes on", async () => {
  const folder = await Deno.makeTempDir({ prefix: "ils-stop-" });
  const train = `const [run] = await study.ensureRuns([spec], {
  ...nb.runOptions(),
  root: ${JSON.stringify(folder)},
});
const history = await study.readRunHistory(run);
await nb.show(history.length + " epochs");`;
  try {
    const [setUp, , stopped, queued, between, again] = await runCells([
      [{
        source: 'import * as nb from "./setup.ts";\n' +
          "const { study } = nb;\nlet kept = 41;",
      }, {
        source: `const ce = study.teacherSpec(nb.profile, "ce", 1);
const spec = { ...ce, training: { ...ce.training, epochs: 4000 } };`,
      }],
      [{ source: train.replaceAll("const ", "let "), stopAt: "epoch [3-9]" }, {
        source: `await study.ensureRuns([{ ...spec, seed: 2 }], {
  ...nb.runOptions(),
  root: ${JSON.stringify(folder)},
});`,
      }],
      // A person takes longer than the kernel with cells that were queued.
      [{
        source: "await new Promise((done) => setTimeout(done, 600));\n" +
          "await nb.show(`kept ${++kept}`);",
      }],
      [{
        source: `let after: number | undefined;
const options = nb.runOptions();
const { display, ...rest } = options;
const watching = {
  begin: () => {},
  end: () => {},
  open: () => ({
    begin: () => {},
    step: ({ epoch }: { epoch: number }) => {
      after ??= epoch;
      setTimeout(() => Deno.kill(Deno.pid, "SIGINT"), 0);
    },
    epoch: () => {},
    remark: () => {},
    end: () => {},
    close: () => {},
  }),
};
await study.ensureRuns([spec], {
  ...rest,
  root: ${JSON.stringify(folder)},
  display: watching,
}).catch((error: Error) => error);
await nb.show(after! >= 3 ? "resumed" : "from epoch " + after);`,
      }],
    ], { ILS_PROFILE: "smoke", ILS_JOBS: "1" });
    assert.equal(setUp.error, null);
    const message =
      "Finished networks and checkpoints are kept: run the cell to go on";
    assert.deepEqual(stopped.error, [
      "Stopped",
      message,
      [`Stopped: ${message}`],
    ]);
    assert.deepEqual(stopped.outputs, [""], "no progress is left");
    assert.equal(queued.error?.[0], "Stopped");
    assert.deepEqual(queued.outputs, [], "it did not begin to train");
    assert.deepEqual(between.outputs, ["kept 42"]);
    assert.deepEqual(again, {
      status: "ok",
      error: null,
      outputs: ["resumed"],
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
