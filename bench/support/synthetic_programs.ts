/** The programs that compute data sets of the synthetic study: ours and the peers. */
import { z } from "zod";
import { softmax } from "../../lib/logits/softmax.ts";
import { mean } from "../../lib/statistics/summary.ts";
import {
  bayesLogits,
  type CirclesSample,
} from "../../lib/synthetic/circles.ts";
import { openLaboratory } from "../../lib/synthetic/laboratory.ts";
import type { TableSpec } from "../../lib/synthetic/spec.ts";
import type { TableRecord } from "../../lib/synthetic/table/table_run.ts";
import { startWorker } from "../../lib/synthetic/worker_process.ts";
import { startTorch } from "./programs.ts";

/** Result of a program on all data sets. */
export interface Result {
  /** Wall time of the slowest process. */
  readonly seconds: number;
  /** Mean number of epochs of a network, over data sets. */
  readonly epochs: number;
  /** Mean test log loss of the chosen `ls` network. */
  readonly logLoss: number;
}

/** A program with one single-threaded process per core. */
export interface SyntheticProgram {
  /** Computes data sets, each process one after another. */
  run(datasets: readonly number[]): Promise<Result>;
  close(): Promise<void>;
}

/** Schema of the part of a peer's answer that is read here. */
const PEER_ANSWER = z.object({
  seconds: z.number(),
  epochs: z.number(),
  rows: z.array(z.object({
    method: z.string(),
    scaled: z.boolean(),
    logLoss: z.number(),
  })).readonly(),
});

type PeerAnswer = z.output<typeof PEER_ANSWER>;

/** A data set after those that are timed, with which each process starts. */
const WARM_UP = 1000;

/** Our program. */
export async function openOurs(
  spec: TableSpec,
  cores: number,
): Promise<SyntheticProgram> {
  const workers = Array.from({ length: cores }, startWorker);
  await Promise.all(
    workers.map((worker) => worker.run({ spec, dataset: WARM_UP })),
  );
  return {
    async run(datasets) {
      const records: TableRecord[] = [];
      const start = performance.now();
      await share(workers, datasets, async (worker, dataset) => {
        const { result } = await worker.run({ spec, dataset });
        records.push(result as TableRecord);
      });
      return summarise((performance.now() - start) / 1000, records);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
}

/** A program of PyTorch. */
export async function openTorch(
  file: string,
  { spec, cores, python }: {
    readonly spec: TableSpec;
    readonly cores: number;
    readonly python: string;
  },
): Promise<SyntheticProgram> {
  const peers = Array.from(
    { length: cores },
    () => startTorch(python, file, 1),
  );
  await Promise.all(peers.map(async (peer) => {
    await peer.ask(z.string());
    await peer.ask(PEER_ANSWER, question(spec, WARM_UP));
  }));
  return {
    async run(datasets) {
      const answers: PeerAnswer[] = [];
      const seconds = new Map(peers.map((peer) => [peer, 0]));
      await share(peers, datasets, async (peer, dataset) => {
        const answer = await peer.ask(PEER_ANSWER, question(spec, dataset));
        answers.push(answer);
        // Without the time for reading the data set.
        seconds.set(peer, seconds.get(peer)! + answer.seconds);
      });
      return summarise(Math.max(...seconds.values()), answers);
    },
    async close() {
      await Promise.all(peers.map((peer) => peer.close()));
    },
  };
}

/** Each process takes the next data set when it has finished one. */
async function share<Process>(
  processes: readonly Process[],
  datasets: readonly number[],
  compute: (process: Process, dataset: number) => Promise<void>,
): Promise<void> {
  const waiting = [...datasets];
  await Promise.all(processes.map(async (process) => {
    for (let dataset; (dataset = waiting.shift()) !== undefined;) {
      await compute(process, dataset);
    }
  }));
}

function summarise(
  seconds: number,
  records: readonly Omit<PeerAnswer, "seconds">[],
): Result {
  const losses = records.map(({ rows }) =>
    rows.find(({ method, scaled }) => method === "ls" && !scaled)!.logLoss
  );
  return {
    seconds,
    epochs: mean(records.map(({ epochs }) => epochs)),
    logLoss: mean(losses),
  };
}

/**
 * A data set as the peers read it.
 *
 * @param naive number of networks to train one after the other, instead of the study
 */
export function question(spec: TableSpec, dataset: number, naive = 0) {
  const { data } = openLaboratory(dataset, spec);
  const part = ({ points, labels, sparse }: CirclesSample) => ({
    points: [...points.data],
    labels: [...labels],
    sparse: [...sparse],
  });
  const posterior = softmax(bayesLogits(data.layout, data.train.points));
  return {
    train: { ...part(data.train), posterior: [...posterior.data] },
    validation: part(data.validation),
    test: part(data.test),
    batch: spec.batchSize ?? "full",
    seed: dataset,
    naive: naive > 0,
    limit: naive,
  };
}
