import { BadInput } from "../../bad_input.ts";
import type { LayoutProgress } from "../../embedding/layout.ts";
import { takeRows } from "../../matrix.ts";
import { asPoints, type Points } from "../../matrix_kinds.ts";
import { command, type Context } from "../command.ts";
import {
  byDefault,
  number,
  numbers,
  optional,
  path,
  required,
  type Values,
  whole,
} from "../flags/flags.ts";
import { checkApart, checkNotRead, outputFile } from "../flags/output_flags.ts";

/** More classes than anyone names; a bound on what a figure's names take. */
const MOST_CLASSES = 65_536;

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
    path("Y.npy", "with --input: classes of the points (rows,)"),
  ),
  classes: optional(
    numbers(
      { low: 0, high: MOST_CLASSES - 1 },
      "embed only the points of these classes",
    ),
  ),
  perplexity: byDefault(
    30,
    number(
      { low: 2, high: Infinity, highOpen: true },
      "effective number of neighbours, at most a third of the points",
    ),
  ),
  iterations: byDefault(1000, whole(250, "gradient descent steps")),
  seed: byDefault(
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

/** Points to embed; without labels they are all of one nameless class. */
interface Subject {
  readonly points: Points;
  readonly labels: Int32Array | undefined;
  readonly classNames: readonly string[] | undefined;
  /** Files behind it, and not to be written over. */
  readonly files: readonly (string | undefined)[];
}

/** Neighbours that trustworthiness and purity look at, where there are enough. */
const NEIGHBOURS = 10;

/** `ils embed`: t-SNE of a run's logits or of anybody's points. */
export const embed = command({
  flags,
  examples: [
    "embed --run RUN --classes 0,2,6 --out E.npy --figure F.svg",
    "embed --input X.npy --labels Y.npy --perplexity 50 --seed 2 --out E.npy",
  ],
  notes:
    `Rows keep their order; with --classes, rows of other classes are left out.`,
  async run(values, context) {
    const { perplexity, iterations, seed, out, figure } = values;
    checkApart({ "--out": out, "--figure": figure });
    const everything = await read(values);
    for (const [flag, path] of Object.entries({ out, figure })) {
      if (path) checkNotRead(`--${flag}`, path, everything.files);
    }
    const subject = ofClasses(everything, values.classes);
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
  const { run: name, input, labels: truth } = values;
  if ((name === undefined) === (input === undefined)) {
    throw new BadInput("--run RUN or --input X.npy is needed, and not both");
  }
  if (input !== undefined) return await readFiles(input, truth);
  if (truth !== undefined) {
    throw new BadInput("--run brings its own labels: leave out --labels");
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
  truth: string | undefined,
): Promise<Subject> {
  const { readLabels } = await import("../../files/npy.ts");
  const { readPoints } = await import("../../files/read_points.ts");
  const points = await readPoints(input);
  const labels = truth === undefined
    ? undefined
    : await readLabels(truth, { classes: MOST_CLASSES });
  if (labels !== undefined && labels.length !== points.rows) {
    throw new BadInput(
      `Cannot embed points as --input ${input} holds ${points.rows} rows ` +
        `and --labels ${truth} ${labels.length}`,
    );
  }
  return { points, labels, classNames: undefined, files: [input, truth] };
}

/** The points of the classes that were asked for, or all of them. */
function ofClasses(
  subject: Subject,
  classes: readonly number[] | undefined,
): Subject {
  const { points, labels } = subject;
  if (classes === undefined) return subject;
  if (labels === undefined) {
    throw new BadInput("--classes needs --labels Y.npy beside --input");
  }
  const absent = classes.find((wanted) => !labels.includes(wanted));
  if (absent !== undefined) {
    const present = [...new Set(labels)].sort((a, b) => a - b).join(", ");
    throw new BadInput(
      `--classes must be among those of the points, ${present}: ` +
        `current value is ${absent}`,
    );
  }
  const chosen = new Set(classes);
  const kept = [...labels.keys()].filter((i) => chosen.has(labels[i]));
  return {
    ...subject,
    points: takeRows(points, kept),
    labels: Int32Array.from(kept, (i) => labels[i]),
  };
}

/** How faithful the embedding is, and with labels, how pure. */
async function measure({ points, labels }: Subject, embedding: Points) {
  const neighbours = Math.min(NEIGHBOURS, Math.ceil(points.rows / 2) - 1);
  const { trustworthiness } = await import(
    "../../embedding/trustworthiness.ts"
  );
  const faith = {
    trustworthiness: trustworthiness(points, embedding, neighbours),
    neighbours,
  };
  if (labels === undefined) return faith;
  const { neighbourPurity } = await import(
    "../../embedding/neighbour_purity.ts"
  );
  return {
    ...faith,
    neighbourPurity: neighbourPurity(embedding, labels, neighbours),
  };
}

async function draw(subject: Subject, embedding: Points): Promise<string> {
  const { embeddingScatter } = await import(
    "../../plots/embedding_scatter.ts"
  );
  const labels = subject.labels ?? new Int32Array(embedding.rows);
  const last = labels.reduce((a, b) => Math.max(a, b));
  const named = subject.labels === undefined
    ? [`${embedding.rows} points`]
    : Array.from({ length: last + 1 }, (_, k) => `class ${k}`);
  const classNames = subject.classNames ?? named;
  return embeddingScatter(embedding, labels, { classNames }).svg;
}

/** Redrawn in place on a terminal, else a line every 250 steps. */
function progressLine({ say, terminal }: Context) {
  return ({ iteration, iterations, klDivergence }: LayoutProgress) => {
    const line = `t-SNE ${iteration}/${iterations}, KL divergence ` +
      klDivergence.toFixed(4);
    const last = iteration === iterations;
    if (terminal) say(`\r\x1b[K${line}${last ? "\n" : ""}`);
    else if (last || iteration % 250 === 0) say(`${line}\n`);
  };
}
