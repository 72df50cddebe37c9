/**
 * Question: how long does a training step take, compared with PyTorch?
 *
 *   deno task bench training --networks lenet,resnet8
 *
 * A step is forward pass, backward pass and SGD with Nesterov momentum and weight
 * decay on one batch in memory. PyTorch runs eagerly and with `torch.compile`, with
 * NCHW and with channels_last images; its best variant counts. All programs stay
 * alive and take turns in each round. The time of a round is the median of its
 * steps; the table has medians over rounds.
 */
import { z } from "zod";
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { median } from "../lib/statistics/summary.ts";
import { report, runBenchmark, secondsFlag } from "./support/benchmark.ts";
import { compare, type Measurement, medians } from "./support/measurement.ts";
import { networkOf, networksFlag } from "./support/networks.ts";
import { runRounds } from "./support/rounds.ts";
import { openContest, type Steps } from "./support/step_contest.ts";
import { startOurs, startTorch } from "./support/training_programs.ts";

await runBenchmark({
  name: "training",
  summary: "time training steps against PyTorch",
  flags: {
    networks: networksFlag(),
    threads: withDefault(2, whole(1, "threads of each program")),
    seconds: secondsFlag(1),
  },
  async measure({ python, rounds, networks, threads, seconds }) {
    const ours = startOurs(threads);
    const torch = python === undefined
      ? undefined
      : startTorch(python, "training_peer.py", threads);
    report(`TensorFlow ${await ours.ask(z.string())}`);
    if (torch) report(`PyTorch ${await torch.ask(z.string())}`);
    const stepTime = async (steps: Steps) => median(await steps(seconds));
    const measurements: Measurement[] = [];
    for (const name of networks) {
      report(`Training steps of ${name}`);
      const network = networkOf(name);
      const contest = await openContest(network, { ours, torch });
      const timed = await runRounds(rounds, contest, stepTime);
      report(medians(timed));
      const size = `${name}, batch ${network.batch}`;
      measurements.push(
        compare({ work: "training step", size, unit: "ms" }, timed),
      );
    }
    await Promise.all([ours.close(), torch?.close()]);
    return measurements;
  },
});
