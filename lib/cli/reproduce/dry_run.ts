import { join } from "node:path";
import { describeDevice, deviceInfo } from "../../engine/device.ts";
import { duration } from "../../duration.ts";
import { estimate } from "../../cost/estimate.ts";
import type { NoiseMeasure, StepCost } from "../../cost/measure_noise.ts";
import type { RunCost } from "../../cost/run_cost.ts";
import type { Profile } from "../../study/profile.ts";
import { profileSpecs } from "../../study/profile_runs.ts";
import { describeSettings, objectiveNumbers } from "../../runs/describe.ts";
import {
  objectiveName,
  runId,
  runOfTeacher,
  type RunSpec,
} from "../../runs/spec.ts";
import { openRun } from "../../runs/open.ts";
import { RUNS_FOLDER } from "../../runs/store.ts";
import { skipDamaged } from "../../files/skip_damaged.ts";
import { damageWarning } from "../terminal/warnings.ts";

/** Bytes that a measured step may take on a CPU. */
const CPU_MEMORY = 2e9;

interface PlannedRun {
  readonly id: string;
  readonly spec: RunSpec;
  readonly cost: RunCost;
  readonly finished: boolean;
}

/**
 * Every run of profiles in the order in which they are trained, with settings
 * and cost, as text. A step of each network is measured on this device, on
 * noise of the right shape; nothing is fetched, trained or written.
 *
 * @param say told what is being measured
 */
export async function dryRun(
  profiles: readonly Profile[],
  { root, say }: { root: string; say: (text: string) => void },
): Promise<string> {
  const measure = await measureOnNoise(say);
  // All are measured ahead of the first line.
  const { runs: costs } = await estimate(
    profiles.flatMap(profileSpecs),
    measure,
  );
  const onDamaged = damageWarning({ say });
  const parts: string[] = [];
  const planned: PlannedRun[] = [];
  for (const profile of profiles) {
    const runs: PlannedRun[] = [];
    for (const spec of profileSpecs(profile)) {
      const id = runId(spec);
      const cost = costs[planned.length + runs.length];
      const folder = join(root, RUNS_FOLDER, id);
      const finished = await skipDamaged(() => openRun(folder), onDamaged);
      runs.push({ id, spec, cost, finished: finished !== undefined });
    }
    parts.push(describeProfile(profile, runs));
    planned.push(...runs);
  }
  const steps = await describeSteps(measure.steps);
  return [...parts, steps, `${total(planned)}\n`].join("");
}

/** Loads TensorFlow only now that something is measured. */
async function measureOnNoise(
  say: (text: string) => void,
): Promise<NoiseMeasure> {
  const { engineInfo } = await import("../../engine/engine.ts");
  const { noiseMeasure } = await import("../../cost/measure_noise.ts");
  return noiseMeasure({
    onMeasure: (name) => say(`Measuring a step of ${name}\n`),
    ...(engineInfo().device === "gpu" ? {} : { memory: CPU_MEMORY }),
  });
}

function describeProfile(
  { name, summary }: Profile,
  runs: readonly PlannedRun[],
): string {
  const lines = [`${name}: ${summary}`];
  for (const [i, { id, spec, cost, finished }] of runs.entries()) {
    lines.push(
      `${String(i + 1).padStart(4)}  ${id}  ${costText(cost)}` +
        (finished ? "  is there" : ""),
      `      ${settingsText(spec, cost)}`,
    );
  }
  return [...lines, `      ${total(runs)}`, ""]
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
    objective.filter((word) => word !== "").join(", "),
    ...teacher?.kind === "run"
      ? [`taught by ${runId(runOfTeacher(teacher))}`]
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
    `${step.multiplyAdds.toExponential(2)} multiply-adds an image, ` +
    `${step.imagesPerSecond.toFixed(1)} images a second in batches of ` +
    `${step.batch}`
  );
  return [`Measured steps on ${describeDevice(device)}:`, ...lines]
    .map((line) => `${line}\n`).join("");
}

function total(runs: readonly PlannedRun[]): string {
  const missing = runs.filter(({ finished }) => !finished);
  const sum = (of: (cost: RunCost) => number) =>
    missing.reduce((sum, { cost }) => sum + of(cost), 0);
  const seconds = sum(({ seconds }) => seconds);
  return `${runs.length} runs, ${missing.length} of them to train: at most ` +
    `${sum(({ multiplyAdds }) => multiplyAdds).toExponential(1)} ` +
    `multiply-adds, ${duration(seconds)}, ` +
    `${megabytes(sum(({ bytes }) => bytes))} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
