/// <reference lib="deno.worker" />
/** Reads mutated files in a thread of its own, so that one that never ends is seen. */
import { examine, type Verdict } from "./examine.ts";
import { bytesOf, mutatedFiles } from "./mutations.ts";
import { openReader } from "./reader.ts";
import { READERS } from "./readers.ts";

/** What to read. */
export interface Task {
  readonly reader: string;
  readonly folder: string;
  readonly seed: number;
  /** Numbers of the first file, and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Receives the number of the present file. */
  readonly present: SharedArrayBuffer;
}

/** What was found. */
export interface Report {
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Number of a file and what went wrong. */
  readonly failures: readonly (readonly [number, string])[];
  /** Longest time of a file in milliseconds, and its number. */
  readonly slowest: readonly [number, number];
}

/** Further failures of a reader are not listed. */
const MOST_FAILURES = 20;

self.onmessage = async ({ data }: MessageEvent<Task>) => {
  const { folder, seed, from, to } = data;
  const present = new Int32Array(data.present);
  const counts = { read: 0, refused: 0 };
  const failures: [number, string][] = [];
  let slowest: [number, number] = [0, from];
  const reader = await openReader(
    READERS.find(({ name }) => name === data.reader)!,
    folder,
  );
  const files = mutatedFiles(seed);
  for (let number = from; number < to; number++) {
    Atomics.store(present, 0, number);
    const bytes = bytesOf(files(number), reader.samples);
    const started = performance.now();
    try {
      counts[await examine(reader, bytes)]++;
    } catch (error) {
      failures.push([number, (error as Error).stack ?? `${error}`]);
      if (failures.length >= MOST_FAILURES) break;
    }
    const time = performance.now() - started;
    if (time > slowest[0]) slowest = [time, number];
  }
  self.postMessage({ counts, failures, slowest } satisfies Report);
};
