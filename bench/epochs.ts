/**
 * Question: how many images per second do whole epochs of training take in,
 * compared with the same loop in PyTorch?
 *
 *   deno task bench epochs --networks lenet,resnet8
 *
 * Our side is `fit()`, whose history has the rate. Both sides shuffle in each epoch,
 * take batches from bytes in memory, crop and flip the colour images, normalise, and
 * train on soft targets; validation is not timed. The variants of PyTorch and the
 * rounds are those of the benchmark `training`. A round is an epoch after one that is not
 * timed, so that recording and compilation are not included.
 */
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { runBenchmark } from "./support/benchmark.ts";
import { holdContest } from "./support/contest.ts";
import { networksFlag, networkTask } from "./support/networks.ts";
import { EPOCH_ANSWER } from "./support/tasks.ts";

await runBenchmark({
  name: "epochs",
  summary: "time whole epochs of training against PyTorch",
  flags: {
    networks: networksFlag(["lenet", "shallownet", "resnet8"]),
    threads: withDefault(2, whole(1, "threads of each program")),
    images: withDefault(10_000, whole(1, "training images")),
  },
  measure: ({ networks, images, ...options }) =>
    holdContest({
      ...options,
      what: { work: "training epoch", unit: "images/s" },
      tasks: networks.map((name) => {
        const { title, question } = networkTask(name);
        // Images in colour are cropped and flipped.
        const augment = question.shape[2] === 3;
        return {
          title: `${title}, ${images} images${augment ? ", cropped" : ""}`,
          question: { ...question, images, augment },
        };
      }),
      script: new URL("./support/epoch_process.ts", import.meta.url),
      file: "epochs_peer.py",
      none: { epochs: 0 },
      schema: EPOCH_ANSWER,
      measure: async ([ask]) => (await ask({ epochs: 1 })).rate!,
    }),
});
