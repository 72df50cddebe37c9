import { checkWhole } from "../bad_input.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { RUNS_FOLDER } from "../runs/store.ts";
import {
  type DatasetRecord,
  openSyntheticStore,
  type SyntheticStore,
} from "./store.ts";
import type { ExperimentName, SpecOf, SyntheticSpec } from "./spec.ts";
import { startWorker } from "./worker_process.ts";

/** How far a run of many data sets is. */
export interface SyntheticProgress {
  /** Data sets that are done, those included that were before. */
  readonly done: number;
  readonly total: number;
  /** Estimated; NaN while there is nothing to estimate from. */
  readonly secondsLeft: number;
}

/** Which data sets are wanted, and where they are kept. */
export interface SyntheticOptions {
  /** How many, at least 1. */
  readonly datasets: number;
  /** The first one's number (0). */
  readonly first?: number;
  /** Folder of all runs. */
  readonly root?: string;
  /** Folder of these data sets; default one below `root`. */
  readonly folder?: string;
  /** Processes side by side, one core each; default one a core. */
  readonly workers?: number;
  /**
   * Called with the reason, in one line, for each stored data set that is
   * damaged and done again; without it the first one is an error.
   */
  readonly onDamaged?: (reason: string) => void;
  readonly onProgress?: (progress: SyntheticProgress) => void;
  /** When aborted, ends the workers and throws the reason. */
  readonly signal?: AbortSignal;
}

/** Data sets with the time that they took. */
export interface SyntheticRun<Name extends ExperimentName> {
  /** In the order of their numbers. */
  readonly records: readonly DatasetRecord<Name>[];
  /** A data set's share of the wall time, all workers at work, start-up apart. */
  readonly secondsPerDataset: number;
  readonly folder: string;
}

/**
 * Does an experiment with many data sets, side by side in processes. One that
 * is done is kept at once and never done again, so that a run that was killed
 * goes on where it was.
 *
 * @throws {BadInput} for a wrong number or folder
 */
export async function runSynthetic<Name extends ExperimentName>(
  spec: SpecOf<Name>,
  options: SyntheticOptions,
): Promise<SyntheticRun<Name>> {
  const { datasets, first = 0, root = RUNS_FOLDER, folder } = options;
  const { onDamaged } = options;
  const { workers = navigator.hardwareConcurrency } = options;
  checkWhole("Data sets", datasets, 1);
  checkWhole("First data set", first, 0);
  checkWhole("Workers", workers, 1);
  const store = await openSyntheticStore(spec, {
    root,
    ...(folder === undefined ? {} : { folder }),
  });
  const numbers = Array.from({ length: datasets }, (_, i) => first + i);
  const known = new Map<number, DatasetRecord>();
  for (const number of numbers) {
    const record = await skipDamaged(() => store.read(number), onDamaged);
    if (record !== undefined) known.set(number, record);
  }
  const side = Math.min(workers, datasets);
  await doMissing(spec, { ...options, store, known, numbers, side });
  const records = numbers.map((number) => known.get(number)!);
  const seconds = records.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    records: records as DatasetRecord<Name>[],
    secondsPerDataset: seconds / datasets / side,
    folder: store.folder,
  };
}

interface Work extends SyntheticOptions {
  readonly store: SyntheticStore;
  /** What is done; those that become so are added. */
  readonly known: Map<number, DatasetRecord>;
  readonly numbers: readonly number[];
  /** Workers. */
  readonly side: number;
}

async function doMissing(spec: SyntheticSpec, work: Work): Promise<void> {
  const { store, known, numbers, side, signal, onProgress } = work;
  const missing = numbers.filter((number) => !known.has(number));
  const fresh: number[] = [];
  const tell = () => {
    const mean = fresh.reduce((sum, s) => sum + s, 0) / fresh.length;
    const left = numbers.length - known.size;
    onProgress?.({
      done: known.size,
      total: numbers.length,
      secondsLeft: left === 0 ? 0 : mean * left / side,
    });
  };
  tell();
  signal?.throwIfAborted();
  const one = async () => {
    const worker = startWorker();
    const abort = () => void worker.end();
    signal?.addEventListener("abort", abort);
    try {
      for (let next = missing.shift(); next !== undefined;) {
        const { dataset, seconds, result } = await worker
          .do({ spec, dataset: next });
        const record = { dataset, seconds, result } as DatasetRecord;
        await store.write(record);
        known.set(dataset, record);
        fresh.push(seconds);
        tell();
        next = missing.shift();
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      await worker.end();
    }
  };
  const all = Array.from({ length: Math.min(side, missing.length) }, one);
  const ended = await Promise.allSettled(all);
  signal?.throwIfAborted();
  const failed = ended.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
