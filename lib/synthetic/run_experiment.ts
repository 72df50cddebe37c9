import {
  type BestEpsilonRecord,
  runBestEpsilon,
} from "./figures/best_epsilon_run.ts";
import { openLaboratory } from "./laboratory.ts";
import { runSurface, type SurfaceRecord } from "./figures/surface_run.ts";
import type { ExperimentName, SyntheticSpec } from "./spec.ts";
import { runTable, type TableRecord } from "./table/table_run.ts";
import { runTeachers, type TeachersRecord } from "./teachers/teachers_run.ts";

/** The result of each experiment on one data set. */
export interface ExperimentResults {
  readonly "table-v": TableRecord;
  readonly "fig-6": BestEpsilonRecord;
  readonly "fig-11": SurfaceRecord;
  readonly "teachers": TeachersRecord;
}

/** Runs a spec's experiment on one data set. */
export function runExperiment(
  spec: SyntheticSpec,
  dataset: number,
): ExperimentResults[ExperimentName] {
  const laboratory = openLaboratory(dataset, spec);
  switch (spec.experiment) {
    case "table-v":
      return runTable(laboratory, spec.methods);
    case "fig-6":
      return runBestEpsilon(laboratory);
    case "fig-11":
      return runSurface(laboratory);
    case "teachers":
      return runTeachers(laboratory);
  }
}
