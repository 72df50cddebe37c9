/**
 * Runs the tests and prints their counts in the last line.
 *
 *   deno task test [FILE OR FOLDER …] [options of `deno test`]
 *   deno task test:browser
 *   deno task test:cluster
 *
 * The files are distributed over several processes, because TensorFlow.js has one
 * backend per process, which files must not use concurrently. The output of a process
 * is printed when it ends. With options of `deno test`, such as `--filter`, one
 * process runs everything and prints immediately. Types are checked by
 * `deno task check`.
 */
import { normalize } from "node:path";
import { batchesOf, testFiles } from "./batches.ts";
import { type Outcome, TestProcesses } from "./process.ts";
// Files that take at least 2 s of processor time.
import slowFiles from "./slow_files.json" with { type: "json" };
import { summaryLine } from "./summary.ts";
import { writeText } from "../../lib/files/write_text.ts";

/** More would not help: the slowest file takes a quarter of the total time. */
const MAX_PROCESSES = 4;
/** Tests that need Chromium, for `deno task test:browser`. */
const BROWSER = normalize("tests/browser/");
/** Tests that have a task of their own; the others need Slurm. */
const APART = [BROWSER, normalize("tests/slurm/")];
/** Files per process, few enough that the processes end at about the same time. */
const BATCH = 25;
const LIVE = { live: true };
/** All permissions, except that the network is limited to this machine. */
const PERMISSIONS = [
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-ffi",
  "--allow-run",
  "--allow-net=127.0.0.1,localhost",
];
/** playwright-core looks into `/proc/sys`, which Deno opens for this only. */
const BROWSER_PERMISSIONS = ["--allow-all"];
const inBrowser = Deno.args.length > 0 &&
  Deno.args.every((path) => normalize(`${path}/`).startsWith(BROWSER));
const OPTIONS = [
  ...inBrowser ? BROWSER_PERMISSIONS : PERMISSIONS,
  "--no-check",
];

const processes = new TestProcesses();
for (const [signal, number] of [["SIGINT", 2], ["SIGTERM", 15]] as const) {
  Deno.addSignalListener(signal, async () => {
    await processes.stop();
    Deno.exit(128 + number);
  });
}
const files = Deno.args.length > 0
  ? filesNamed(Deno.args)
  : filesNamed(["tests"])?.filter((path) =>
    !APART.some((folder) => path.startsWith(folder))
  );
const batches = files === undefined ? [] : split(files);
const outcomes = batches.length > 1
  ? await runAll(batches)
  : [await processes.run([...OPTIONS, ...withFolder(Deno.args)], LIVE)];
// If stopped, the signal listener ends this process.
if (!processes.stopped) report(outcomes);

/** The arguments, with the folder of all tests if they name none. */
function withFolder(args: readonly string[]): readonly string[] {
  return args.some((arg) => !arg.startsWith("-"))
    ? args
    : [...args, `--ignore=${APART.join(",")}`, "tests"];
}

/** The named test files; undefined if an argument is not a path. */
function filesNamed(args: readonly string[]): string[] | undefined {
  try {
    const found = args.flatMap((path) =>
      Deno.statSync(path).isDirectory ? testFiles(path) : [normalize(path)]
    );
    return [...new Set(found)];
  } catch {
    // An option, a pattern or a mistake: leave it to `deno test`.
    return undefined;
  }
}

function split(files: readonly string[]): string[][] {
  const size = Math.min(BATCH, Math.ceil(files.length / processCount()));
  return batchesOf(files, slowFiles, size);
}

function processCount(): number {
  return Math.min(navigator.hardwareConcurrency, MAX_PROCESSES);
}

/** Runs each batch in a process, several of them in parallel. */
async function runAll(batches: readonly string[][]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = batches.values();
  const work = async () => {
    // All workers share the queue.
    for (const batch of queue) {
      if (processes.stopped) return;
      outcomes.push(await processes.run([...OPTIONS, ...batch]));
    }
  };
  await Promise.all(Array.from({ length: processCount() }, work));
  return outcomes;
}

/** Prints the failures and counts, and exits. */
function report(outcomes: readonly Outcome[]): never {
  const failures = outcomes.length === 1 ? [] : outcomes
    .map(({ failures }) => failures).filter((list) => list !== "");
  if (failures.length > 0) print(`Failed:\n${failures.join("\n")}\n`);
  const line = summaryLine(outcomes.map(({ counts }) => counts));
  print(line ?? "The tests did not finish");
  const code = outcomes.find(({ code }) => code !== 0)?.code ?? 0;
  Deno.exit(code === 0 && line === undefined ? 1 : code);
}

function print(line: string): void {
  writeText(Deno.stdout, `${line}\n`);
}
