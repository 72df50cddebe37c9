/**
 * `deno task reproduce`: executes the notebooks of a profile without a browser
 * and writes its tables, figures and pages.
 */
import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { ROOT } from "../../files/project_root.ts";
import { duration } from "../../duration.ts";
import { profileNamed, PROFILES } from "../../study/profiles.ts";
import {
  profileFolder,
  type ProfilePlan,
  removeResults,
  reproduce,
  type ReproduceOptions,
} from "../../reproduce/reproduce.ts";
import { NotebookFailure } from "../../reproduce/run_notebook.ts";
import { parseCommandLine } from "../flags/command_line.ts";
import { flagName } from "../flags/flags.ts";
import { writeText } from "../terminal/write_text.ts";
import { notebookProgress } from "./notebook_progress.ts";
import {
  findMachine,
  planOf,
  PROFILE_GROUPS,
  profilesOf,
} from "./profile_plan.ts";
import { REPRODUCE, type ReproduceValues } from "./reproduce_flags.ts";
import { writePublished } from "./write_published.ts";

const INTERRUPTED = 130;

/** Where text goes: answers, and everything else. */
interface Output {
  /** Standard output: the help, and the plan of `--dry-run`. */
  readonly print: Say;
  /** Standard error. */
  readonly say: Say;
}

/**
 * @returns the exit code: 0 done, 1 a notebook failed, 2 bad usage, 130
 * interrupted
 */
export async function main(
  args: readonly string[],
  output: Output = STANDARD,
): Promise<number> {
  try {
    const request = parseCommandLine(args, REPRODUCE);
    if (request.kind === "run") return await run(request.values, output);
    output.print(request.text);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const bad = error instanceof BadInput;
    output.say(`${bad ? "" : "Failed: "}${error.message}\n`);
    return bad ? 2 : 1;
  }
}

async function run(options: ReproduceValues, output: Output): Promise<number> {
  const { say } = output;
  const names = profilesOf(options.profile);
  if (options.dryRun) {
    const given = (["only", "force", "cellTimeout"] as const)
      .find((key) => options[key]);
    if (!given) return await printPlan(names, output);
    throw new BadInput(
      `--dry-run executes no notebooks: leave out ${flagName(given)}`,
    );
  }
  if (options.force && options.only !== undefined) {
    throw new BadInput(
      "--force starts over with all notebooks: leave out --only",
    );
  }
  for (const name of names) {
    const code = await runOne(await planOf(name, ROOT), options, say);
    if (code !== 0) return code;
  }
  if (PROFILE_GROUPS.has(options.profile)) {
    say(
      `Comparison with published results: ${await writePublished(
        ROOT,
        options.profile,
        say,
      )}\n`,
    );
  }
  return 0;
}

async function printPlan(
  names: readonly string[],
  { print, say }: Output,
): Promise<number> {
  const profiles = names.filter((name) => Object.hasOwn(PROFILES, name));
  if (profiles.length === 0) {
    throw new BadInput(
      `--dry-run plans networks on images: ${names.join(", ")} trains none`,
    );
  }
  const { dryRun } = await import("./dry_run.ts");
  print(await dryRun(profiles.map(profileNamed), { root: ROOT, say }));
  return 0;
}

async function runOne(
  plan: ProfilePlan,
  options: ReproduceValues,
  say: Say,
): Promise<number> {
  const only = options.only?.split(",")
    .map((given) => named(given, plan.notebooks));
  if (options.force) {
    say(
      `Starting over: removing results and trained networks of ${plan.name}\n`,
    );
    await removeResults(plan, ROOT);
  }
  const began = performance.now();
  const code = await execute(plan, {
    only,
    cellTimeout: options.cellTimeout,
    say,
  });
  if (code !== 0) return code;
  const took = duration((performance.now() - began) / 1000);
  const page = join(profileFolder(ROOT, plan.name), "index.html");
  say(`Done in ${took}. Open ${page}\n`);
  return 0;
}

async function execute(
  plan: ProfilePlan,
  { say, ...options }: Pick<ReproduceOptions, "only" | "cellTimeout"> & {
    say: Say;
  },
): Promise<number> {
  const control = new AbortController();
  const stop = () => control.abort();
  for (const name of SIGNALS) Deno.addSignalListener(name, stop);
  const progress = notebookProgress({
    write: say,
    columns: terminalColumns(),
    notebooks: plan.notebooks,
  });
  const { signal } = control;
  const machine = findMachine;
  try {
    await reproduce(plan, {
      ...options,
      root: ROOT,
      machine,
      progress,
      onDamaged: (reason) => say(`${reason}; every notebook is out of date\n`),
      signal,
    });
    return 0;
  } catch (error) {
    if (!(error instanceof NotebookFailure)) throw error;
    progress.stop();
    say(explain(error));
    return error.reason === "cancelled" ? INTERRUPTED : 1;
  } finally {
    progress.stop();
    for (const name of SIGNALS) Deno.removeSignalListener(name, stop);
  }
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

const STANDARD: Output = {
  print: (text) => writeText(Deno.stdout, text),
  say: (text) => writeText(Deno.stderr, text),
};

if (import.meta.main) Deno.exit(await main(Deno.args));
