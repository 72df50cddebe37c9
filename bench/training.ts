/**
 * Question: how long does a training step take here, beside PyTorch's on the
 * same machine?
 *
 *   python -m venv /tmp/peer
 *   /tmp/peer/bin/pip install -r bench/peers/training-requirements.txt
 *   deno task bench training --python /tmp/peer/bin/python
 *
 * A step is forward, backward and SGD with Nesterov momentum and weight decay
 * on images that are in memory; PyTorch is eager, its images NCHW or
 * channels_last. Without --python ours runs alone. --networks (all four),
 * --rounds (5), --steps of a round (10), --threads (2).
 *
 * The programs take turns in each round, so that a busy machine slows all of
 * them: look at the ratio, PyTorch's time over ours, of which there is one a
 * round. A time is that of a round's fastest step; shown is the median of rounds.
 */
// deno-lint-ignore-file no-console
import { parseArgs } from "node:util";
import { z } from "zod";
import { median } from "../lib/statistics/summary.ts";
import { type PeerProcess, startPeer } from "./support/peer_process.ts";

/** Schema of a peer's answer: the time of each step in milliseconds. */
const STEP_TIMES = z.array(z.number());

const NETWORKS = {
  lenet: { batch: 128, shape: [28, 28, 1] },
  shallownet: { batch: 256, shape: [28, 28, 1] },
  resnet8: { batch: 64, shape: [32, 32, 3] },
  resnet18: { batch: 64, shape: [32, 32, 3] },
} as const;
type Network = keyof typeof NETWORKS;

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    networks: { type: "string", default: Object.keys(NETWORKS).join() },
    rounds: { type: "string", default: "5" },
    steps: { type: "string", default: "10" },
    threads: { type: "string", default: "2" },
  },
});
const steps = Number(values.steps);

// TensorFlow reads it when it is loaded.
Deno.env.set("TF_NUM_INTRAOP_THREADS", values.threads);
const { engineInfo } = await import("../lib/engine/engine.ts");
const { openLearner } = await import("./support/learner.ts");

const peer = values.python === undefined
  ? undefined
  : startTorch(values.python, values.threads);
const torch = peer && `PyTorch ${await peer.ask(z.string())}`;
console.log(
  `TensorFlow ${engineInfo().tensorflow} beside ${
    torch ?? "nothing: --python names no Python that has PyTorch"
  }; ${values.threads} threads, load ${Deno.loadavg()[0].toFixed(1)}`,
);
const rows = [];
for (const name of values.networks.split(",")) {
  rows.push(await compare(name as Network));
}
console.table(rows);
await peer?.close();

function startTorch(python: string, threads: string): PeerProcess {
  const script = new URL("peers/training_peer.py", import.meta.url).pathname;
  return startPeer(python, [script, threads]);
}

async function compare(network: Network) {
  const setting = NETWORKS[network];
  const step = openLearner(network, setting);
  const ours: number[] = [];
  const nchw: number[] = [];
  const channelsLast: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    step();
    ours.push(Math.min(...Array.from({ length: steps }, () => time(step))));
    if (!peer) continue;
    for (const times of [nchw, channelsLast]) {
      const layout = { channelsLast: times === channelsLast };
      const task = { network, steps, ...layout, ...setting };
      times.push(Math.min(...await peer.ask(STEP_TIMES, task)));
    }
  }
  return {
    network,
    batch: setting.batch,
    "ms a step": shown(median(ours)),
    ...against("NCHW", nchw, ours),
    ...against("channels_last", channelsLast, ours),
  };
}

/** A peer's time, and its ratio to ours with the smallest and the largest. */
function against(layout: string, theirs: number[], ours: number[]) {
  if (theirs.length === 0) return {};
  const ratios = theirs.map((time, round) => time / ours[round]);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  const range = `${low.toFixed(2)} to ${high.toFixed(2)}`;
  return {
    [`${layout} ms`]: shown(median(theirs)),
    [`${layout} / ours`]: `${median(ratios).toFixed(2)} (${range})`,
  };
}

function shown(milliseconds: number): number {
  return Number(milliseconds.toPrecision(3));
}

function time(step: () => void): number {
  const start = performance.now();
  step();
  return performance.now() - start;
}
