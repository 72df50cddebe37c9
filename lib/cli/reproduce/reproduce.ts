/**
 * `deno task reproduce`: executes the notebooks of a profile without a browser
 * and writes its tables, figures and pages.
 */
import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { ROOT } from "../../files/project_root.ts";
import { duration } from "../../duration.ts";
import {
  profileFolder,
  type ProfilePlan,
  removeResults,
} from "../../reproduce/reproduce.ts";
import { Interrupted } from "../command.ts";
import { parseCommandLine } from "../flags/command_line.ts";
import { flagName } from "../flags/flag_name.ts";
import { printable } from "../terminal/printable.ts";
import {
  checkResultsWritable,
  settleUserFolders,
} from "../../files/user_folders.ts";
import { writeRemedy } from "../terminal/write_remedy.ts";
import { writeText } from "../../files/write_text.ts";
import { NotebookFailure } from "../../reproduce/run_notebook.ts";
import { exitCodeOf } from "../terminal/stop_signals.ts";
import { terminalColumns } from "../terminal/terminal_columns.ts";
import { execute } from "./execute.ts";
import { explainFailure } from "./explain_failure.ts";
import { measuring } from "./measuring.ts";
import { mayWriteResults, startAgain } from "./permission.ts";
import {
  networkPlans,
  PLANNED_PROFILES,
  planOf,
  PROFILE_GROUPS,
  profilesOf,
} from "./profile_plan.ts";
import { REPRODUCE, type ReproduceValues } from "./reproduce_flags.ts";
import { writePublished } from "./write_published.ts";

/** Where text is written. */
interface Output {
  /** Writes the help or the plan of `--dry-run` to standard output. */
  readonly print: Log;
  /** Writes everything else to standard error. */
  readonly log: Log;
}

/**
 * Runs `deno task reproduce`.
 *
 * @returns the exit code: 0 for success, 1 if a notebook failed, 2 for bad
 * usage, 128 + n if signal n has stopped it
 */
export async function main(
  args: readonly string[],
  output: Output = STANDARD,
): Promise<number> {
  try {
    const request = parseCommandLine(args, REPRODUCE);
    if (request.kind !== "run") {
      output.print(request.text);
      return 0;
    }
    settleUserFolders();
    if (!await mayWriteResults()) return await startAgain(args);
    checkResultsWritable();
    return await run(request.values, output);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof Interrupted) {
      output.log(`${error.message}\n`);
      return exitCodeOf(error.signal);
    }
    const { message } = error;
    const bad = error instanceof BadInput;
    output.log(
      bad ? `${message}\n` : `Failed: ${message}${writeRemedy(message)}\n`,
    );
    return bad ? 2 : 1;
  }
}

async function run(options: ReproduceValues, output: Output): Promise<number> {
  const { log } = output;
  const names = profilesOf(options.profile);
  if (options.dryRun) {
    const unused = (["only", "force", "cellTimeout", "verify"] as const)
      .find((key) => options[key]) ??
      (options.executor === "local" ? undefined : "executor");
    if (!unused) return await printPlan(names, options, output);
    throw new BadInput(
      `--dry-run executes no notebooks: leave out ${flagName(unused)}`,
    );
  }
  if (options.force && options.only !== undefined) {
    throw new BadInput(
      "--force executes all notebooks again: leave out --only",
    );
  }
  if (options.verify && options.only !== undefined) {
    throw new BadInput("--verify compares all notebooks: leave out --only");
  }
  const plans = await Promise.all(names.map((name) => planOf(name, ROOT)));
  if (options.force) {
    for (const plan of plans) {
      log(
        `Starting over: removing results and trained networks of ${plan.name}\n`,
      );
      await removeResults(plan, ROOT);
    }
  }
  if (options.executor !== "local") {
    const { runOnCluster } = await import("./on_cluster.ts");
    const { executor: scheduler, profile } = options;
    const terminal = terminalColumns() !== undefined;
    await runOnCluster(profile, { ...options, scheduler }, { log, terminal });
  }
  for (const plan of plans) {
    const code = await runOne(plan, options, log) ||
      (options.verify ? await compareTwice(plan, options, log) : 0);
    if (code !== 0) return code;
  }
  if (PROFILE_GROUPS.has(options.profile)) {
    log(
      `Comparison with published results: ${await writePublished(
        ROOT,
        options.profile,
        log,
      )}\n`,
    );
  }
  return 0;
}

async function printPlan(
  names: readonly string[],
  { jobs }: ReproduceValues,
  { print, log }: Output,
): Promise<number> {
  const profiles = names.map(plannedProfile)
    .filter(({ plans }) => plans.length > 0);
  if (profiles.length === 0) {
    throw new BadInput(
      `--dry-run lists networks on images: profile ${names.join(", ")} ` +
        `trains none`,
    );
  }
  const { dryRun } = await import("./dry_run.ts");
  print(
    await measuring(() => dryRun(profiles, { root: ROOT, jobs, log })),
  );
  return 0;
}

function plannedProfile(name: string) {
  const summary = PLANNED_PROFILES.get(name)!;
  return { name, summary, plans: networkPlans(name) };
}

/** Logs what a profile of several plans costs, which may be hours. */
async function logCost(
  name: string,
  { jobs, only }: ReproduceValues,
  log: Log,
): Promise<void> {
  const profile = plannedProfile(name);
  if (profile.plans.length < 2 || only !== undefined) return;
  const { costLine } = await import("./dry_run.ts");
  const cost = await measuring(() =>
    costLine(profile, { root: ROOT, jobs, log })
  );
  if (cost !== undefined) log(`${name}: ${cost}\n`);
}

async function runOne(
  plan: ProfilePlan,
  options: ReproduceValues,
  log: Log,
): Promise<number> {
  const only = options.only?.split(",")
    .map((text) => notebookNamed(text, plan.notebooks));
  const startedAt = performance.now();
  await logCost(plan.name, options, log);
  const code = await execute(plan, {
    only,
    cellTimeout: options.cellTimeout,
    // With a cluster, it is the number of jobs there.
    jobs: options.executor === "local" ? options.jobs : undefined,
    log,
  });
  if (code !== 0) return code;
  const seconds = (performance.now() - startedAt) / 1000;
  const page = join(profileFolder(ROOT, plan.name), "index.html");
  log(`Done in ${duration(seconds)}. Open ${page}\n`);
  return 0;
}

async function compareTwice(
  plan: ProfilePlan,
  { jobs }: ReproduceValues,
  log: Log,
): Promise<number> {
  const { verifyAgain } = await import("./verify_again.ts");
  try {
    return await verifyAgain(plan, { jobs, log });
  } catch (error) {
    if (!(error instanceof NotebookFailure)) throw error;
    log(explainFailure(error));
    return 1;
  }
}

function notebookNamed(text: string, notebooks: readonly string[]): string {
  const found = notebooks.find((name) =>
    name === text || name.split("_")[0] === text
  );
  if (found !== undefined) return found;
  const numbers = notebooks.map((name) => name.split("_")[0]).join(", ");
  throw new BadInput(
    `--only must name notebooks among ${numbers}: current value is ${text}`,
  );
}

type Log = (text: string) => void;

const STANDARD: Output = {
  print: (text) => writeText(Deno.stdout, printable(text)),
  log: (text) => writeText(Deno.stderr, printable(text)),
};

if (import.meta.main) Deno.exit(await main(Deno.args));
