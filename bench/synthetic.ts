/**
 * Question: how long do the 212 networks and 4 students of one data set of the
 * synthetic study take, compared with two vectorised PyTorch programs: a
 * straightforward one (torch.bmm, autograd, torch.optim.Adam, the same compaction),
 * and one optimised for speed (hand-written gradients, fused Adam, the bias within
 * the product, blocks of networks that fit into the cache)?
 *
 *   python -m venv /tmp/peer
 *   /tmp/peer/bin/pip install -r bench/peers/synthetic-requirements.txt
 *   deno task bench synthetic --python /tmp/peer/bin/python
 *
 * All programs train, select and evaluate the same networks on the same points, with
 * one single-threaded process per core. This is also best for the peers if the
 * number of data sets is a multiple of the cores; with three data sets, the fast
 * PyTorch program would be a fifth faster in one process with two threads. Without
 * --python only our program runs. --batch (full; or a number), --datasets (3),
 * --rounds (3), --cores (2), --naive (20 networks one after the other; 0 for none).
 *
 * The programs alternate in each round, so that a busy machine slows both: compare
 * the ratio of PyTorch's time to ours. Start-up is not included: each process
 * first runs another data set.
 */
// deno-lint-ignore-file no-console
import { parseArgs } from "node:util";
import { z } from "zod";
import { bayesLogits, type CirclesSample } from "../lib/synthetic/circles.ts";
import { candidates } from "../lib/synthetic/candidates.ts";
import { openLaboratory } from "../lib/synthetic/laboratory.ts";
import { syntheticSpec } from "../lib/synthetic/spec.ts";
import type { TableRecord } from "../lib/synthetic/table/table_run.ts";
import { startWorker } from "../lib/synthetic/worker_process.ts";
import { buildTargets } from "../lib/smoothing/targets.ts";
import { softmax } from "../lib/logits/softmax.ts";
import { mean, median } from "../lib/statistics/summary.ts";
import { type PeerProcess, startPeer } from "./support/peer_process.ts";

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    batch: { type: "string", default: "full" },
    datasets: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    cores: { type: "string", default: "2" },
    naive: { type: "string", default: "20" },
  },
});
const batchSize = values.batch === "full" ? null : Number(values.batch);
const spec = syntheticSpec({ batchSize });
const numbers = Array.from({ length: Number(values.datasets) }, (_, i) => i);

/** Schema of a peer's time for networks trained one after the other. */
const NAIVE_ANSWER = z.object({ seconds: z.number(), epochs: z.number() });

/** Schema of the part of a peer's answer that is read here. */
const PEER_ANSWER = NAIVE_ANSWER.extend({
  rows: z.array(z.object({
    method: z.string(),
    scaled: z.boolean(),
    logLoss: z.number(),
  })).readonly(),
});

type PeerAnswer = z.output<typeof PEER_ANSWER>;

/** Result of a program on all data sets. */
interface Result {
  /** Wall time. */
  readonly seconds: number;
  /** Mean number of epochs of a network, over data sets. */
  readonly epochs: number;
  /** Mean test log loss of the chosen `ls` network. */
  readonly logLoss: number;
}

const workers = Array.from({ length: Number(values.cores) }, startWorker);
const unmeasured = numbers.length;
await Promise.all(
  workers.map((worker) => worker.run({ spec, dataset: unmeasured })),
);
const { python } = values;
const programs = await Promise.all(
  python === undefined ? [] : [
    openProgram("plain", "synthetic_plain_peer.py", python),
    openProgram("optimised", "synthetic_peer.py", python),
  ],
);
const rounds = Array.from({ length: Number(values.rounds) }, (_, i) => i + 1);
const rows: Record<string, string | number>[] = [];
for (const round of rounds) {
  const ours = await runAll();
  rows.push({ round, program: "ours", ...shown(ours) });
  for (const { title, peers, ratios } of programs) {
    const theirs = await askAll(peers);
    const ratio = theirs.seconds / ours.seconds;
    ratios.push(ratio);
    const program = `PyTorch, ${title}`;
    const row = { round, program, ...shown(theirs) };
    rows.push({ ...row, "theirs / ours": Number(ratio.toFixed(2)) });
  }
}
console.log(
  `${numbers.length} data sets, batch ${values.batch}, compared with ` +
    (programs[0]?.version ?? "nothing, as --python is not given") +
    `; ${values.cores} cores, load ${Deno.loadavg()[0].toFixed(1)}`,
);
console.table(rows);
for (const { title, ratios } of programs) {
  console.log(
    `PyTorch, ${title} / ours: ${median(ratios).toFixed(2)} ` +
      `(${Math.min(...ratios).toFixed(2)} to ${
        Math.max(...ratios).toFixed(2)
      })`,
  );
}
await Promise.all(workers.map((worker) => worker.end()));
await naive(Number(values.naive));
for (const { peers } of programs) {
  await Promise.all(peers.map((peer) => peer.close()));
}

/** Starts a PyTorch program, with one process per core. */
async function openProgram(title: string, file: string, python: string) {
  const script = new URL(`peers/${file}`, import.meta.url).pathname;
  const peers = workers.map(() => startPeer(python, [script, "1"]));
  const [version] = await Promise.all(
    peers.map(async (peer) => {
      const version = await peer.ask(z.string());
      await peer.ask(PEER_ANSWER, question(unmeasured));
      return `PyTorch ${version}`;
    }),
  );
  return { title, peers, version, ratios: [] as number[] };
}

async function runAll(): Promise<Result> {
  const waiting = [...numbers];
  const records: TableRecord[] = [];
  const start = performance.now();
  await Promise.all(workers.map(async (worker) => {
    for (let dataset; (dataset = waiting.shift()) !== undefined;) {
      const { result } = await worker.run({ spec, dataset });
      records.push(result as TableRecord);
    }
  }));
  const seconds = (performance.now() - start) / 1000;
  return summarise(seconds, records);
}

/** The time is that of the slowest peer process, without reading JSON. */
async function askAll(peers: readonly PeerProcess[]): Promise<Result> {
  const waiting = [...numbers];
  const answers: PeerAnswer[] = [];
  const seconds = await Promise.all(peers.map(async (peer) => {
    let total = 0;
    for (let number; (number = waiting.shift()) !== undefined;) {
      const answer = await peer.ask(PEER_ANSWER, question(number));
      answers.push(answer);
      total += answer.seconds;
    }
    return total;
  }));
  return summarise(Math.max(...seconds), answers);
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

function question(number: number, limit = 0) {
  const { data } = openLaboratory(number, spec);
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
    batch: batchSize ?? "full",
    seed: number,
    naive: limit > 0,
    limit,
  };
}

/** Times networks trained one after the other. */
async function naive(limit: number): Promise<void> {
  if (limit === 0) return;
  const laboratory = openLaboratory(0, spec);
  const { classes, data: { train: { labels } } } = laboratory;
  const jobs = candidates("ls").concat(candidates("ce"))
    .map((method, i) => ({
      name: `naive/${i}`,
      targets: buildTargets(method, { labels, classes }),
    }));
  const start = performance.now();
  for (let i = 0; i < limit; i++) laboratory.train([jobs[i % jobs.length]]);
  const ours = (performance.now() - start) / 1000;
  const theirs = await programs[0]?.peers[0]
    .ask(NAIVE_ANSWER, question(0, limit));
  const all = (seconds: number) => (seconds * 212 / limit).toFixed(1);
  console.log(
    `One network at a time, 212 of them (${limit} measured): ours ` +
      `${all(ours)} s` + (theirs ? `, PyTorch ${all(theirs.seconds)} s` : ""),
  );
}

function shown({ seconds, epochs, logLoss }: Result) {
  return {
    "s per data set": Number((seconds / numbers.length).toFixed(2)),
    epochs: Number(epochs.toFixed(1)),
    "ls log loss": Number(logLoss.toFixed(4)),
  };
}
