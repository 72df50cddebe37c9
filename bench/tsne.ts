/**
 * Question: how long does our t-SNE take, and how good is it, compared with
 * scikit-learn and openTSNE on the same points?
 *
 *   python -m venv /tmp/tsne
 *   /tmp/tsne/bin/pip install -r bench/peers/tsne-requirements.txt
 *   deno task bench tsne --python /tmp/tsne/bin/python
 *
 * Without --python only our program runs. --rows (3000), --rounds (3) and --threads
 * of the peers (all cores). The programs alternate in each round, so that a busy
 * machine slows all of them. All divergences are computed by our code, from the same
 * probabilities and with the exact normaliser; the divergence that a peer reports
 * is printed as well.
 */
// deno-lint-ignore-file no-console
import { parseArgs } from "node:util";
import { z } from "zod";
import { exactNormaliser, klDivergence } from "../lib/embedding/divergence.ts";
import { similarities } from "../lib/embedding/layout.ts";
import { tsne } from "../lib/embedding/tsne.ts";
import { parseMessage } from "../lib/files/read_json.ts";
import { matrix } from "../lib/matrix.ts";
import { asLogits, asPoints, type Logits } from "../lib/matrix_kinds.ts";
import { stream } from "../lib/random.ts";
import { median } from "../lib/statistics/summary.ts";

interface Result {
  readonly name: string;
  readonly seconds: number;
  readonly klDivergence: number;
  readonly reported: number;
  readonly threads: number;
}

/** Schema of the output of `tsne_peer.py`. */
const PEER_ANSWER = z.object({
  version: z.string(),
  seconds: z.number(),
  reported: z.number(),
  threads: z.number(),
});

const CLASSES = 10;
const PERPLEXITY = 30;
const ITERATIONS = 1000;

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    rows: { type: "string", default: "3000" },
    rounds: { type: "string", default: "3" },
    threads: { type: "string", default: `${navigator.hardwareConcurrency}` },
  },
});
const points = asPoints(drawLogits(Number(values.rows)));
const joint = similarities(points, PERPLEXITY);
const results: Result[] = [];
for (let round = 0; round < Number(values.rounds); round++) {
  results.push(await ours());
  if (!values.python) continue;
  for (const name of ["scikit-learn", "openTSNE"]) {
    results.push(await peer(name, values.python, values.threads));
  }
}
console.log(
  `${points.rows} x ${CLASSES} points, perplexity ${PERPLEXITY}, ` +
    `${ITERATIONS} iterations, ${navigator.hardwareConcurrency} cores, load ` +
    Deno.loadavg()[0].toFixed(1),
);
console.table(summary());

/**
 * Draws logits similar to those of a trained classifier. Each class has a mean row:
 * 9 for itself plus, for its similarity to each class, 1.5 times a standard normal
 * number. Each row is its class mean times a factor in [0.3, 1] plus normal noise
 * with standard deviation 1.2.
 */
function drawLogits(rows: number): Logits<Float64Array> {
  const random = stream(1, "bench/tsne");
  const means = Float64Array.from(
    { length: CLASSES * CLASSES },
    (_, at) =>
      1.5 * random.normal() +
      (at % CLASSES === Math.floor(at / CLASSES) ? 9 : 0),
  );
  const data = new Float64Array(rows * CLASSES);
  for (let i = 0; i < rows; i++) {
    const label = random.integer(CLASSES);
    const clarity = 0.3 + 0.7 * random.uniform();
    for (let k = 0; k < CLASSES; k++) {
      const mean = means[label * CLASSES + k];
      data[i * CLASSES + k] = clarity * mean + 1.2 * random.normal();
    }
  }
  return asLogits(matrix(data, CLASSES));
}

async function ours(): Promise<Result> {
  const start = performance.now();
  const found = await tsne(points, {
    perplexity: PERPLEXITY,
    iterations: ITERATIONS,
    seed: 1,
  });
  const seconds = (performance.now() - start) / 1000;
  const { klDivergence } = found;
  const name = `ours, Deno ${Deno.version.deno}`;
  return { name, seconds, klDivergence, reported: klDivergence, threads: 1 };
}

async function peer(
  name: string,
  python: string,
  threads: string,
): Promise<Result> {
  const folder = await Deno.makeTempDir();
  try {
    const [source, target] = [`${folder}/points.f64`, `${folder}/out.f64`];
    await Deno.writeFile(
      source,
      new Uint8Array(points.data.buffer as ArrayBuffer),
    );
    const script = new URL("./peers/tsne_peer.py", import.meta.url).pathname;
    const { success, stdout } = await new Deno.Command(python, {
      args: [script, name, source, `${CLASSES}`, `${ITERATIONS}`, target],
      env: { OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads },
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`${name} failed`);
    const answer = new TextDecoder().decode(stdout);
    const { version, ...timing } = parseMessage(answer, PEER_ANSWER, name);
    const found = new Float64Array((await Deno.readFile(target)).buffer);
    const divergence = klDivergence(joint, found, exactNormaliser(found));
    return { name: `${name} ${version}`, klDivergence: divergence, ...timing };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Median time of each program, and its ratio to ours. */
function summary() {
  const names = [...new Set(results.map(({ name }) => name))];
  const seconds = (name: string) =>
    median(
      results.filter((result) => result.name === name)
        .map((result) => result.seconds),
    );
  return names.map((name) => {
    const last = results.findLast((result) => result.name === name)!;
    return {
      program: name,
      threads: last.threads,
      "median s": +seconds(name).toFixed(2),
      "times ours": +(seconds(name) / seconds(names[0])).toFixed(2),
      divergence: +last.klDivergence.toFixed(4),
      reported: +last.reported.toFixed(4),
    };
  });
}
