/**
 * Runs all benchmarks and prints one table, or runs a single one.
 *
 *   deno task bench [flags]
 *   deno task bench NAME [flags of the benchmark]
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadWarning } from "../../bench/support/machine.ts";
import { measurementText } from "../../bench/support/measurement_table.ts";
import { BadInput } from "../../lib/bad_input.ts";
import { parseCommandLine } from "../../lib/cli/flags/command_line.ts";
import {
  choice,
  optional,
  path,
  several,
  type Values,
  whole,
  withDefault,
} from "../../lib/cli/flags/flags.ts";
import { writeText } from "../../lib/files/write_text.ts";
import { ENGINE_PERMISSIONS } from "../../lib/files/engine_process.ts";
import { SetupError } from "../setup/step.ts";
import { about, aboutText } from "./about.ts";
import { pageText, readPage, writePage } from "./page.ts";
import { peerPython } from "./peer_environment.ts";
import { runSuite } from "./suite.ts";

/** Permissions for the engine and for starting the peers. */
const PERMISSIONS = [
  ...ENGINE_PERMISSIONS,
  "--allow-write",
  "--allow-env=INIT_CWD",
  "--allow-sys=cpus,loadavg,systemMemoryInfo",
  "--allow-run",
];
const FOLDER = fileURLToPath(new URL("../../bench", import.meta.url));
const NAMES = Array.from(Deno.readDirSync(FOLDER), (entry) => entry.name)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, "")).sort();

/** Benchmarks with measurements for the table: all that have a peer. */
const COMPARING = NAMES.filter((name) =>
  !["profile", "metrics", "calibrators"].includes(name)
);

const FLAGS = {
  name: optional(
    choice(NAMES, { placeholder: "NAME", help: "run only this benchmark" }),
  ),
  only: withDefault(
    COMPARING,
    several(
      choice(COMPARING, {
        placeholder: "NAME",
        help: "the benchmarks",
        listed: false,
      }),
    ),
  ),
  python: optional(
    path("PATH", "a Python with the peers (one that is installed first)"),
  ),
  rounds: optional(whole(1, "rounds (each benchmark has a default)")),
  json: optional(path("FILE", "also write machine and measurements here")),
  page: optional(
    path("FILE", "replace the measurements in this page, docs/performance.md"),
  ),
};

const BENCH = {
  program: "deno task",
  name: "bench",
  summary:
    "measure speed and memory against other programs, on an idle machine",
  notes:
    `With NAME, the other flags are those of that benchmark: see --help of it.
    Without --python, the peers are installed into an environment of their own.`,
  flags: FLAGS,
  first: "name",
  examples: ["bench", "bench --only training,memory", "bench training --help"],
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...options] = args;
  const single = name !== undefined && !name.startsWith("-");
  const request = parseCommandLine(single ? [name] : args, BENCH);
  if (request.kind === "help") {
    writeText(Deno.stdout, request.text);
    return 0;
  }
  return single ? await runOne(name, options) : await runAll(request.values);
}

function commandOf(name: string): string[] {
  return ["run", ...PERMISSIONS, join(FOLDER, `${name}.ts`)];
}

async function runOne(name: string, options: string[]): Promise<number> {
  const complete = !COMPARING.includes(name) ||
    options.some((option) => /^(--python(=.*)?|--help|-h)$/.test(option));
  const python = complete ? [] : ["--python", await peerPython(report)];
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [...commandOf(name), ...options, ...python],
  }).spawn().status;
  return code;
}

async function runAll(
  { only, python, rounds, json, page: path }: Values<typeof FLAGS>,
): Promise<number> {
  const page = path === undefined ? undefined : await readPage(path);
  const program = python ?? await peerPython(report);
  const warning = loadWarning();
  if (warning !== undefined) report(warning);
  const conditions = await about(program);
  const { measurements, failed } = await runSuite(only, {
    commandOf,
    args: [
      ...["--python", program],
      ...rounds === undefined ? [] : ["--rounds", `${rounds}`],
    ],
    report,
  });
  writeText(
    Deno.stdout,
    `${aboutText(conditions)}\n${measurementText(measurements)}`,
  );
  if (json !== undefined) {
    const result = { ...conditions, measurements, failed };
    await Deno.writeTextFile(json, JSON.stringify(result, null, 2) + "\n");
  }
  if (page !== undefined) {
    await writePage(path!, pageText(page, conditions, measurements));
  }
  return failed.length === 0 ? 0 : 1;
}

function report(line: string): void {
  writeText(Deno.stderr, `${line}\n`);
}

try {
  Deno.exit(await main(Deno.args));
} catch (error) {
  if (!(error instanceof BadInput || error instanceof SetupError)) throw error;
  report(error.message);
  Deno.exit(error instanceof BadInput ? 2 : 1);
}
