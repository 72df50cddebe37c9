import { describeDevice, deviceInfo } from "../../engine/device.ts";
import { duration } from "../../duration.ts";
import { estimate } from "../../cost/estimate.ts";
import type { NoiseMeasure, StepCost } from "../../cost/measure_noise.ts";
import type { RunCost } from "../../cost/run_cost.ts";
import { describeSettings, objectiveNumbers } from "../../runs/describe.ts";
import {
  objectiveName,
  runId,
  runOfTeacher,
  type RunSpec,
} from "../../runs/spec.ts";
import { jobsFor } from "../../runs/ensure_runs.ts";
import { useThreads } from "../../runs/threads.ts";
import {
  type ListedRun,
  listRuns,
  type PlannedProfile,
  type RunList,
} from "./list_runs.ts";
import { measureOnNoise } from "./measure_on_noise.ts";

interface PlannedRun extends ListedRun {
  readonly cost: RunCost;
}

/**
 * Returns as text every run of profiles, in training order, with its settings
 * and cost. One step of each network is measured on this device, on noise of the
 * right shape; nothing is downloaded, trained or written.
 *
 * @param log called with lines that name what is being measured
 */
export async function dryRun(
  profiles: readonly PlannedProfile[],
  { root, jobs, log }: {
    readonly root: string;
    /** Number of runs at once. */
    readonly jobs?: number | undefined;
    readonly log: (text: string) => void;
  },
): Promise<string> {
  // Before the engine is loaded.
  useThreads(profiles[0].plans[0].training.threads);
  const measure = await measureOnNoise(log);
  const lists = await Promise.all(
    profiles.map((profile) => listStandIns(profile, root, log)),
  );
  const parts: string[] = [];
  const planned: PlannedRun[] = [];
  for (const list of lists) {
    const runs = await withCosts(list.runs, measure);
    parts.push(describeProfile(list, runs, jobs));
    planned.push(...runs);
  }
  const steps = await describeSteps(measure.steps);
  return [...parts, steps, `${total(planned, jobs)}\n`].join("");
}

/**
 * Returns in one line what the missing runs of a profile cost, measured as by
 * `dryRun()`; undefined if none is missing.
 */
export async function costLine(
  profile: PlannedProfile,
  { root, jobs, log }: Parameters<typeof dryRun>[1],
): Promise<string | undefined> {
  const { runs } = await listStandIns(profile, root, log);
  if (runs.every(({ finished }) => finished)) return undefined;
  useThreads(profile.plans[0].training.threads);
  const measure = await measureOnNoise(() => {});
  return total(await withCosts(runs, measure), jobs);
}

/** Lists a profile's runs: the chosen ones, or those that stand for them. */
function listStandIns(
  profile: PlannedProfile,
  root: string,
  log: (text: string) => void,
): Promise<RunList> {
  return listRuns(profile, { root, untuned: "first candidates", log });
}

/** Adds the estimated cost of each run. */
async function withCosts(
  runs: RunList["runs"],
  measure: NoiseMeasure,
): Promise<PlannedRun[]> {
  const { runs: costs } = await estimate(runs.map(({ spec }) => spec), measure);
  return runs.map((run, i) => ({ ...run, cost: costs[i] }));
}

function describeProfile(
  { name, summary, tuned }: RunList,
  runs: readonly PlannedRun[],
  jobs: number | undefined,
): string {
  const lines = [
    `${name}: ${summary}`,
    ...tuned ? [] : [
      "      Tuning comes first; of each tuned method, the first candidate is " +
      "listed for the chosen one",
    ],
  ];
  for (const [i, { id, spec, cost, finished }] of runs.entries()) {
    lines.push(
      `${String(i + 1).padStart(4)}  ${id}  ${costText(cost)}` +
        (finished ? "  finished" : ""),
      `      ${settingsText(spec, cost)}`,
    );
  }
  return [...lines, `      ${total(runs, jobs)}`, ""]
    .map((line) => `${line}\n`).join("");
}

function costText({ multiplyAdds, seconds, bytes }: RunCost): string {
  return `${multiplyAdds.toExponential(1)} multiply-adds, ` +
    `${duration(seconds)}, ${megabytes(bytes)} MB`;
}

function settingsText(spec: RunSpec, { images }: RunCost) {
  const { teacher } = spec;
  const objective = [objectiveName(spec), objectiveNumbers(spec)];
  return [
    objective.filter((part) => part !== "").join(", "),
    ...teacher?.kind === "run"
      ? [`teacher ${runId(runOfTeacher(teacher))}`]
      : [],
    describeSettings({ spec, trainImages: images }),
  ].join("; ");
}

async function describeSteps(
  steps: ReadonlyMap<string, StepCost>,
): Promise<string> {
  const { engineInfo } = await import("../../engine/engine.ts");
  const device = deviceInfo(engineInfo().device);
  const lines = [...steps].map(([name, step]) =>
    `  ${name}: ${step.parameters.toLocaleString("en")} parameters, ` +
    `${step.multiplyAdds.toExponential(2)} multiply-adds per image, ` +
    `${step.imagesPerSecond.toFixed(1)} images/s in batches of ${step.batch}`
  );
  return [`Measured steps on ${describeDevice(device)}:`, ...lines]
    .map((line) => `${line}\n`).join("");
}

/** The cost of all runs, with `given` runs at once or the default number. */
function total(
  runs: readonly PlannedRun[],
  given: number | undefined,
): string {
  const missing = runs.filter(({ finished }) => !finished);
  const sum = (of: (cost: RunCost) => number) =>
    missing.reduce((sum, { cost }) => sum + of(cost), 0);
  const jobs = given ?? jobsFor(missing.map(({ spec }) => spec));
  const seconds = sum(({ seconds }) => seconds) / jobs;
  return `${runs.length} runs, ${missing.length} to train: at most ` +
    `${sum(({ multiplyAdds }) => multiplyAdds).toExponential(1)} ` +
    `multiply-adds, ${duration(seconds)}, ` +
    `${megabytes(sum(({ bytes }) => bytes))} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
