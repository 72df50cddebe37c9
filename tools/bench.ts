/**
 * Runs a benchmark in a separate process.
 *
 *   deno task bench NAME [options of the benchmark]
 */
import { fileURLToPath } from "node:url";
import { BadInput } from "../lib/bad_input.ts";
import { parseCommandLine } from "../lib/cli/flags/command_line.ts";
import { choice, required } from "../lib/cli/flags/flags.ts";
import { ENGINE_PERMISSIONS } from "../lib/files/engine_process.ts";
import { writeText } from "../lib/cli/terminal/write_text.ts";

/** Permissions for the engine and for starting the peers. */
const PERMISSIONS = [
  ...ENGINE_PERMISSIONS,
  "--allow-write",
  "--allow-env=INIT_CWD",
  "--allow-sys=cpus,loadavg,systemMemoryInfo",
  "--allow-run",
];
const FOLDER = fileURLToPath(new URL("../bench", import.meta.url));
const NAMES = Array.from(Deno.readDirSync(FOLDER), (entry) => entry.name)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, "")).sort();

const BENCH = {
  program: "deno task",
  name: "bench",
  summary: "measure speed, with --python also that of a peer",
  flags: {
    name: required(
      choice(NAMES, { placeholder: "NAME", help: "the benchmark" }),
    ),
  },
  first: "name",
  examples: NAMES.map((name) => `bench ${name}`),
};

async function main(): Promise<number> {
  // Arguments after the name are options of the benchmark.
  const [name, ...options] = Deno.args;
  const request = parseCommandLine(name === undefined ? [] : [name], BENCH);
  if (request.kind === "help") {
    writeText(Deno.stdout, request.text);
    return 0;
  }
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", ...PERMISSIONS, `${FOLDER}/${request.values.name}.ts`],
      ...options,
    ],
  }).spawn().status;
  return code;
}

try {
  Deno.exit(await main());
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  writeText(Deno.stderr, `${error.message}\n`);
  Deno.exit(2);
}
