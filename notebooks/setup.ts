/**
 * Set-up of every notebook: the profile, functions that save results, and
 * helpers that only notebooks need. `plots`, `reports`, `study` and `synthetic`
 * are the library's modules of these names.
 */
import { checkWhole } from "../lib/bad_input.ts";
import type { ConfidentError } from "../lib/calibration/mod.ts";
import type { Dataset } from "../lib/data/mod.ts";
import { duration } from "../lib/duration.ts";
import {
  type Layout,
  type LayoutProgress,
  type Points,
  tsne,
  type TsneOptions,
} from "../lib/embedding/mod.ts";
import { engineInfo } from "../lib/engine/engine.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { settleUserFolders } from "../lib/files/user_folders.ts";
import { pictureAt } from "../lib/plots/mod.ts";
import type { GridImage } from "../lib/plots/image_grid.ts";
import { cellScreen } from "../lib/runs/screens.ts";
import { runsFolder } from "../lib/runs/store.ts";
import { runsDisplay } from "../lib/runs/runs_display.ts";
import {
  type EnsureRunsOptions,
  profileNamed,
  REGIME_STUDIES,
} from "../lib/study/mod.ts";
import {
  SYNTHETIC_STUDIES,
  type SyntheticOptions,
  type SyntheticProgress,
} from "../lib/synthetic/mod.ts";
import {
  kernel,
  settleOutputs,
  stopSignal,
  surviveStop,
  workEnded,
} from "./kernel.ts";
import { display, savers, showText } from "./output.ts";
import { profileName } from "./profile_name.ts";

export { widestSpread } from "../lib/statistics/widest_spread.ts";
export { savers, show } from "./output.ts";
export * as plots from "../lib/plots/mod.ts";
export * as reports from "../lib/reports/mod.ts";
export * as study from "../lib/study/mod.ts";
export * as synthetic from "../lib/synthetic/mod.ts";

if (kernel() !== undefined) {
  surviveStop();
  settleOutputs();
}

const NAME = profileName(Deno.env.get("ILS_PROFILE"));

settleUserFolders();

/** The folder of all runs, from `ILS_RUNS` (that of the results). */
const RUNS = Deno.env.get("ILS_RUNS") || runsFolder(ROOT);

/** Number of runs, or synthetic data sets, at once, from `ILS_JOBS` (cores). */
const JOBS = jobsFrom(Deno.env.get("ILS_JOBS"));

function jobsFrom(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  checkWhole("ILS_JOBS", Number(text), 1);
  return Number(text);
}

/** Profiles of one notebook: 08, which uses `syntheticStudy`, or 09. */
const OF_ONE_NOTEBOOK = ["synthetic", "regimes", "regimes-full"];

/** The profile of the image study, from `ILS_PROFILE` (`quick` if unset). */
export const profile = profileNamed(
  OF_ONE_NOTEBOOK.includes(NAME) ? "quick" : NAME,
);

/** The synthetic study: a small one in the profile `smoke`. */
export const syntheticStudy = NAME === "smoke"
  ? SYNTHETIC_STUDIES.smoke
  : SYNTHETIC_STUDIES.synthetic;

/** The study of regimes of notebook 09: a small one in the profile `smoke`. */
export const regimeStudy = Object.hasOwn(REGIME_STUDIES, NAME)
  ? REGIME_STUDIES[NAME]
  : REGIME_STUDIES.regimes;

export const { saveData, saveFigure, saveTable, saveText } = savers(
  profile.name,
);

/** All that the profile `smoke` states. */
const NOTHING_FOLLOWS = [
  "This is a check on a few images and epochs: nothing follows from its numbers.",
];

/** Returns sentences about the numbers; for `smoke`, that nothing follows. */
export function findings(sentences: readonly string[]): readonly string[] {
  return NAME === "smoke" ? NOTHING_FOLLOWS : sentences;
}

/** Shows sentences about the numbers, as a list; see `findings()`. */
export async function showFindings(sentences: readonly string[]) {
  await showText(findings(sentences));
}

/**
 * Options for training or loading runs, with progress under the cell. Runs are
 * trained in parallel.
 */
export function runOptions(): EnsureRunsOptions {
  const shown = runsDisplay(cellScreen(display()));
  const end = () => {
    workEnded();
    shown.end();
  };
  return {
    root: RUNS,
    jobs: JOBS,
    display: { ...shown, end },
    signal: stopSignal(),
  };
}

/** Options for a part of the synthetic study, with progress under the cell. */
export function syntheticOptions(title: string): SyntheticOptions {
  const show = display();
  return {
    datasets: syntheticStudy.datasets,
    ...(JOBS === undefined ? {} : { workers: JOBS }),
    root: RUNS,
    signal: stopSignal(),
    onDamaged: (reason) => display()(`${reason}; computed again`),
    onProgress: ({ done, total, secondsLeft }: SyntheticProgress) => {
      const left = Number.isNaN(secondsLeft)
        ? ""
        : `, ${duration(secondsLeft)} left`;
      const text = `${title}: ${done} of ${total} data sets${left}`;
      show(done === total ? "" : text);
    },
  };
}

/** Returns one line with the profile and the versions in use. */
export function environmentLine(): string {
  const { tensorflow, tfjs, device, deno } = engineInfo();
  return `profile ${profile.name} · seeds ${profile.seeds.join(", ")} · ` +
    `TensorFlow ${tensorflow} on the ${device.toUpperCase()} through ` +
    `TensorFlow.js ${tfjs} · Deno ${deno}`;
}

/** Returns one line with the study of regimes and the versions in use. */
export function regimesEnvironmentLine(): string {
  const { tensorflow, tfjs, deno } = engineInfo();
  return `${regimeStudy.plans.length} situations (${regimeStudy.name}) · ` +
    `TensorFlow ${tensorflow} through TensorFlow.js ${tfjs} · Deno ${deno}`;
}

/** Returns one line with the synthetic study and the versions in use. */
export function syntheticEnvironmentLine(): string {
  const { tensorflow, tfjs, deno } = engineInfo();
  return `${syntheticStudy.datasets} data sets (${syntheticStudy.name}) · ` +
    `${
      JOBS ?? navigator.hardwareConcurrency
    } processes of one thread · TensorFlow ` +
    `${tensorflow} through TensorFlow.js ${tfjs} · Deno ${deno}`;
}

/** Returns the first `count` training images of each class, with the class name. */
export function samplesByClass(dataset: Dataset, count: number): GridImage[] {
  const { images, labels } = dataset.train;
  return dataset.classNames.flatMap((label, k) =>
    Array.from(labels.keys()).filter((i) => labels[i] === k).slice(0, count)
      .map((i) => ({ ...pictureAt(images, i, dataset), label }))
  );
}

/** Returns the test image of a wrong prediction, with a caption. */
export function describeError(
  { test, classNames, ...shape }: Dataset,
  { row, label, predicted, confidence }: ConfidentError,
): GridImage {
  return {
    ...pictureAt(test.images, row, shape),
    label: `${classNames[predicted]} ${(100 * confidence).toFixed(1)} %, ` +
      `is ${classNames[label]}`,
    right: false,
  };
}

/** Returns the index of the value nearest to a target; the first on ties. */
export function nearest(values: Float64Array, target: number): number {
  return values.reduce(
    (best, value, i) =>
      Math.abs(value - target) < Math.abs(values[best] - target) ? i : best,
    0,
  );
}

/** Returns the positions of the first `count` rows of each class, ascending. */
export function firstOfEachClass(labels: Int32Array, count: number): number[] {
  const seen = new Map<number, number>();
  return Array.from(labels.keys()).filter((i) => {
    const before = seen.get(labels[i]) ?? 0;
    seen.set(labels[i], before + 1);
    return before < count;
  });
}

/** Returns a callback that shows t-SNE's progress under the cell until the end. */
function embeddingProgress(title: string) {
  const show = display();
  return ({ iteration, iterations, klDivergence }: LayoutProgress) => {
    const text = `t-SNE of ${title}  iteration ${iteration}/${iterations}  ` +
      `KL divergence ${klDivergence.toFixed(3)}`;
    show(iteration === iterations ? "" : text);
  };
}

/**
 * Returns each cloud of points with its t-SNE layout, computed in parallel; progress
 * is shown under the cell.
 */
export function layoutEach<
  Cloud extends { readonly title: string; readonly points: Points },
>(clouds: readonly Cloud[], options: TsneOptions): Promise<(Cloud & Layout)[]> {
  return Promise.all(clouds.map(async (cloud) => {
    const onProgress = embeddingProgress(cloud.title);
    const layout = await tsne(cloud.points, {
      ...options,
      onProgress,
      signal: stopSignal(),
    });
    return { ...cloud, ...layout };
  }));
}
