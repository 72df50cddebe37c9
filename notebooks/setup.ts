/** What every notebook starts from: its profile, its runs, its output. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineInfo } from "../lib/engine.ts";
import type { EnsureOptions } from "../lib/experiments/ensure_run.ts";
import type { LayoutProgress } from "../lib/embedding/layout.ts";
import { profileNamed } from "../lib/experiments/profiles.ts";
import type { Mistake } from "../lib/calibration/mistakes.ts";
import type { Dataset } from "../lib/data/image_set.ts";
import type { GridImage } from "../lib/plots/image_grid.ts";
import { pictureAt } from "../lib/plots/png.ts";
import type { Figure } from "../lib/plots/render.ts";
import type { Table } from "../lib/reports/table.ts";
import { jupyterDisplay } from "../lib/jupyter_display.ts";
import { displayProgress } from "../lib/training/progress.ts";
import { writeWhole } from "../lib/write_whole.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The size of the study, from `ILS_PROFILE`; `quick` where it is not set. */
export const profile = profileNamed(Deno.env.get("ILS_PROFILE") ?? "quick");

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
export function whereWeAre(): string {
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
export function describeMistake(
  { test, classNames, ...shape }: Dataset,
  { row, label, predicted, confidence }: Mistake,
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

/** Saves a figure under `results/<profile>/figures` and shows it. */
export async function keepFigure(name: string, figure: Figure) {
  const folder = await resultsFolder("figures");
  await writeWhole(join(folder, `${name}.svg`), figure.svg);
  await show(figure);
}

/** Saves a table under `results/<profile>/tables` in three formats. */
export async function keepTable(name: string, table: Table) {
  const folder = await resultsFolder("tables");
  await writeWhole(join(folder, `${name}.md`), table.markdown());
  await writeWhole(join(folder, `${name}.csv`), table.csv());
  await writeWhole(join(folder, `${name}.json`), table.json());
  await show(table);
}

/**
 * Shows a figure, a table or a line of text under the running cell.
 *
 * A cell's last value would be shown too, but the kernel may call the cell
 * done before it has sent it, and with "Run All" it then stands under the next
 * one. What is awaited here comes in order.
 */
export async function show(value: Figure | Table | string) {
  const bundle = typeof value === "string"
    ? { "text/plain": value }
    : value[jupyterDisplay]();
  await kernel()?.display(bundle, { raw: true });
}

async function resultsFolder(kind: string): Promise<string> {
  const folder = join(ROOT, "results", profile.name, kind);
  await Deno.mkdir(folder, { recursive: true });
  return folder;
}

/**
 * A function that shows text in one display of the running cell, made at the
 * first call and updated in place after it.
 */
export function display(): (text: string) => void {
  const jupyter = kernel();
  if (jupyter === undefined) return () => {};
  let id: string | undefined;
  return (text) => {
    const data = { "text/plain": text };
    const type = id === undefined ? "display_data" : "update_display_data";
    id ??= crypto.randomUUID();
    jupyter.broadcast(type, {
      data,
      metadata: {},
      transient: { display_id: id },
    });
  };
}

/** The part of Deno's kernel that is used here. */
interface Jupyter {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
  display(value: unknown, options: { raw: boolean }): Promise<void>;
}

/** The kernel, or nothing outside of one. */
function kernel(): Jupyter | undefined {
  return (Deno as unknown as { jupyter?: Jupyter }).jupyter;
}
