import { join, resolve } from "node:path";
import { BadInput } from "../../../bad_input.ts";
import type { OwnData } from "../../../data/own/load.ts";
import type { EnsureOptions } from "../../../runs/ensure.ts";
import type { PlanInputs } from "../../../cluster/job_plan.ts";
import { tidyRun } from "../../../runs/folder.ts";
import { runsFolder } from "../../../runs/store.ts";
import { checkLogits } from "../../../runs/teacher.ts";
import { defaultJobs, useThreads } from "../../../runs/threads.ts";
import { checkAnswerFolder, writeAnswer } from "../../../tune/answer_folder.ts";
import { type Estimate, estimate } from "../../../cost/estimate.ts";
import {
  type PlannedRun,
  planTune,
  tuneId,
  type TunePlan,
} from "../../../tune/plan.ts";
import {
  finishedRuns,
  openPlanned,
  type RunState,
  runStates,
} from "../../../tune/run_states.ts";
import { type RunOutcome, trainPlan } from "../../../tune/train_plan.ts";
import { command, type Context } from "../../command.ts";
import { datasetOf } from "../../flags/dataset_flags.ts";
import { isArrayPath } from "../../../files/array_path.ts";
import { resultsRoot } from "../../../files/user_folders.ts";
import { loadData } from "../../inputs/load_data.ts";
import { checkAsLogits } from "../../flags/train_flags.ts";
import { findNoise } from "../../inputs/find_noise.ts";
import { type LoadedLogits, loadLogits } from "../../inputs/load_logits.ts";
import { damageWarning } from "../../terminal/warnings.ts";
import { withTraining } from "../../terminal/with_training.ts";
import { checkOutside } from "../../flags/output_flags.ts";
import { checkSnakemake } from "../../cluster/run_plan.ts";
import { commandsAnswer, dryAnswer, tuneJobs } from "./tune_dry_run.ts";
import { trainOnCluster } from "./tune_on_cluster.ts";
import { tuneFlags, tuneInputs, type TuneValues } from "./tune_flags.ts";
import { costSummary, countRuns, hidingProgress } from "./tune_progress.ts";

/** `ils tune`: chooses hyperparameters of methods on validation data. */
export const tune = command({
  trains: true,
  flags: tuneFlags,
  examples: [
    "tune --dataset fashionmnist --model mlp --dry-run",
    "tune --dataset fashionmnist --model mlp --methods ls,ils --epsilon 0.05,0.1,0.2 --temperature 1,2,4 --seeds 1,2",
    "tune --dataset fashionmnist --model mlp --methods ilsq --p1 0.8,0.9 --p2 1,2 --temperature 2",
    "tune --dataset fashionmnist --model mlp --dry-run --commands",
  ],
  notes:
    `Trains every combination of a method's hyperparameters with every seed, and
chooses for each method the combination with the smallest mean validation log
loss. Only the chosen runs are evaluated on the test set. Each run is an ordinary
run of ils train and is stored as one: existing runs are not trained again, so the
same command continues after an interruption, and processes or machines that share
results/runs divide the work. See docs/tuning.md.

With --json, the output has folder, chosen and runs. For each method, chosen has
numbers (the hyperparameters), seeds, runs, points (combinations tried), atEdge
(hyperparameters at an end of their axis), and the scores validation, test and
scaled (after temperature scaling on validation data), with means and standard
deviations over seeds. For each run, runs has method, numbers, seed, run (its id),
candidate, state (done or failed), reason, validationLogLoss and
validationAccuracy. With --dry-run, the output is a plan as of ils plan: runs (id,
method, numbers, seed, candidate, state: finished, begun or missing, after, command,
spec), jobs, finished, seconds (with atOnce runs at once), secondsFrom and bytes; with
--commands only commands.

A failed run cannot be chosen and makes the exit code 1; the others continue.`,
  async run(values, context) {
    if (values.commands && !values.dryRun) {
      throw new BadInput("--commands needs --dry-run");
    }
    if (values.executor !== "local") checkSnakemake(values.executor);
    const { noise, options: noiseOptions } = await findNoise(values);
    const teacher = await teacherOf(values, context);
    const inputs = tuneInputs(values, { teacher: teacher?.spec, noise });
    const plan = planTune(inputs.map((runs) => runs.map(({ spec }) => spec)));
    const { own } = inputs[0][0].spec.data;
    const folder = await folderOf(plan, { out: values.out, own });
    if (values.commands) return await commandsAnswer(plan, inputs.flat());
    const onDamaged = damageWarning(context);
    const states = await runStates(plan.runs, runsFolder(), onDamaged);
    const missing = states.length - count(states, "finished");
    const most = values.jobs ?? defaultJobs(values.threads);
    const jobs = Math.max(1, Math.min(most, missing));
    // Before the engine is loaded, which measures the cost.
    useThreads(values.threads);
    const cost = await costOf(plan, states, { onDamaged, context });
    context.log(
      summaryOf({ ...cost, seconds: cost.seconds / jobs }, states, values),
    );
    const needed = planInputs(values, noiseOptions);
    const jobOptions = { cost, jobs, args: context.args, inputs: needed };
    if (values.dryRun) return dryAnswer(plan, states, jobOptions);
    const outcomes = values.executor === "local"
      ? await train(plan, {
        cost,
        jobs,
        context,
        onDamaged,
        options: { ...teacher?.options, ...noiseOptions },
      })
      : await trainOnCluster(tuneJobs(plan, states, jobOptions), {
        scheduler: values.executor,
        jobs: values.jobs,
        context,
        onDamaged,
      });
    const { tuneAnswer } = await import("./tune_answer.ts");
    const { answer, files } = await tuneAnswer(plan, outcomes, {
      bins: values.eceBins,
      folder,
      context,
    });
    await writeAnswer(folder, files);
    return answer;
  },
});

/** Returns what jobs need besides the runs of the grid. */
function planInputs(
  { teacher }: TuneValues,
  { noiseFolder }: Pick<EnsureOptions, "noiseFolder">,
): PlanInputs {
  return {
    teacherLogits: teacher && resolve(teacher),
    noiseFolder: noiseFolder && resolve(noiseFolder),
  };
}

async function teacherOf(
  values: TuneValues,
  context: Context,
): Promise<LoadedLogits | undefined> {
  const { teacher: path } = values;
  checkAsLogits(values);
  if (path === undefined) return undefined;
  if (!isArrayPath(path)) {
    throw new BadInput(
      "--teacher must be a file of logits, such as .npy or .csv (without it, " +
        `the ce run of each seed is the teacher): current value is ${path}`,
    );
  }
  const teacher = await loadLogits(path, context, values);
  const { train, classNames } = await loadData(datasetOf(values), context);
  // Each run would check this, but only after runs without a teacher.
  const { logits, source } = teacher.options.teacherLogits;
  const [images, classes] = [train.labels.length, classNames.length];
  checkLogits(logits, { images, classes, source });
  return teacher;
}

/** Returns the folder of the results, after checking that it can be written. */
async function folderOf(
  plan: TunePlan,
  options: Pick<TuneValues, "out"> & { readonly own: OwnData | undefined },
): Promise<string> {
  const folder = options.out ?? join(resultsRoot(), "tune", tuneId(plan));
  for (const out of [folder, runsFolder()]) {
    checkOutside("--out", out, options.own?.folder);
  }
  await checkAnswerFolder(folder);
  return folder;
}

/**
 * Estimates the cost of the runs that are not finished; loads TensorFlow only if
 * there are some.
 */
async function costOf(
  { runs }: TunePlan,
  states: readonly RunState[],
  { onDamaged, context }: {
    readonly onDamaged: (reason: string) => void;
    readonly context: Context;
  },
): Promise<Estimate> {
  const specs = runs.map(({ spec }) => spec);
  const missing = specs.filter((_, i) => states[i] !== "finished");
  // All runs have the same data.
  if (missing.length > 0) await loadData(missing[0].data, context);
  const done = missing.length > 0
    ? await finishedRuns(runsFolder(), onDamaged)
    : [];
  const measure = async () =>
    (await import("../../../cost/measure_data.ts")).DATA_MEASURE;
  return await estimate(missing, {
    sizes: async (spec) => (await measure()).sizes(spec),
    network: async (spec) => (await measure()).network(spec),
    speed: async (spec) => (await measure()).speed(spec),
  }, { finished: done });
}

async function train(
  { runs }: TunePlan,
  { cost, jobs, context, onDamaged, options }: {
    readonly cost: Estimate;
    readonly jobs: number;
    readonly context: Context;
    readonly onDamaged: (reason: string) => void;
    readonly options: EnsureOptions;
  },
): Promise<Map<string, RunOutcome>> {
  const { log } = context;
  const { ensureRun } = await import("../../../runs/ensure.ts");
  const { WorkerPool } = await import("../../../runs/workers/pool.ts");
  await using pool = new WorkerPool({ jobs, writable: [runsFolder()] });
  const again = "run the same command again to continue";
  return await withTraining(context, again, ({ display, signal }) => {
    const trainOne = async ({ id, spec }: PlannedRun) => {
      const { progress, end } = hidingProgress(display.open(id));
      const { record } = await ensureRun(spec, {
        ...options,
        pool,
        progress: () => progress,
        wait: false,
        signal,
      });
      end(record);
      return record;
    };
    return trainPlan(runs, {
      open: (run) => openTidied(run, onDamaged),
      train: trainOne,
      jobs,
      onStart: (missing) =>
        display.begin(missing, jobs, cost.seconds / missing),
      onUntaught: ({ id }, reason) =>
        display.open(id).close({ state: "failed", error: reason }),
      onWait: (runs) =>
        log(`waiting for ${countRuns(runs)} in other processes\n`),
      signal,
    });
  });
}

/** Opens a run, without what a killed process has left behind. */
async function openTidied(
  run: PlannedRun,
  onDamaged: (reason: string) => void,
) {
  const record = await openPlanned(run, runsFolder(), onDamaged);
  if (record !== undefined) await tidyRun(join(runsFolder(), run.id));
  return record;
}

function summaryOf(
  cost: Estimate,
  states: readonly RunState[],
  values: TuneValues,
): string {
  return costSummary(cost, {
    total: states.length,
    finished: count(states, "finished"),
    begun: count(states, "begun"),
    estop: values.estop > 0,
  });
}

function count(states: readonly RunState[], counted: RunState): number {
  return states.filter((state) => state === counted).length;
}
