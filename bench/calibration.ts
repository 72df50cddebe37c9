/**
 * Question: how long do the expected calibration error and the fit of a temperature
 * take, compared with netcal?
 *
 *   deno task bench calibration --rows 100000
 *
 * For the error, both programs read probabilities in float64. For the fit, ours reads
 * logits in float32, and netcal those probabilities, whose logarithms it takes; given
 * float32 it stops at a temperature of 1. There are two sets of predictions, as ours is
 * faster if the label often has the largest probability: a processor then predicts the
 * comparisons. The results of both must agree, or the benchmark fails.
 */
import { accuracy } from "../lib/calibration/scores.ts";
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { softmax } from "../lib/logits/softmax.ts";
import { matrix } from "../lib/matrix.ts";
import { asLogits } from "../lib/matrix_kinds.ts";
import { stream } from "../lib/random.ts";
import { report, runBenchmark } from "./support/benchmark.ts";
import {
  type CalibrationProgram,
  type CalibrationWork,
  type DrawnPredictions,
  openNetcal,
  openOurs,
} from "./support/calibration_programs.ts";
import { compare, type Measurement, medians } from "./support/measurement.ts";
import { mapRounds, runRounds } from "./support/rounds.ts";

/** Mean height of a label's logit above the others. */
const MARGINS = [6, 3];

/** Calls per round, calls before the first one, and largest relative difference. */
const WORK = {
  ECE: { calls: 5, warmUp: 10, tolerance: 1e-9 },
  "temperature fit": { calls: 1, warmUp: 2, tolerance: 1e-4 },
} as const;

interface Programs {
  readonly ours: CalibrationProgram;
  readonly peers: ReadonlyMap<string, CalibrationProgram>;
}

await runBenchmark({
  name: "calibration",
  summary: "time calibration errors and temperature fits against netcal",
  flags: {
    rows: withDefault(1_000_000, whole(1, "predictions")),
    classes: withDefault(10, whole(2, "classes")),
    threads: withDefault(2, whole(1, "threads of netcal")),
  },
  async measure({ python, rounds, threads, rows, classes }) {
    const peers = new Map<string, CalibrationProgram>();
    if (python) peers.set("netcal", await openNetcal(python, threads));
    const programs = { ours: openOurs(), peers };
    const all = [programs.ours, ...peers.values()];
    const measurements: Measurement[] = [];
    for (const margin of MARGINS) {
      const predictions = draw(rows, classes, margin);
      for (const program of all) await program.load(predictions);
      const size = titleOf(predictions);
      for (const work of Object.keys(WORK) as CalibrationWork[]) {
        measurements.push(await contest({ work, size }, programs, rounds));
      }
    }
    for (const program of all) await program.close();
    return measurements;
  },
});

async function contest(
  { work, size }: { readonly work: CalibrationWork; readonly size: string },
  programs: Programs,
  rounds: number,
): Promise<Measurement> {
  const { calls, warmUp, tolerance } = WORK[work];
  for (const program of [programs.ours, ...programs.peers.values()]) {
    await program.time(work, warmUp);
  }
  const timed = await runRounds(
    rounds,
    programs,
    (program) => program.time(work, calls),
  );
  const [ours, ...others] = [timed.ours, ...timed.peers.values()]
    .map(([{ value }]) => value);
  for (const other of others) {
    if (Math.abs(other - ours) <= tolerance * ours) continue;
    throw new Error(
      `${work} of ${size} is ${ours} here and ${other} in netcal`,
    );
  }
  const ms = mapRounds(timed, (one) => one.ms);
  report(`${work}, ${size}: ${ours}; ${medians(ms)} ms`);
  return compare({ work, size, unit: "ms" }, ms);
}

/** Normal logits with standard deviation 2; `margin` is added to that of the label. */
function draw(rows: number, classes: number, margin: number): DrawnPredictions {
  const random = stream(1, "bench");
  const labels = Int32Array.from(
    { length: rows },
    () => random.integer(classes),
  );
  const data = Float32Array.from(
    { length: rows * classes },
    () => 2 * random.normal(),
  );
  labels.forEach((label, i) => data[i * classes + label] += margin);
  return { logits: asLogits(matrix(data, classes)), labels };
}

function titleOf({ logits, labels }: DrawnPredictions): string {
  const right = (100 * accuracy(softmax(logits), labels)).toFixed(0);
  return `${logits.rows} x ${logits.columns}, accuracy ${right} %`;
}
