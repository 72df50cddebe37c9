/**
 * Question: how many training steps per second do as many one-thread processes as
 * there are cores take together, compared with PyTorch?
 *
 *   deno task bench throughput --networks lenet,resnet8
 *
 * That is how independent runs are trained in parallel. The steps and the variants of
 * PyTorch are those of the benchmark `training`. In each round all processes of a
 * program run at the same time; their rates are added.
 */
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { runBenchmark, secondsFlag } from "./support/benchmark.ts";
import { holdContest } from "./support/contest.ts";
import { networksFlag, networkTask } from "./support/networks.ts";
import { STEP_ANSWER } from "./support/tasks.ts";

await runBenchmark({
  name: "throughput",
  summary: "time steps of several one-thread processes against PyTorch",
  flags: {
    networks: networksFlag(),
    processes: withDefault(
      navigator.hardwareConcurrency,
      whole(1, "processes of each program"),
    ),
    seconds: secondsFlag(2),
  },
  measure: ({ networks, seconds, ...options }) =>
    holdContest({
      ...options,
      threads: 1,
      what: { work: "training throughput", unit: "steps/s" },
      tasks: networks.map(networkTask),
      script: new URL("./support/step_process.ts", import.meta.url),
      file: "training_peer.py",
      none: { seconds: 0 },
      schema: STEP_ANSWER,
      measure: async (asks) => {
        const answers = await Promise.all(asks.map((ask) => ask({ seconds })));
        return sum(
          answers.map(({ times }) => 1000 * times.length / sum(times)),
        );
      },
    }),
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
