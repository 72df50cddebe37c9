import { statfsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../../../bad_input.ts";
import { describeDevice, deviceInfo } from "../../../engine/device.ts";
import {
  type Build,
  denoWarning,
  platformProblem,
} from "../../../engine/platform.ts";
import { reasonOf } from "../../../data/report.ts";
import { readJson } from "../../../files/read_json.ts";
import { isFolder } from "../../../files/folders.ts";
import {
  checkResultsWritable,
  resultsRoot,
} from "../../../files/user_folders.ts";
import { type Finding, runCheck } from "./check.ts";

/** Required disk space in bytes: twice the results of the quick profile. */
const NEEDED_BYTES = 1e9;

/** The platform; tests simulate others. */
export interface Host {
  readonly deno: string;
  readonly build: Build;
}
const THIS_HOST: Host = { deno: Deno.version.deno, build: Deno.build };

/** Checks every requirement of the project, in the order of use. */
export async function* findings(
  root: string,
  host = THIS_HOST,
): AsyncGenerator<Finding> {
  yield await runCheck("system", () => Promise.resolve(findSystem(host.build)));
  yield await runCheck("Deno", () => Promise.resolve(findDeno(host.deno)));
  const engine = await runCheck("engine", findEngine);
  yield engine;
  if (engine.works) {
    yield await runCheck("device", findDevice);
    yield await runCheck("threads", () => Promise.resolve(describeThreads()));
    yield await runCheck("training step", timeStep);
  }
  yield await runCheck("notebook kernel", () => findKernel(root));
  yield await runCheck("notebook runner", () => findRunner(root));
  const { DATASET_NAMES } = await import("../../../data/dataset.ts");
  for (const name of DATASET_NAMES) {
    yield await runCheck(`data ${name}`, () => findData(name));
  }
  yield await runCheck("disk", () => Promise.resolve(findDiskSpace(root)));
}

function findSystem(build: Build) {
  const problem = platformProblem(build);
  if (problem !== undefined) return { works: false, detail: problem };
  return `${build.os} ${build.arch}`;
}

function findDeno(version: string) {
  const warning = denoWarning(version);
  return warning === undefined ? version : { works: null, detail: warning };
}

async function findEngine(): Promise<string> {
  const { engineInfo, tf } = await import("../../../engine/engine.ts");
  const { tfjs, tensorflow } = engineInfo();
  const [sum] = tf.tidy(() => tf.ones([4]).sum().dataSync());
  if (sum !== 4) throw new Error(`It adds 1 + 1 + 1 + 1 up to ${sum}`);
  return `TensorFlow ${tensorflow} through TensorFlow.js ${tfjs}`;
}

async function findDevice() {
  const { engineInfo } = await import("../../../engine/engine.ts");
  const device = deviceInfo(engineInfo().device);
  const detail = describeDevice(device);
  if (device.kind === "gpu") return detail;
  return device.tensorflowBuild === "cuda"
    ? { works: null, detail: `${detail}; TensorFlow found no usable GPU` }
    : `${detail}; for a GPU: deno task setup --cuda`;
}

function describeThreads(): string {
  const set = ["TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS"]
    .filter((name) => Deno.env.has(name))
    .map((name) => `${name}=${Deno.env.get(name)}`);
  const onednn = Deno.env.get("TF_ENABLE_ONEDNN_OPTS") === "1" ? "on" : "off";
  return `${set.join(", ") || "one per core"}; oneDNN ${onednn}`;
}

async function timeStep(): Promise<string> {
  const { stepCost } = await import("../../../cost/measure_noise.ts");
  const { seconds, imagesPerSecond } = stepCost({
    model: "shallownet",
    height: 28,
    width: 28,
    channels: 1,
    classes: 10,
    batchSize: 64,
  });
  return `${(1000 * seconds).toFixed(0)} ms for shallownet on 64 images of ` +
    `28 x 28 pixels, ${imagesPerSecond.toFixed(0)} images/s`;
}

/** Schema of the part of a Jupyter kernel's `kernel.json` that is used here. */
const KERNEL = z.object({ argv: z.tuple([z.string()], z.string()) });

async function findKernel(root: string) {
  const file = join(root, ".venv/share/jupyter/kernels/deno/kernel.json");
  const { argv: [program] } = await readJson(file, KERNEL);
  await Deno.stat(program);
  const other = program === Deno.execPath() ? "" : `, runs ${program}`;
  return `registered in .venv${other}`;
}

async function findRunner(root: string): Promise<string> {
  const names = ["nbclient", "nbconvert", "jupyterlab"];
  const script = "import importlib.metadata as m; " +
    `print(", ".join(f"{n} {m.version(n)}" for n in ${JSON.stringify(names)}))`;
  const { success, stdout, stderr } = await new Deno.Command(
    join(root, ".venv/bin/python"),
    { args: ["-c", script] },
  ).output();
  const text = new TextDecoder();
  if (success) return text.decode(stdout).trim();
  throw new Error(text.decode(stderr).trim().split("\n").at(-1));
}

async function findData(name: string) {
  const { locateDataset } = await import("../../../data/dataset.ts");
  const { NoSource } = await import("../../../data/fetch/sources.ts");
  try {
    const { folder } = await locateDataset(name, { fetch: false });
    return `complete, in ${folder}`;
  } catch (error) {
    // The excerpt is part of the project; other data sets are optional.
    if (error instanceof BadInput || name === "excerpt") throw error;
    const reason = error instanceof NoSource && !error.damaged
      ? "not downloaded"
      : reasonOf(error);
    const hint = `\`deno task ils data --dataset ${name}\` downloads it`;
    return { works: null, detail: `${reason}; ${hint}` };
  }
}

function findDiskSpace(root: string) {
  checkResultsWritable();
  const results = resultsRoot(root);
  const { bavail, bsize } = statfsSync(isFolder(results) ? results : root);
  const free = Number(bavail) * Number(bsize);
  const detail = `${(free / 1e9).toFixed(1)} GB are free`;
  return free < NEEDED_BYTES
    ? { works: false, detail: `${detail}; a study needs 1 GB` }
    : detail;
}
