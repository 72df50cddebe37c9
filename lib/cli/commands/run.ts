import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import {
  JOB_PLAN,
  type JobPlan,
  type PlannedRun,
} from "../../cluster/job_plan.ts";
import { readJson } from "../../files/read_json.ts";
import { type EnsureOptions, ensureRun } from "../../runs/ensure.ts";
import { openRun } from "../../runs/open.ts";
import { reasonOf } from "../../runs/reason_of.ts";
import { runId } from "../../runs/spec.ts";
import { runsFolder } from "../../runs/store.ts";
import { useThreads } from "../../runs/threads.ts";
import { command, type Context } from "../command.ts";
import { path, required, several, text } from "../flags/flags.ts";
import { loadLogits } from "../inputs/load_logits.ts";
import { withTraining } from "../terminal/with_training.ts";
import { hidingProgress } from "./tune/tune_progress.ts";

/** How the training of a run ended. */
interface Outcome {
  readonly id: string;
  readonly state: "done" | "failed";
  /** Reason of the failure; null if it did not fail. */
  readonly reason: string | null;
}

/** `ils run`: trains runs of a plan, one after the other. */
export const run = command({
  trains: true,
  flags: {
    runs: required(several(text("ID", "ids of the runs to train"))),
    plan: required(path("FILE", "the plan, as written by ils plan")),
  },
  first: "runs",
  examples: ["run RUN --plan results/plans/smoke.json"],
  notes:
    `Trains nothing else: a run fails if its teacher is not finished. A finished
run is not trained again, an interrupted one continues from its checkpoint, and a run
that another process is training is awaited. A failed run does not stop the others; it
makes the exit code 1. With --json, the output has runs: id, state (done or failed)
and reason.`,
  async run({ runs: ids, plan: file }, context) {
    const plan = await readJson(file, JOB_PLAN);
    const runs = plannedRuns(ids, { ...plan, file });
    const options = await inputsOf(plan, runs, context);
    // Before the engine is loaded.
    useThreads(runs[0].spec.training.threads);
    const outcomes = await trainAll(runs, options, context);
    const failed = outcomes.filter(({ state }) => state === "failed");
    const [first] = failed;
    return {
      json: { runs: outcomes },
      text: outcomes.filter(({ state }) => state === "done")
        .map(({ id }) => `${join(runsFolder(), id)}\n`).join(""),
      failure: first &&
        `${failed.length} of ${runs.length} runs failed, first ${first.id}: ` +
          first.reason,
    };
  },
});

/**
 * Returns runs of a plan by id.
 *
 * @throws {BadInput} if the plan does not have one of them, or its id does not
 * match its spec
 */
function plannedRuns(
  ids: readonly string[],
  { runs, file }: Pick<JobPlan, "runs" | "file">,
): PlannedRun[] {
  return ids.map((id) => {
    const run = runs.find((run) => run.id === id);
    if (run === undefined) {
      throw new BadInput(`There is no run ${id} in the plan ${file}`);
    }
    if (runId(run.spec) === id) return run;
    throw new BadInput(
      `${file}: the spec of run ${id} is that of ${runId(run.spec)}`,
    );
  });
}

/**
 * Returns what runs need besides each other.
 *
 * @throws {BadInput} if the teacher's logits are not those of the plan
 */
async function inputsOf(
  { inputs = {} }: JobPlan,
  runs: readonly PlannedRun[],
  context: Context,
): Promise<EnsureOptions> {
  const { teacherLogits: path, noiseFolder } = inputs;
  const noise = noiseFolder === undefined ? {} : { noiseFolder };
  if (path === undefined) return noise;
  const { spec, options } = await loadLogits(path, context, {
    // The plan says which logits they are.
    asLogits: true,
  });
  const other = runs.find(({ spec: { teacher } }) =>
    teacher?.kind === "logits" && teacher.logits !== spec.logits
  );
  if (other === undefined) return { ...noise, ...options };
  throw new BadInput(
    `${path} has changed since the plan was made: run ${other.id} has other ` +
      "logits",
  );
}

async function trainAll(
  runs: readonly PlannedRun[],
  options: EnsureOptions,
  context: Context,
): Promise<Outcome[]> {
  return await withTraining(
    context,
    "run the same command again to continue",
    async ({ display, signal }) => {
      display.begin(runs.length, 1);
      const outcomes: Outcome[] = [];
      for (const { id, spec, after } of runs) {
        signal.throwIfAborted();
        try {
          await checkFinished(id, after);
          const { progress, end } = hidingProgress(display.open(id));
          const { record } = await ensureRun(spec, {
            ...options,
            progress: () => progress,
            signal,
          });
          end(record);
          outcomes.push({ id, state: "done", reason: null });
        } catch (error) {
          if (signal.aborted) throw error;
          outcomes.push({ id, state: "failed", reason: reasonOf(error) });
        }
      }
      return outcomes;
    },
  );
}

/** Throws unless the runs that a run needs are finished. */
async function checkFinished(
  id: string,
  needed: readonly string[],
): Promise<void> {
  for (const other of needed) {
    if (await openRun(join(runsFolder(), other)) !== undefined) continue;
    throw new BadInput(`Run ${id} needs ${other}, which is not finished`);
  }
}
