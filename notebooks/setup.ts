/** What every notebook starts from: its profile, its runs, its output. */
import { join } from "node:path";
import { engineInfo } from "../lib/engine/engine.ts";
import type { EnsureOptions } from "../lib/runs/ensure.ts";
import type { LayoutProgress } from "../lib/embedding/layout.ts";
import { profileNamed } from "../lib/study/profiles.ts";
import type { ConfidentError } from "../lib/calibration/confident_errors.ts";
import type { Dataset } from "../lib/data/image_set.ts";
import type { GridImage } from "../lib/plots/image_grid.ts";
import { pictureAt } from "../lib/plots/parts/png.ts";
import { displayProgress } from "../lib/training/progress.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { display, savers } from "./output.ts";

export { show, showText } from "./output.ts";

/** The size of the study, from `ILS_PROFILE`; `quick` where it is not set. */
export const profile = profileNamed(Deno.env.get("ILS_PROFILE") ?? "quick");

export const { saveFigure, saveTable, saveText } = savers(profile.name);

/**
 * How a cell finds or trains runs: in the project, its progress shown under
 * the cell.
 */
export function here(): EnsureOptions {
  return {
    root: join(ROOT, "results", "runs"),
    progress: displayProgress(display()),
  };
}

/** One line on where this notebook runs. */
export function environmentLine(): string {
  const { tensorflow, tfjs, device, deno } = engineInfo();
  return `profile ${profile.name} · seeds ${profile.seeds.join(", ")} · ` +
    `TensorFlow ${tensorflow} on the ${device.toUpperCase()} through ` +
    `TensorFlow.js ${tfjs} · Deno ${deno}`;
}

/** The first training images of each class, with their names. */
export function samplesByClass(dataset: Dataset, count: number): GridImage[] {
  const { images, labels } = dataset.train;
  return dataset.classNames.flatMap((label, k) =>
    Array.from(labels.keys()).filter((i) => labels[i] === k).slice(0, count)
      .map((i) => ({ ...pictureAt(images, i, dataset), label }))
  );
}

/** A wrong answer as a picture of the test set and a line of text. */
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

/** Index of the value that is nearest to a target; the first among equals. */
export function nearest(values: Float64Array, target: number): number {
  return values.reduce(
    (best, value, i) =>
      Math.abs(value - target) < Math.abs(values[best] - target) ? i : best,
    0,
  );
}

/** Where the smallest value of a grid stands. */
export function smallestCell(values: readonly (readonly number[])[]) {
  const cells = values.flatMap((line, row) =>
    line.map((value, column) => ({ row, column, value }))
  );
  const { row, column } = cells.reduce((a, b) => b.value < a.value ? b : a);
  return { row, column };
}

/** Ascending positions of the first so many rows of each class. */
export function firstOfEachClass(labels: Int32Array, count: number): number[] {
  const seen = new Map<number, number>();
  return Array.from(labels.keys()).filter((i) => {
    const before = seen.get(labels[i]) ?? 0;
    seen.set(labels[i], before + 1);
    return before < count;
  });
}

/** Shows how far t-SNE is, in one display. */
export function embeddingProgress(title: string) {
  const show = display();
  return ({ iteration, iterations, klDivergence }: LayoutProgress) =>
    show(
      `t-SNE of ${title}  iteration ${iteration}/${iterations}  ` +
        `KL divergence ${klDivergence.toFixed(3)}`,
    );
}
