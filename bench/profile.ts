/**
 * Question: which share of a training step do oneDNN's primitives take? They limit
 * what can be gained around them: PyTorch calls the same library.
 *
 *   deno task bench profile --networks lenet,resnet8
 *
 * Times come from oneDNN itself. Operations run one after the other here, unlike in
 * training, so that their times add up. The last column is the share of an epoch of
 * `fit()` outside of graphs: shuffling, inputs, progress. Nothing is compared.
 */
import { z } from "zod";
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { textTable } from "../lib/cli/terminal/text_table.ts";
import { table } from "../lib/reports/tables/table.ts";
import { report, runProgram, secondsFlag } from "./support/benchmark.ts";
import { networksFlag, networkTask } from "./support/networks.ts";
import { parseProfile, type StepProfile } from "./support/onednn_profile.ts";
import { denoArguments, startOurs } from "./support/programs.ts";
import { EPOCH_ANSWER, type StepTask } from "./support/tasks.ts";

/** Columns of the table: the kinds of primitives in each. */
const GROUPS = {
  convolutions: ["convolution", "deconvolution"],
  products: ["gemm_api", "matmul", "inner_product"],
  normalisation: ["batch_normalization"],
  pooling: ["pooling"],
  reorders: ["reorder"],
};

/** Steps that an epoch has at least. */
const STEPS = 10;

await runProgram({
  name: "profile",
  summary: "measure the share of oneDNN in training steps",
  flags: {
    networks: networksFlag(),
    threads: withDefault(2, whole(1, "threads of an operation")),
    seconds: secondsFlag(1),
  },
  async run({ networks, threads, seconds }) {
    const rows = [];
    for (const { title, question } of networks.map(networkTask)) {
      report(`Profile of ${title}`);
      const task = { ...question, seconds };
      const profile = shares(parseProfile(await output(task, threads)));
      const outside = await shareOutside(task, threads);
      rows.push({ network: title, ...profile, "outside of steps %": outside });
    }
    return textTable(table(rows));
  },
});

/** Standard output of a process that builds the network and takes steps. */
async function output(task: StepTask, threads: number): Promise<string> {
  const script = new URL("./support/step_process.ts", import.meta.url);
  const process = new Deno.Command(Deno.execPath(), {
    args: denoArguments(script),
    env: {
      TF_NUM_INTRAOP_THREADS: `${threads}`,
      TF_NUM_INTEROP_THREADS: "1",
      ONEDNN_VERBOSE: "profile_exec",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const questions = [{ ...task, seconds: 0 }, task]
    .map((question) => `${JSON.stringify(question)}\n`);
  const sent = new Blob(questions).stream().pipeTo(process.stdin);
  const [{ stdout }] = await Promise.all([process.output(), sent]);
  return new TextDecoder().decode(stdout);
}

/** The share of an epoch of some seconds outside of graphs, in per cent. */
async function shareOutside(
  { network, batch, shape, seconds }: StepTask,
  threads: number,
): Promise<number> {
  const script = new URL("./support/epoch_process.ts", import.meta.url);
  const process = startOurs(script, threads);
  await process.ask(z.string());
  const task = { network, batch, shape, augment: shape[2] === 3, epochs: 1 };
  const few = STEPS * batch;
  const { rate } = await process.ask(EPOCH_ANSWER, { ...task, images: few });
  const images = Math.max(few, Math.round(rate! * seconds));
  const { outside } = await process.ask(EPOCH_ANSWER, { ...task, images });
  await process.close();
  return Number((100 * outside!).toFixed(1));
}

/** Milliseconds of a step, and the share of each group in per cent. */
function shares({ step, primitives }: StepProfile) {
  const percent = (time: number) => Math.round(100 * time / step);
  const sum = (kinds: readonly string[]) =>
    kinds.reduce((total, kind) => total + (primitives.get(kind) ?? 0), 0);
  const groups = Object.entries(GROUPS)
    .map(([name, kinds]) => [`${name} %`, percent(sum(kinds))] as const);
  const all = sum([...primitives.keys()]);
  return {
    ms: Number(step.toPrecision(3)),
    ...Object.fromEntries(groups),
    "other %": percent(step - all),
  };
}
