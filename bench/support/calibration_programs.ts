/** The programs that measure and fix calibration: ours and netcal. */
import { join } from "node:path";
import { z } from "zod";
import { fitTemperature } from "../../lib/calibration/calibrators/temperature.ts";
import { ece } from "../../lib/calibration/calibration_error.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import type { Logits, Probabilities } from "../../lib/matrix_kinds.ts";
import { median } from "../../lib/statistics/summary.ts";
import { startTorch } from "./programs.ts";

/** What is timed. */
export type CalibrationWork = "ECE" | "temperature fit";

/** Logits and labels of the same rows. */
export interface DrawnPredictions {
  readonly logits: Logits<Float32Array>;
  readonly labels: Int32Array;
}

/** Schema of the answer to a measurement. */
const TIMED = z.object({
  /** Median milliseconds of a call. */
  ms: z.number(),
  /** The error, or the temperature. */
  value: z.number(),
});

export type Timed = z.output<typeof TIMED>;

/** A program that holds predictions. */
export interface CalibrationProgram {
  load(predictions: DrawnPredictions): Promise<void>;
  /** Calls a function several times. */
  time(work: CalibrationWork, calls: number): Promise<Timed>;
  close(): Promise<void>;
}

const BINS = 15;

/** Our program, in this process. */
export function openOurs(): CalibrationProgram {
  let work: Record<CalibrationWork, () => number>;
  return {
    load: ({ logits, labels }) => {
      const probabilities = softmax(logits);
      work = {
        ECE: () => ece(probabilities, labels, BINS),
        "temperature fit": () => fitTemperature(logits, labels).temperature,
      };
      return Promise.resolve();
    },
    time: (name, calls) => {
      let value = NaN;
      const times = Array.from({ length: calls }, () => {
        const start = performance.now();
        value = work[name]();
        return performance.now() - start;
      });
      return Promise.resolve({ ms: median(times), value });
    },
    close: () => Promise.resolve(),
  };
}

/** netcal, which reads probabilities in float64. */
export async function openNetcal(
  python: string,
  threads: number,
): Promise<CalibrationProgram> {
  const process = startTorch(python, "calibration_peer.py", threads);
  await process.ask(z.string());
  return {
    load: async ({ logits, labels }) => {
      const folder = await Deno.makeTempDir({ prefix: "ils-bench-" });
      try {
        await writePredictions(folder, softmax(logits), labels);
        const question = { folder, columns: logits.columns, bins: BINS };
        await process.ask(z.object({ rows: z.int() }), question);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
    time: (work, calls) => process.ask(TIMED, { work, calls }),
    close: () => process.close(),
  };
}

async function writePredictions(
  folder: string,
  probabilities: Probabilities<Float64Array>,
  labels: Int32Array,
): Promise<void> {
  await Deno.writeFile(
    join(folder, "probabilities.f64"),
    bytes(probabilities.data),
  );
  await Deno.writeFile(join(folder, "labels.i32"), bytes(labels));
}

function bytes({ buffer }: Float64Array | Int32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer);
}
