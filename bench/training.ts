/**
 * Question: how long does a training step take, compared with PyTorch on the same
 * machine?
 *
 *   python -m venv /tmp/peer
 *   /tmp/peer/bin/pip install -r bench/peers/training-requirements.txt
 *   deno task bench training --python /tmp/peer/bin/python
 *
 * A step is forward, backward and SGD with Nesterov momentum and weight decay
 * on images in memory; PyTorch is eager, with NCHW or channels_last images. Without
 * --python only our program runs. --networks (all four), --rounds (5), --steps per
 * round (10), --threads (2).
 *
 * The programs alternate in each round, so that a busy machine slows all of them:
 * compare the ratio of PyTorch's time to ours, of which there is one per round. The
 * time of a round is that of its fastest step; the median over rounds is printed.
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

// TensorFlow reads this variable when it is loaded.
Deno.env.set("TF_NUM_INTRAOP_THREADS", values.threads);
const { engineInfo } = await import("../lib/engine/engine.ts");
const { openLearner } = await import("./support/learner.ts");

const peer = values.python === undefined
  ? undefined
  : startTorch(values.python, values.threads);
const torch = peer && `PyTorch ${await peer.ask(z.string())}`;
console.log(
  `TensorFlow ${engineInfo().tensorflow} compared with ${
    torch ?? "nothing, as --python is not given"
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
    "ms per step": shown(median(ours)),
    ...against("NCHW", nchw, ours),
    ...against("channels_last", channelsLast, ours),
  };
}

/** A peer's time and the median, minimum and maximum of its ratio to ours. */
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
