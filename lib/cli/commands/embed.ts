import { BadInput } from "../../bad_input.ts";
import type { LayoutProgress } from "../../embedding/layout.ts";
import { takeRows } from "../../matrix.ts";
import { asPoints, type Points } from "../../matrix_kinds.ts";
import { command, type Context } from "../command.ts";
import {
  number,
  numbers,
  optional,
  path,
  required,
  type Values,
  whole,
  withDefault,
} from "../flags/flags.ts";
import {
  checkDistinct,
  checkNotInput,
  outputFile,
} from "../flags/output_flags.ts";

/** Limit on classes, which bounds the size of a figure's legend. */
const MAX_CLASSES = 65_536;

const flags = {
  run: optional(path("RUN", "folder or id of a run: embed its test logits")),
  input: optional(
    path(
      "X.npy",
      "points (rows, columns) or (rows,), instead of --run; also A.npz or " +
        "A.npz:KEY",
    ),
  ),
  labels: optional(
    path("Y.npy", "with --input: class of each point (rows,)"),
  ),
  classes: optional(
    numbers(
      { low: 0, high: MAX_CLASSES - 1 },
      "embed only the points of these classes",
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
    outputFile("E.npy", "file for the float64 coordinates (rows, 2)"),
  ),
  figure: optional(
    outputFile("F.svg", "also draw the points, coloured by class", ".svg"),
  ),
};

/** The points to embed; without labels they form one unnamed class. */
interface Subject {
  readonly points: Points;
  readonly labels: Int32Array | undefined;
  readonly classNames: readonly string[] | undefined;
  /** Input files, which must not be overwritten. */
  readonly files: readonly (string | undefined)[];
}

/** Neighbours for trustworthiness and purity, if there are enough points. */
const NEIGHBOURS = 10;

/** `ils embed`: t-SNE of a run's logits or of points from a file. */
export const embed = command({
  flags,
  examples: [
    "embed --run RUN --classes 0,2,6 --out E.npy --figure F.svg",
    "embed --input X.npy --labels Y.npy --perplexity 50 --seed 2 --out E.npy",
  ],
  notes:
    `The rows of E.npy are in the order of the points; with --classes, points of
other classes are left out.`,
  async run(values, context) {
    const { perplexity, iterations, seed, out, figure } = values;
    checkDistinct({ "--out": out, "--figure": figure });
    const allPoints = await read(values);
    for (const [flag, path] of Object.entries({ out, figure })) {
      if (path) checkNotInput(`--${flag}`, path, allPoints.files);
    }
    const subject = selectClasses(allPoints, values.classes);
    const { points } = subject;
    const { tsne } = await import("../../embedding/tsne.ts");
    const start = performance.now();
    const { embedding, klDivergence } = await tsne(points, {
      perplexity,
      iterations,
      seed,
      onProgress: progressLine(context),
    });
    const seconds = (performance.now() - start) / 1000;
    const quality = await measure(subject, embedding);
    const svg = figure === undefined ? "" : await draw(subject, embedding);
    const { writeNpy } = await import("../../files/npy.ts");
    const { writeFileAtomic } = await import(
      "../../files/write_file_atomic.ts"
    );
    await writeNpy(out, { data: embedding.data, shape: [points.rows, 2] });
    if (figure !== undefined) await writeFileAtomic(figure, svg);
    const n = points.rows;
    const settings = { perplexity, iterations, seed };
    return {
      json: { out, n, ...settings, klDivergence, ...quality, seconds },
      text: `${out}: ${n} points, KL divergence ${klDivergence.toFixed(4)}, ` +
        `trustworthiness ${quality.trustworthiness.toFixed(4)} ` +
        `(${quality.neighbours} neighbours), ${seconds.toFixed(1)} s\n`,
    };
  },
});

async function read(values: Values<typeof flags>): Promise<Subject> {
  const { run: name, input, labels: labelsPath } = values;
  if (name === undefined && input === undefined) {
    throw new BadInput("--run RUN or --input X.npy is required");
  }
  if (name !== undefined && input !== undefined) {
    throw new BadInput("--run and --input exclude each other");
  }
  if (input !== undefined) return await readFiles(input, labelsPath);
  if (labelsPath !== undefined) {
    throw new BadInput("--run has its own labels: leave out --labels");
  }
  const { findRun } = await import("../../runs/open.ts");
  const { readRunLabels, readRunLogits, runFiles } = await import(
    "../../runs/store.ts"
  );
  const run = await findRun(name!);
  return {
    points: asPoints(await readRunLogits(run, "test")),
    labels: await readRunLabels(run, "test"),
    classNames: run.record.classNames,
    files: runFiles(run),
  };
}

async function readFiles(
  input: string,
  labelsPath: string | undefined,
): Promise<Subject> {
  const { readLabels } = await import("../../files/npy.ts");
  const { readPoints } = await import("../../files/read_points.ts");
  const points = await readPoints(input);
  const labels = labelsPath === undefined
    ? undefined
    : await readLabels(labelsPath, { classes: MAX_CLASSES });
  if (labels !== undefined && labels.length !== points.rows) {
    throw new BadInput(
      `Cannot embed points: --input ${input} has ${points.rows} rows, but ` +
        `--labels ${labelsPath} has ${labels.length}`,
    );
  }
  return { points, labels, classNames: undefined, files: [input, labelsPath] };
}

/** Returns the points of some classes, by default all points. */
function selectClasses(
  subject: Subject,
  classes: readonly number[] | undefined,
): Subject {
  const { points, labels } = subject;
  if (classes === undefined) return subject;
  if (labels === undefined) {
    throw new BadInput("--classes needs --labels Y.npy with --input");
  }
  const absent = classes.find((k) => !labels.includes(k));
  if (absent !== undefined) {
    const present = [...new Set(labels)].sort((a, b) => a - b).join(", ");
    throw new BadInput(
      `--classes must be classes of the points, ${present}: ` +
        `current value is ${absent}`,
    );
  }
  const selected = new Set(classes);
  const kept = [...labels.keys()].filter((i) => selected.has(labels[i]));
  return {
    ...subject,
    points: takeRows(points, kept),
    labels: Int32Array.from(kept, (i) => labels[i]),
  };
}

/** Returns trustworthiness and, with labels, neighbour purity. */
async function measure({ points, labels }: Subject, embedding: Points) {
  const neighbours = Math.min(NEIGHBOURS, Math.ceil(points.rows / 2) - 1);
  const { trustworthiness } = await import(
    "../../embedding/trustworthiness.ts"
  );
  const scores = {
    trustworthiness: trustworthiness(points, embedding, neighbours),
    neighbours,
  };
  if (labels === undefined) return scores;
  const { neighbourPurity } = await import(
    "../../embedding/neighbour_purity.ts"
  );
  return {
    ...scores,
    neighbourPurity: neighbourPurity(embedding, labels, neighbours),
  };
}

async function draw(subject: Subject, embedding: Points): Promise<string> {
  const { embeddingScatter } = await import(
    "../../plots/embedding_scatter.ts"
  );
  const labels = subject.labels ?? new Int32Array(embedding.rows);
  const last = labels.reduce((a, b) => Math.max(a, b));
  const defaultNames = subject.labels === undefined
    ? [`${embedding.rows} points`]
    : Array.from({ length: last + 1 }, (_, k) => `class ${k}`);
  const classNames = subject.classNames ?? defaultNames;
  return embeddingScatter(embedding, labels, { classNames }).svg;
}

/** Returns a reporter: redrawn on a terminal, otherwise a line per 250 steps. */
function progressLine({ log, terminal }: Context) {
  return ({ iteration, iterations, klDivergence }: LayoutProgress) => {
    const line = `t-SNE ${iteration}/${iterations}, KL divergence ` +
      klDivergence.toFixed(4);
    const last = iteration === iterations;
    if (terminal) log(`\r\x1b[K${line}${last ? "\n" : ""}`);
    else if (last || iteration % 250 === 0) log(`${line}\n`);
  };
}
