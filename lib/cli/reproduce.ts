/**
 * `deno task reproduce`: executes the notebooks of a profile without a browser
 * and writes its tables, figures and pages.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BadInput } from "../bad_input.ts";
import { duration } from "../duration.ts";
import { PROFILES } from "../experiments/profiles.ts";
import { profileFolder, reproduce, startOver } from "../reports/reproduce.ts";
import { NotebookFailure } from "../reports/run_notebook.ts";
import { notebookProgress } from "./notebook_progress.ts";
import { findMachine, planOf } from "./profile_plan.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const INTERRUPTED = 130;

const HELP = `Usage: deno task reproduce [options]

Executes the notebooks of a profile that are not up to date, in order, and
writes results/<profile>/: tables, figures, rendered notebooks, index.html.

Options:
  --profile NAME       which study (quick)
${
  Object.values(PROFILES).map(({ name, summary }) =>
    `                         ${name}: ${summary}`
  ).join("\n")
}
  --only NN[,NN]       run these notebooks alone, up to date or not
  --force              remove the profile's results and trained networks first
  --cell-timeout S     longest time of one cell in seconds (unlimited)
  --help               this text

Examples:
  deno task reproduce
  deno task reproduce --profile smoke
  deno task reproduce --only 04,05
`;

interface Options {
  readonly profile: string;
  readonly only: string[] | undefined;
  readonly force: boolean;
  readonly cellTimeout: number | undefined;
  readonly help: boolean;
}

/**
 * @param say where all text goes; standard error
 * @returns the exit code: 0 done, 1 a notebook failed, 2 bad usage, 130
 * interrupted
 */
export async function main(
  args: readonly string[],
  say: Say = toStandardError,
): Promise<number> {
  try {
    const options = parse(args);
    if (!options.help) return await run(options, say);
    say(HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    say(`${error.message}\n`);
    return 2;
  }
}

function parse(args: readonly string[]): Options {
  const dashed = args.map((arg) =>
    arg.startsWith("--")
      ? arg.replace(/^[^=]+/, (flag) => flag.replaceAll("_", "-"))
      : arg
  );
  let values;
  try {
    ({ values } = parseArgs({
      args: dashed,
      options: {
        profile: { type: "string", default: "quick" },
        only: { type: "string" },
        force: { type: "boolean", default: false },
        "cell-timeout": { type: "string" },
        help: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw new BadInput((error as Error).message.split(". ")[0]);
  }
  const { profile, only, force, help } = values;
  if (force && only !== undefined) {
    throw new BadInput(
      "--force starts over with all notebooks: give no --only",
    );
  }
  const cellTimeout = seconds(values["cell-timeout"]);
  return { profile, only: only?.split(","), force, cellTimeout, help };
}

function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new BadInput(
    `--cell-timeout must be a whole number of seconds of at least 1: ` +
      `current value is ${text}`,
  );
}

async function run(options: Options, say: Say): Promise<number> {
  const plan = await planOf(options.profile, ROOT);
  const only = options.only?.map((given) => named(given, plan.notebooks));
  if (options.force) {
    say(
      `Starting over: removing results and trained networks of ${plan.name}\n`,
    );
    await startOver(plan, ROOT);
  }
  const began = performance.now();
  const control = new AbortController();
  const stop = () => control.abort();
  for (const name of SIGNALS) Deno.addSignalListener(name, stop);
  const progress = notebookProgress({
    write: say,
    columns: terminalColumns(),
    notebooks: plan.notebooks,
  });
  try {
    await reproduce(plan, {
      root: ROOT,
      machine: findMachine,
      progress,
      only,
      cellTimeout: options.cellTimeout,
      signal: control.signal,
    });
  } catch (error) {
    if (!(error instanceof NotebookFailure)) throw error;
    progress.stop();
    say(explain(error));
    return error.reason === "cancelled" ? INTERRUPTED : 1;
  } finally {
    progress.stop();
    for (const name of SIGNALS) Deno.removeSignalListener(name, stop);
  }
  const took = duration((performance.now() - began) / 1000);
  const page = join(profileFolder(ROOT, plan.name), "index.html");
  say(`Done in ${took}. Open ${page}\n`);
  return 0;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function named(given: string, notebooks: readonly string[]): string {
  const found = notebooks.find((name) =>
    name === given || name.split("_")[0] === given
  );
  if (found !== undefined) return found;
  const numbers = notebooks.map((name) => name.split("_")[0]).join(", ");
  throw new BadInput(
    `--only must name notebooks among ${numbers}: current value is ${given}`,
  );
}

/** A failure in a few lines: where, the cell's first line, what it said. */
function explain(failure: NotebookFailure): string {
  const { notebook, place, reason, cell, line, detail } = failure;
  if (reason === "cancelled") {
    return `${notebook} interrupted ${place}; what was finished is kept\n`;
  }
  const source = cell === 0 ? "" : `    ${line}\n`;
  const words = detail.split("\n").map((text) => `  ${text}\n`).join("");
  return `${notebook} failed ${place}\n${source}${words}`;
}

function terminalColumns(): number | undefined {
  if (!Deno.stderr.isTerminal() || Deno.env.has("CI")) return undefined;
  return Deno.consoleSize().columns;
}

type Say = (text: string) => void;

function toStandardError(text: string) {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
