/**
 * Gives mutated files to every reader: each must give a valid value or one line that
 * says what is wrong, within a bounded time and memory.
 *
 *   deno task fuzz [READER …] [--files N] [--seed N] [--from N]
 *
 * `--files` is the number of files per reader (20,000). A failure is reported with its
 * number; `--seed SEED --from NUMBER --files 1` repeats it.
 */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { removeTree } from "../../lib/files/folders.ts";
import { writeText } from "../../lib/files/write_text.ts";
import { READERS } from "./readers.ts";
import type { Report, Task } from "./worker.ts";

const FOLDER = join(ROOT, ".venv", "fuzz");

/** A file that takes longer is reported as one that never ends. */
const MOST_MS = 20_000;

/** Memory of the process above that at the start of a reader. */
const MOST_BYTES = 2 ** 31;

const WATCH_MS = 20;

interface Outcome extends Report {
  readonly seconds: number;
  /** Largest growth of the memory in bytes. */
  readonly memory: number;
}

const NUMBER = { type: "string" } as const;
const { values, positionals } = parseArgs({
  options: { files: NUMBER, seed: NUMBER, from: NUMBER },
  allowPositionals: true,
});
const files = Number(values.files ?? 20_000);
const seed = Number(values.seed ?? 1);
const from = Number(values.from ?? 0);
const unknown = positionals.find((name) =>
  !READERS.some((reader) => reader.name === name)
);
if (unknown !== undefined || ![files, seed, from].every(Number.isInteger)) {
  const names = READERS.map(({ name }) => name).join(", ");
  print(`Usage: deno task fuzz [READER …] [--files N] [--seed N] [--from N]`);
  print(`Readers: ${names}`);
  Deno.exit(2);
}
const chosen = READERS.filter(({ name }) =>
  positionals.length === 0 || positionals.includes(name)
);
print(`${files} files per reader, seed ${seed}`);
let failed = false;
for (const { name } of chosen) {
  const outcome = await fuzz(name);
  failed ||= outcome.failures.length > 0;
  print(lineOf(name, outcome));
  for (const [number, reason] of outcome.failures) {
    print(`  file ${number}: ${reason}`);
  }
}
Deno.exit(failed ? 1 : 0);

async function fuzz(reader: string): Promise<Outcome> {
  const folder = join(FOLDER, reader.replaceAll(" ", "-"));
  await removeTree(folder);
  await Deno.mkdir(folder, { recursive: true });
  const present = new SharedArrayBuffer(4);
  const task = { reader, folder, seed, from, to: from + files, present };
  const started = performance.now();
  const { report, memory } = await watched(task);
  const seconds = (performance.now() - started) / 1000;
  await removeTree(folder);
  return { ...report, seconds, memory };
}

/** Runs a task and ends it if a file takes too much time or memory. */
async function watched(
  task: Task,
): Promise<{ report: Report; memory: number }> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
  });
  const present = new Int32Array(task.present);
  const atStart = Deno.memoryUsage().rss;
  let memory = 0;
  let last = { number: -1, since: performance.now() };
  try {
    const report = await new Promise<Report>((resolve) => {
      const stop = (reason: string) => {
        const counts = { read: 0, refused: 0 };
        const failures = [[present[0], reason] as const];
        resolve({ counts, failures, slowest: [MOST_MS, present[0]] });
      };
      const timer = setInterval(() => {
        const now = performance.now();
        if (present[0] !== last.number) {
          last = { number: present[0], since: now };
        }
        memory = Math.max(memory, Deno.memoryUsage().rss - atStart);
        if (now - last.since > MOST_MS) stop("it takes too long");
        if (memory > MOST_BYTES) stop("it takes too much memory");
      }, WATCH_MS);
      worker.onmessage = ({ data }: MessageEvent<Report>) => {
        clearInterval(timer);
        resolve(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        stop(event.message);
      };
      worker.postMessage(task);
    });
    return { report, memory };
  } finally {
    worker.terminate();
  }
}

function lineOf(name: string, outcome: Outcome): string {
  const { counts: { read, refused }, failures, seconds, memory } = outcome;
  const [slowest] = outcome.slowest;
  return `${name.padEnd(16)} ${read} read, ${refused} refused, ` +
    `${failures.length} failed; ${Math.round((read + refused) / seconds)} ` +
    `files/s, slowest ${slowest.toFixed(0)} ms, memory +${
      (memory / 2 ** 20).toFixed(0)
    } MiB`;
}

function print(line: string): void {
  writeText(Deno.stdout, `${line}\n`);
}
