import type { Points } from "../../../matrix_kinds.ts";
import { command } from "../../command.ts";
import {
  choice,
  number,
  optional,
  path,
  required,
  several,
  text,
  whole,
  withDefault,
} from "../../flags/flags.ts";
import {
  checkDistinct,
  checkNotInput,
  outputFile,
} from "../../flags/output_flags.ts";
import { labelFlags } from "../../inputs/score_flags.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";
import { chosenRows } from "./chosen_rows.ts";
import { embedReporter } from "./embed_reporter.ts";
import { FEATURES, openPoints, type PointSource } from "./point_source.ts";

const flags = {
  run: optional(path("RUN", "folder or id of a run: embed its test images")),
  features: optional(
    choice(FEATURES, {
      placeholder: "NAME",
      help: "with --run: what to embed of each image (default: logits)",
    }),
  ),
  input: optional(
    path(
      "X",
      "points (rows, columns) or (rows,), instead of --run: .npy, .npz, " +
        ".safetensors, .parquet, .csv, .tsv; FILE:KEY chooses an array or columns",
    ),
  ),
  labels: optional(
    path("Y", "with --input: class of each point, in such a file"),
  ),
  ...labelFlags,
  classes: optional(
    several(
      text("K", "embed only the points of these classes, by number or name"),
    ),
  ),
  perplexity: withDefault(
    30,
    number(
      { low: 2, high: Infinity, highOpen: true },
      "effective number of neighbours, at most a third of the points",
    ),
  ),
  iterations: withDefault(
    1000,
    whole(250, "number of gradient descent steps, at least 250"),
  ),
  seed: withDefault(
    1,
    whole(0, "seed of the jitter added to the initial layout"),
  ),
  out: required(
    outputFile("E.npy", "file for the float64 coordinates (rows, 2)", ".npy"),
  ),
  figure: optional(
    outputFile("F.svg", "also draw the points, coloured by class", ".svg"),
  ),
};

/** The points to embed and their names. */
interface Subject extends Pick<PointSource, "labels" | "classNames"> {
  readonly points: Points;
}

/** Neighbours for trustworthiness and purity, if there are enough points. */
const NEIGHBOURS = 10;

/** `ils embed`: t-SNE of a run's logits or features, or of points from a file. */
export const embed = command({
  flags,
  first: "run",
  examples: [
    "embed RUN --classes 0,2,6 --out E.npy --figure F.svg",
    "embed RUN --features penultimate --out E.npy",
    "embed --input X.npy --labels Y.npy --perplexity 50 --seed 2 --out E.npy",
  ],
  notes:
    `The rows of E.npy are in the order of the points; with --classes, points of
other classes are left out. Penultimate features are the input of the network's
last layer; they are computed from the images, so the data set is needed.`,
  async run(values, context) {
    const { perplexity, iterations, seed, out, figure } = values;
    checkDistinct({ "--out": out, "--figure": figure });
    const source = await openPoints(values, context);
    for (const [flag, path] of Object.entries({ out, figure })) {
      if (path) checkNotInput(`--${flag}`, path, source.files);
    }
    const subject = await readSubject(source, values.classes);
    const { points } = subject;
    const { tsne } = await import("../../../embedding/tsne.ts");
    const reporter = embedReporter(context, points);
    const start = performance.now();
    const { embedding, klDivergence } = await tsne(points, {
      perplexity,
      iterations,
      seed,
      ...reporter,
    });
    const seconds = (performance.now() - start) / 1000;
    reporter.onMeasure();
    const quality = await measure(subject, embedding);
    const svg = figure === undefined ? "" : await draw(subject, embedding);
    const { writeNpy } = await import("../../../files/npy.ts");
    const { writeFileAtomic } = await import(
      "../../../files/write_file_atomic.ts"
    );
    await writeNpy(out, { data: embedding.data, shape: [points.rows, 2] });
    if (figure !== undefined) await writeFileAtomic(figure, svg);
    const n = points.rows;
    const { remarks } = source;
    const features = source.features ?? null;
    const settings = { features, perplexity, iterations, seed };
    return {
      json: { out, n, ...settings, klDivergence, ...quality, seconds, remarks },
      text: `${out}: ${n} points, KL divergence ${klDivergence.toFixed(4)}, ` +
        `trustworthiness ${quality.trustworthiness.toFixed(4)} ` +
        `(${quality.neighbours} neighbours), ${seconds.toFixed(1)} s\n` +
        remarkLines(remarks),
    };
  },
});

/** Reads the points of some classes, by default all points. */
async function readSubject(
  source: PointSource,
  classes: readonly string[] | undefined,
): Promise<Subject> {
  const { labels, classNames } = source;
  const rows = chosenRows(classes, source);
  const points = await source.read(rows);
  if (labels === undefined || rows === undefined) {
    return { points, labels, classNames };
  }
  return {
    points,
    labels: Int32Array.from(rows, (i) => labels[i]),
    classNames,
  };
}

/** Returns trustworthiness and, with labels, neighbour purity. */
async function measure({ points, labels }: Subject, embedding: Points) {
  const neighbours = Math.min(NEIGHBOURS, Math.ceil(points.rows / 2) - 1);
  const { trustworthiness } = await import(
    "../../../embedding/trustworthiness.ts"
  );
  const scores = {
    trustworthiness: trustworthiness(points, embedding, neighbours),
    neighbours,
  };
  if (labels === undefined) return scores;
  const { neighbourPurity } = await import(
    "../../../embedding/neighbour_purity.ts"
  );
  return {
    ...scores,
    neighbourPurity: neighbourPurity(embedding, labels, neighbours),
  };
}

async function draw(subject: Subject, embedding: Points): Promise<string> {
  const { embeddingScatter } = await import(
    "../../../plots/embedding_scatter.ts"
  );
  const labels = subject.labels ?? new Int32Array(embedding.rows);
  const last = labels.reduce((a, b) => Math.max(a, b));
  const defaultNames = subject.labels === undefined
    ? [`${embedding.rows} points`]
    : Array.from({ length: last + 1 }, (_, k) => `class ${k}`);
  const classNames = subject.classNames ?? defaultNames;
  return embeddingScatter(embedding, labels, { classNames }).svg;
}
