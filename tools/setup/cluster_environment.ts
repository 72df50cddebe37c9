import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { mustRun } from "./command.ts";
import { CLUSTER_VENV } from "./paths.ts";
import { CHECKED, pip } from "./pip.ts";
import {
  clusterPython,
  diskSpace,
  findClusterPython,
} from "./prerequisites.ts";
import { exists, hashOf, hasStamp, writeStamp } from "./stamp.ts";
import { SetupError, type Step } from "./step.ts";

const STAMP = join(CLUSTER_VENV, ".set-up");
const PYTHON = join(CLUSTER_VENV, "bin", "python");

const lockOf = (name: string) => join(ROOT, "requirements", `${name}.txt`);
const BUILD = lockOf("cluster-build");
const SNAKEMAKE = lockOf("cluster");

/** Makes `.venv-cluster` with Snakemake and its executors. */
export const clusterEnvironment: Step = {
  title: "Install Snakemake and its executors into .venv-cluster",
  needs: [clusterPython, diskSpace(0.5)],
  isDone: async () =>
    await hasStamp(STAMP, await hashOf([BUILD, SNAKEMAKE])) &&
    await exists(PYTHON),
  async run() {
    const program = await findClusterPython();
    if (program === undefined) throw new SetupError("Python is missing");
    await mustRun("make the Python environment .venv-cluster", program, [
      ...["-m", "venv", "--clear", CLUSTER_VENV],
    ]);
    await pip(PYTHON, { what: "setuptools", args: buildArguments() });
    await pip(PYTHON, { what: "Snakemake", args: snakemakeArguments() });
    await writeStamp(STAMP, await hashOf([BUILD, SNAKEMAKE]));
  },
};

/** pip's arguments for what the package below is built with. */
export function buildArguments(): string[] {
  return [...CHECKED, `--requirement=${BUILD}`];
}

/**
 * pip's arguments for Snakemake. Its package connection-pool has no wheel; its
 * source, which has a hash as well, is built with the pinned setuptools.
 */
export function snakemakeArguments(): string[] {
  return [
    ...CHECKED,
    "--no-binary=connection-pool",
    "--no-build-isolation",
    `--requirement=${SNAKEMAKE}`,
  ];
}
