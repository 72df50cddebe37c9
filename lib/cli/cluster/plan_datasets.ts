import { basename } from "node:path";
import { JOB_SECONDS } from "../../cluster/group_jobs.ts";
import type { Job } from "../../cluster/job_plan.ts";
import type { PlannedDatasets } from "../../cluster/plan_jobs.ts";
import { minutesFor } from "../../cost/job_resources.ts";
import { isFile } from "../../files/folders.ts";
import { runsFolder } from "../../runs/store.ts";
import type { ExperimentName, SyntheticSpec } from "../../synthetic/spec.ts";
import { datasetPath, openSyntheticStore } from "../../synthetic/store.ts";
import type { SyntheticStudy } from "../../synthetic/studies.ts";

/**
 * Seconds per data set of the published size on one core, the longest measured
 * beside other programs; see docs/log.md.
 */
const SECONDS: Readonly<Record<ExperimentName, number>> = {
  "table-v": 15,
  "fig-6": 4,
  "fig-11": 7,
  "teachers": 64,
};

/** In MB; the largest process, for teachers, was measured to take 1,123 MB. */
const MEMORY_MB = 2000;

/** Plans the data sets of synthetic studies as jobs of about ten minutes. */
export async function planDatasets(
  studies: readonly SyntheticStudy[],
): Promise<PlannedDatasets> {
  const parts = studies.flatMap(({ parts, datasets }) =>
    Object.values(parts).map((spec) => planPart(spec, datasets))
  );
  const planned = await Promise.all(parts);
  const sum = (key: "total" | "finished" | "seconds") =>
    planned.reduce((sum, part) => sum + part[key], 0);
  return {
    jobs: planned.flatMap(({ jobs }) => jobs),
    total: sum("total"),
    finished: sum("finished"),
    seconds: sum("seconds"),
  };
}

/** Plans the data sets of one experiment. */
async function planPart(
  spec: SyntheticSpec,
  total: number,
): Promise<PlannedDatasets> {
  const root = runsFolder();
  const { folder } = await openSyntheticStore(spec, { root });
  const missing = Array.from({ length: total }, (_, number) => number)
    .filter((number) => !isFile(datasetPath(folder, number)));
  const seconds = SECONDS[spec.experiment];
  const size = Math.ceil(JOB_SECONDS / seconds);
  const jobs: Job[] = [];
  for (let first = 0; first < total; first += size) {
    const count = Math.min(size, total - first);
    const left = missing.filter((n) => n >= first && n < first + count).length;
    if (left === 0) continue;
    jobs.push({
      id: `${basename(folder)}-${first}`,
      runs: [],
      datasets: { folder, first, count },
      after: [],
      command: datasetsCommand(spec, { first, count }),
      resources: {
        threads: 1,
        memoryMb: MEMORY_MB,
        gpus: 0,
        minutes: minutesFor(seconds * left),
      },
    });
  }
  const finished = total - missing.length;
  return { jobs, total, finished, seconds: seconds * missing.length };
}

/** Returns the command that computes some data sets of a study's experiment. */
function datasetsCommand(
  spec: SyntheticSpec,
  { first, count }: { readonly first: number; readonly count: number },
): string[] {
  const flags = {
    "experiment": spec.experiment,
    "batch": spec.batchSize ?? "full",
    "layout": spec.layout,
    "train-per-class": spec.trainPerClass,
    "test-per-class": spec.testPerClass,
    "hidden-layers": spec.hiddenLayers,
    "student-seeds": spec.studentSeeds,
    "members": spec.members,
    "seed": spec.seed,
    "first": first,
    "datasets": count,
    "workers": 1,
  };
  const words = Object.entries(flags)
    .flatMap(([name, value]) => [`--${name}`, String(value)]);
  return ["ils", "synthetic", ...words];
}
