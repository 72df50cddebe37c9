/**
 * Installs everything that the project needs, skipping parts that are up to date. It
 * runs before any npm package is installed and therefore imports none.
 *
 *   deno task setup [--cuda | --cpu] [--cluster] [--quiet]
 *
 * `--cuda` installs the CUDA build of TensorFlow, `--cpu` the CPU build; later calls
 * keep the installed one. `--cluster` also installs Snakemake. `--quiet` prints nothing if there is nothing to do. Exit
 * code: 0 for success, 2 for invalid flags or a wrong `ILS_DATA_DIR`, 1 for other errors.
 */
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { denoWarning, platformProblem } from "../../lib/engine/platform.ts";
import { binding } from "./binding.ts";
import { clusterEnvironment } from "./cluster_environment.ts";
import { deniedError } from "./denied.ts";
import { dataSet } from "./data_set.ts";
import { parseSetupFlags, UsageError } from "./flags.ts";
import { gitFilter } from "./git_filter.ts";
import { kernel } from "./kernel.ts";
import { labSettings } from "./lab_settings.ts";
import { npmPackages } from "./npm_packages.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { writeText } from "../../lib/files/write_text.ts";
import { installedVariant, pythonEnvironment } from "./python_environment.ts";
import { type Missing, SetupError, type Step } from "./step.ts";

const HELP = `Usage: deno task setup [--cuda | --cpu] [--cluster]

Installs everything that the project needs and skips what is up to date.

  --cuda     install the CUDA build of TensorFlow
  --cpu      install the CPU build of TensorFlow
  --cluster  also install Snakemake, with which reproduce and ils tune use a cluster
  --quiet    print nothing if there is nothing to do
`;

async function setUp(args: readonly string[]): Promise<void> {
  const { help, quiet, variant, cluster } = parseSetupFlags(args);
  if (help) {
    await Deno.stdout.write(new TextEncoder().encode(HELP));
    return;
  }
  const steps = [
    npmPackages,
    pythonEnvironment(variant ?? await installedVariant() ?? "cpu"),
    binding,
    kernel,
    labSettings,
    gitFilter,
    dataSet,
    ...cluster ? [clusterEnvironment] : [],
  ];
  if (await isAllDone(steps)) {
    if (!quiet) say("Everything is set up");
    return;
  }
  checkPlatform();
  const started = performance.now();
  // Concurrent calls would write to the same folders.
  using lock = await Deno.open(join(ROOT, "data", ".set-up-lock"), {
    create: true,
    write: true,
  });
  await lock.lock(true);
  await checkNeeds(await missingOf(steps));
  for (const step of steps) {
    if (await step.isDone()) continue;
    say(step.title);
    await step.run();
  }
  const seconds = (performance.now() - started) / 1000;
  say(`Everything is set up, in ${seconds.toFixed(0)} s`);
}

async function isAllDone(steps: readonly Step[]): Promise<boolean> {
  return (await missingOf(steps)).length === 0;
}

async function missingOf(steps: readonly Step[]): Promise<Step[]> {
  const done = await Promise.all(steps.map((step) => step.isDone()));
  return steps.filter((_, i) => !done[i]);
}

function checkPlatform() {
  const problem = platformProblem(Deno.build);
  if (problem !== undefined) throw new SetupError(`Cannot set up: ${problem}`);
  const warning = denoWarning(Deno.version.deno);
  if (warning !== undefined) say(`Warning: ${warning}`);
}

/** Throws an error that lists all missing prerequisites. */
async function checkNeeds(steps: readonly Step[]): Promise<void> {
  const needs = new Set(steps.flatMap((step) => step.needs));
  const missing: Missing[] = [];
  for (const need of needs) {
    const found = await need();
    if (found !== undefined) missing.push(found);
  }
  if (missing.length === 0) return;
  const packages = missing.flatMap(({ debianPackage }) => debianPackage ?? []);
  const advice = packages.length === 0
    ? ""
    : `; on Debian: apt-get install ${packages.join(" ")}`;
  throw new SetupError(
    `Cannot set up, missing: ${
      missing.map(({ what }) => what).join(", ")
    }${advice}`,
  );
}

function say(line: string) {
  writeText(Deno.stderr, `${line}\n`);
}

try {
  await setUp(Deno.args);
} catch (caught) {
  const error = deniedError(caught) ?? caught;
  const usage = error instanceof UsageError || error instanceof BadInput;
  if (!usage && !(error instanceof SetupError)) throw error;
  say(error.message);
  Deno.exit(usage ? 2 : 1);
}
