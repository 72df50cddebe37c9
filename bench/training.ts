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
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { median } from "../lib/statistics/summary.ts";
import { runBenchmark, secondsFlag } from "./support/benchmark.ts";
import { holdContest } from "./support/contest.ts";
import { networksFlag, networkTask } from "./support/networks.ts";
import { STEP_ANSWER } from "./support/tasks.ts";

await runBenchmark({
  name: "training",
  summary: "time training steps against PyTorch",
  flags: {
    networks: networksFlag(),
    threads: withDefault(2, whole(1, "threads of each program")),
    seconds: secondsFlag(1),
  },
  measure: ({ networks, seconds, ...options }) =>
    holdContest({
      ...options,
      what: { work: "training step", unit: "ms" },
      tasks: networks.map(networkTask),
      script: new URL("./support/step_process.ts", import.meta.url),
      file: "training_peer.py",
      none: { seconds: 0 },
      schema: STEP_ANSWER,
      measure: async ([ask]) => median((await ask({ seconds })).times),
    }),
});
