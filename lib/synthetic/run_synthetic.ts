import { checkWhole } from "../bad_input.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { runsFolder } from "../runs/store.ts";
import {
  type DatasetRecord,
  openSyntheticStore,
  type SyntheticStore,
} from "./store.ts";
import type { ExperimentName, SpecOf, SyntheticSpec } from "./spec.ts";
import { startWorker } from "./worker_process.ts";

/** Progress of a run over many data sets. */
export interface SyntheticProgress {
  /** Number of finished data sets, including those of earlier runs. */
  readonly done: number;
  readonly total: number;
  /** Estimated seconds left; NaN before the first data set has finished. */
  readonly secondsLeft: number;
}

/** Which data sets to compute, and where to store them. */
export interface SyntheticOptions {
  /** Number of data sets, at least 1. */
  readonly datasets: number;
  /** Number of the first data set (0). */
  readonly first?: number;
  /** Folder of all runs. */
  readonly root?: string;
  /** Folder of these data sets; by default one below `root`. */
  readonly folder?: string;
  /** Parallel processes, one core each; by default one per core. */
  readonly workers?: number;
  /**
   * Called with the reason, in one line, for each stored data set that is
   * damaged and computed again; without it the first one is an error.
   */
  readonly onDamaged?: (reason: string) => void;
  readonly onProgress?: (progress: SyntheticProgress) => void;
  /** When aborted, ends the workers and throws its reason. */
  readonly signal?: AbortSignal;
}

/** Results of the data sets, with the time that they took. */
export interface SyntheticRun<Name extends ExperimentName> {
  /** In the order of their numbers. */
  readonly records: readonly DatasetRecord<Name>[];
  /** Mean wall time per data set with all workers busy, without start-up. */
  readonly secondsPerDataset: number;
  readonly folder: string;
}

/**
 * Runs an experiment on many data sets, in parallel processes. Each result is
 * stored when it is ready and never computed again, so that an interrupted run
 * resumes.
 *
 * @throws {BadInput} if a number is out of range or the folder is unusable
 */
export async function runSynthetic<Name extends ExperimentName>(
  spec: SpecOf<Name>,
  options: SyntheticOptions,
): Promise<SyntheticRun<Name>> {
  const { datasets, first = 0, root = runsFolder(), folder } = options;
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
  const finished = new Map<number, DatasetRecord>();
  for (const number of numbers) {
    const record = await skipDamaged(() => store.read(number), onDamaged);
    if (record !== undefined) finished.set(number, record);
  }
  const parallel = Math.min(workers, datasets);
  await computeMissing(spec, {
    ...options,
    store,
    finished,
    numbers,
    parallel,
  });
  const records = numbers.map((number) => finished.get(number)!);
  const seconds = records.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    records: records as DatasetRecord<Name>[],
    secondsPerDataset: seconds / datasets / parallel,
    folder: store.folder,
  };
}

interface WorkOptions extends SyntheticOptions {
  readonly store: SyntheticStore;
  /** Finished data sets by number; new ones are added. */
  readonly finished: Map<number, DatasetRecord>;
  readonly numbers: readonly number[];
  /** Number of workers. */
  readonly parallel: number;
}

async function computeMissing(
  spec: SyntheticSpec,
  work: WorkOptions,
): Promise<void> {
  const { store, finished, numbers, parallel, signal } = work;
  const missing = numbers.filter((number) => !finished.has(number));
  const fresh: number[] = [];
  const report = () => work.onProgress?.(progressOf(work, fresh));
  report();
  signal?.throwIfAborted();
  const runWorker = async () => {
    const worker = startWorker();
    const abort = () => void worker.end();
    signal?.addEventListener("abort", abort);
    try {
      for (let next = missing.shift(); next !== undefined;) {
        const { dataset, seconds, result } = await worker
          .run({ spec, dataset: next });
        const record = { dataset, seconds, result } as DatasetRecord;
        await store.write(record);
        finished.set(dataset, record);
        fresh.push(seconds);
        report();
        next = missing.shift();
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      await worker.end();
    }
  };
  const all = Array.from(
    { length: Math.min(parallel, missing.length) },
    runWorker,
  );
  const ended = await Promise.allSettled(all);
  signal?.throwIfAborted();
  const failed = ended.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/**
 * Returns the progress and the estimated time left.
 *
 * @param fresh seconds of each data set that this run has computed
 */
function progressOf(
  { finished, numbers, parallel }: WorkOptions,
  fresh: readonly number[],
): SyntheticProgress {
  const mean = fresh.reduce((sum, s) => sum + s, 0) / fresh.length;
  const left = numbers.length - finished.size;
  return {
    done: finished.size,
    total: numbers.length,
    secondsLeft: left === 0 ? 0 : mean * left / parallel,
  };
}
