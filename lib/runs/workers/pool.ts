import { join } from "node:path";
import { writeNpy } from "../../files/npy.ts";
import {
  type ScratchFolder,
  scratchFolder,
} from "../../files/scratch_folder.ts";
import type { RunSpec } from "../spec.ts";
import type { TeacherLogits } from "../train_here.ts";
import type { TrainTask } from "./messages.ts";
import {
  startTrainingWorker,
  type TrainingWorker,
  type WorkerOptions,
} from "./worker_process.ts";

/** Options of a pool. */
export interface PoolOptions {
  /** Number of runs that are trained at once, at least 1. */
  readonly jobs: number;
  /** Folders that contain the folders of the runs. */
  readonly writable: readonly string[];
  /** Starts a worker; replaced in tests. */
  readonly start?: typeof startTrainingWorker;
}

/** A run to train, with the logits of a teacher that is not a run. */
export interface PoolTask extends Omit<TrainTask, "teacherLogits"> {
  readonly teacherLogits: TeacherLogits | undefined;
}

interface Place {
  readonly worker: TrainingWorker;
  readonly threads: number | undefined;
}

/**
 * Processes that train runs in parallel. They start when there is something to
 * train, stay alive between runs with the same number of threads, and end with
 * the pool.
 */
export class WorkerPool implements AsyncDisposable {
  readonly #options: PoolOptions;
  #busy = 0;
  #idle: Place[] = [];
  readonly #alive = new Set<TrainingWorker>();
  readonly #waiting: (() => void)[] = [];
  readonly #files = new Map<TeacherLogits, Promise<string>>();
  #temporary: ScratchFolder | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Trains a run as soon as a process is free; see `TrainingWorker`. */
  async train(task: PoolTask, options: WorkerOptions): Promise<void> {
    await this.#enter();
    try {
      options.signal?.throwIfAborted();
      const place = await this.#place(task.spec);
      try {
        await place.worker.train(await this.#message(task), options);
      } finally {
        if (place.worker.alive) this.#idle.push(place);
        else await this.#end(place.worker);
      }
    } finally {
      this.#leave();
    }
  }

  /** Ends all processes, after their checkpoints if they are training. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#alive].map((worker) => this.#end(worker)));
    this.#idle = [];
    this.#temporary?.[Symbol.dispose]();
  }

  async #enter(): Promise<void> {
    if (this.#busy < this.#options.jobs) this.#busy++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy--;
    else next();
  }

  /** Returns an idle process with a run's threads, or starts one. */
  async #place({ training: { threads } }: RunSpec): Promise<Place> {
    const fitting = this.#idle.find((place) => place.threads === threads);
    const others = fitting === undefined ? this.#idle : [];
    this.#idle = this.#idle.filter((place) =>
      place !== fitting && !others.includes(place)
    );
    await Promise.all(others.map(({ worker }) => this.#end(worker)));
    if (fitting !== undefined) return fitting;
    const { start = startTrainingWorker, writable } = this.#options;
    const worker = start({ threads, writable });
    this.#alive.add(worker);
    return { worker, threads };
  }

  async #end(worker: TrainingWorker): Promise<void> {
    await worker.end();
    this.#alive.delete(worker);
  }

  async #message(
    { teacherLogits, ...task }: PoolTask,
  ): Promise<TrainTask> {
    if (teacherLogits === undefined) return task;
    let file = this.#files.get(teacherLogits);
    if (file === undefined) {
      file = this.#write(teacherLogits, this.#files.size);
      this.#files.set(teacherLogits, file);
    }
    const { source } = teacherLogits;
    return { ...task, teacherLogits: { path: await file, source } };
  }

  /** Writes logits to a numbered file; returns its path. */
  async #write({ logits }: TeacherLogits, number: number): Promise<string> {
    this.#temporary ??= scratchFolder();
    const path = join(this.#temporary.path, `${number}.npy`);
    const { data, rows, columns } = logits;
    await writeNpy(path, { data, shape: [rows, columns] });
    return path;
  }
}
