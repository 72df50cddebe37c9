/**
 * Question: how long do the 212 networks and 4 students of one data set of the
 * synthetic study take, compared with two vectorised PyTorch programs: a
 * straightforward one (torch.bmm, autograd, torch.optim.Adam, the same compaction),
 * and one optimised for speed (hand-written gradients, fused Adam, the bias within
 * the product, blocks of networks that fit into the cache)?
 *
 *   deno task bench synthetic --datasets 4
 *
 * All programs train, select and evaluate the same networks on the same points, with
 * one single-threaded process per core. This is also best for the peers if the number
 * of data sets is a multiple of the cores. Start-up is not included: each process
 * first runs another data set. Progress on standard error has the epochs and log
 * losses, which must agree.
 */
import { type FlagKind, whole, withDefault } from "../lib/cli/flags/flags.ts";
import { syntheticSpec } from "../lib/synthetic/spec.ts";
import { report, runBenchmark } from "./support/benchmark.ts";
import { compare, medians } from "./support/measurement.ts";
import { mapRounds, runRounds } from "./support/rounds.ts";
import { naiveTimes } from "./support/synthetic_naive.ts";
import {
  openOurs,
  openTorch,
  type Result,
  type SyntheticProgram,
} from "./support/synthetic_programs.ts";

const PEERS = new Map([
  ["PyTorch, plain", "synthetic_plain_peer.py"],
  ["PyTorch, optimised", "synthetic_peer.py"],
]);

const CORES = navigator.hardwareConcurrency;

await runBenchmark({
  name: "synthetic",
  summary: "time data sets of the synthetic study against PyTorch",
  flags: {
    batch: withDefault(null, batchSize()),
    datasets: withDefault(2 * CORES, whole(1, "data sets per round")),
    cores: withDefault(CORES, whole(1, "processes of each program")),
    naive: withDefault(
      0,
      whole(0, "also train this many networks one after the other"),
    ),
  },
  async measure({ python, rounds, batch, datasets, cores, naive }) {
    const spec = syntheticSpec({ batchSize: batch });
    const ours = await openOurs(spec, cores);
    const peers = new Map<string, SyntheticProgram>();
    for (const [name, file] of python === undefined ? [] : PEERS) {
      peers.set(name, await openTorch(file, { spec, cores, python: python! }));
    }
    const numbers = Array.from({ length: datasets }, (_, i) => i);
    const results = await runRounds(
      rounds,
      { ours, peers },
      (program) => program.run(numbers),
    );
    const of = (key: keyof Result) => mapRounds(results, (one) => one[key]);
    report(`epochs: ${medians(of("epochs"))}`);
    report(`log loss of ls: ${medians(of("logLoss"))}`);
    report(`seconds: ${medians(of("seconds"))}`);
    await Promise.all([ours, ...peers.values()].map((one) => one.close()));
    if (naive > 0) report(await naiveTimes(spec, naive, python));
    const size = `${datasets} data sets, batch ${batch ?? "full"}`;
    const what = { work: "synthetic study", size, unit: "s" } as const;
    return [compare(what, of("seconds"))];
  },
});

/** Points per step; null for all of them. */
function batchSize(): FlagKind<number | null> {
  const kind = whole(1, "points per step, or full (default: full)");
  return {
    ...kind,
    parse: (text, flag) => text === "full" ? null : kind.parse(text, flag),
  };
}
