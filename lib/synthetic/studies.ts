import { openSyntheticStore } from "./store.ts";
import {
  type ExperimentName,
  type SyntheticSpec,
  syntheticSpec,
} from "./spec.ts";

/** What a study does with its data sets, by its own names. */
export interface StudyParts {
  /** Tables V and VI, in batches of 32. */
  readonly table: SyntheticSpec & { readonly experiment: "table-v" };
  /** The same with all points at once. */
  readonly tableFull: SyntheticSpec & { readonly experiment: "table-v" };
  readonly bestEpsilon: SyntheticSpec & { readonly experiment: "fig-6" };
  readonly surface: SyntheticSpec & { readonly experiment: "fig-11" };
  readonly teachers: SyntheticSpec & { readonly experiment: "teachers" };
}

/** The synthetic study in one size. */
export interface SyntheticStudy {
  readonly name: string;
  /** What it is, and about how long it takes on two cores. */
  readonly summary: string;
  readonly datasets: number;
  readonly parts: StudyParts;
}

/** The sizes by the name of their profile. */
export const SYNTHETIC_STUDIES: Readonly<Record<string, SyntheticStudy>> = {
  smoke: {
    name: "smoke",
    summary: "four small data sets",
    datasets: 4,
    parts: parts({
      trainPerClass: 20,
      testPerClass: 200,
      hiddenLayers: 1,
      studentSeeds: 1,
      members: 5,
    }),
  },
  synthetic: {
    name: "synthetic",
    summary: "Gaussian circles, all of Tables V and VI; some 40 minutes",
    datasets: 100,
    parts: parts({}),
  },
};

function parts(changes: Partial<SyntheticSpec>): StudyParts {
  const spec = <Name extends ExperimentName>(
    experiment: Name,
    batchSize: number | null,
  ) => ({ ...syntheticSpec({ ...changes, batchSize }), experiment });
  return {
    table: spec("table-v", 32),
    tableFull: spec("table-v", null),
    bestEpsilon: spec("fig-6", 32),
    surface: spec("fig-11", 32),
    teachers: spec("teachers", null),
  };
}

/**
 * Folders of a study's parts.
 *
 * @param root folder of all runs
 */
export function studyFolders(
  { parts }: SyntheticStudy,
  root: string,
): Promise<string[]> {
  return Promise.all(
    Object.values(parts).map(async (spec) =>
      (await openSyntheticStore(spec, { root })).folder
    ),
  );
}

/** Whether every data set of every part is there. */
export async function studyIsDone(
  { parts, datasets }: SyntheticStudy,
  root: string,
): Promise<boolean> {
  for (const spec of Object.values(parts)) {
    const store = await openSyntheticStore(spec, { root });
    for (let dataset = 0; dataset < datasets; dataset++) {
      if (await store.read(dataset) === undefined) return false;
    }
  }
  return true;
}
