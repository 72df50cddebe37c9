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
import { parseFlags } from "../flags/args.ts";
import {
  byDefault,
  choice,
  flagName,
  optional,
  text,
  toggle,
  type Values,
  whole,
} from "../flags/flags.ts";
import { notebookProgress } from "./notebook_progress.ts";
import {
  findMachine,
  PLANNED_PROFILES,
  planOf,
  PROFILE_GROUPS,
  profilesOf,
} from "./profile_plan.ts";
import { writePublished } from "./write_published.ts";

const INTERRUPTED = 130;

const GROUPS = [...PROFILE_GROUPS].map(([name, members]) =>
  [name, `${members.join(", ")}, one after the other`] as const
);

const HELP = `Usage: deno task reproduce [options]

Executes the notebooks of a profile that are not up to date, in order, and
writes results/<profile>/: tables, figures, rendered notebooks, index.html.

Options:
  --profile NAME       which study (quick)
${
  [...PLANNED_PROFILES, ...GROUPS].map(([name, summary]) =>
    `                         ${name}: ${summary}`
  ).join("\n")
}
  --only NN[,NN]       run these notebooks alone, up to date or not
  --force              remove the profile's results and trained networks first
  --dry-run            print every run with settings, cost and order, no more
  --cell-timeout S     longest time of one cell in seconds (unlimited)
  --help               this text

Examples:
  deno task reproduce
  deno task reproduce --profile smoke
  deno task reproduce --only 04,05
  deno task reproduce --profile paper --dry-run
`;

const FLAGS = {
  profile: byDefault(
    "quick",
    choice([...PLANNED_PROFILES.keys(), ...PROFILE_GROUPS.keys()], {
      placeholder: "NAME",
      help: "which study",
    }),
  ),
  only: optional(text("NN[,NN]", "run these notebooks alone")),
  force: toggle("start over"),
  dryRun: toggle("print every run, no more"),
  cellTimeout: optional(whole(1, "longest time of one cell in seconds")),
  help: toggle("this text"),
};

type Options = Values<typeof FLAGS>;

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
    const options = parseFlags(args, FLAGS);
    if (!options.help) return await run(options, say);
    say(HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const bad = error instanceof BadInput;
    say(`${bad ? "" : "Failed: "}${error.message}\n`);
    return bad ? 2 : 1;
  }
}

async function run(options: Options, say: Say): Promise<number> {
  const names = profilesOf(options.profile);
  if (options.dryRun) {
    const given = (["only", "force", "cellTimeout"] as const)
      .find((key) => options[key]);
    if (!given) return await printPlan(names, say);
    throw new BadInput(
      `--dry-run executes no notebook: give no ${flagName(given)}`,
    );
  }
  if (options.force && options.only !== undefined) {
    throw new BadInput(
      "--force starts over with all notebooks: give no --only",
    );
  }
  for (const name of names) {
    const code = await runOne(await planOf(name, ROOT), options, say);
    if (code !== 0) return code;
  }
  if (PROFILE_GROUPS.has(options.profile)) {
    say(
      `Beside the published: ${await writePublished(ROOT, options.profile)}\n`,
    );
  }
  return 0;
}

async function printPlan(
  names: readonly string[],
  say: Say,
): Promise<number> {
  const profiles = names.filter((name) => Object.hasOwn(PROFILES, name));
  if (profiles.length === 0) {
    throw new BadInput(
      `--dry-run plans networks on images: ${names.join(", ")} trains none`,
    );
  }
  const { dryRun } = await import("./dry_run.ts");
  const text = await dryRun(profiles.map(profileNamed), { root: ROOT, say });
  await Deno.stdout.write(new TextEncoder().encode(text));
  return 0;
}

async function runOne(
  plan: ProfilePlan,
  options: Options,
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

function toStandardError(text: string) {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
