import { skipDamaged } from "../files/skip_damaged.ts";
import { openSyntheticStore } from "./store.ts";
import { type SpecOf, syntheticSpec, type TableSpec } from "./spec.ts";

/** Settings that make one study smaller than another. */
type StudySize = Partial<Omit<TableSpec, "experiment" | "teacher">>;

/** The specs of a study's experiments, by name. */
export interface StudyParts {
  /** Tables V and VI, in batches of 32. */
  readonly table: SpecOf<"table-v">;
  /** Tables V and VI with all points in one step. */
  readonly tableFull: SpecOf<"table-v">;
  readonly bestEpsilon: SpecOf<"fig-6">;
  readonly surface: SpecOf<"fig-11">;
  readonly teachers: SpecOf<"teachers">;
}

/** The synthetic study at one size. */
export interface SyntheticStudy {
  readonly name: string;
  /** What it contains, and about how long it takes on two cores. */
  readonly summary: string;
  readonly datasets: number;
  readonly parts: StudyParts;
}

/** The studies by the name of their profile. */
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
    summary: "Gaussian circles, all of Tables V and VI; about 40 minutes",
    datasets: 100,
    parts: parts({}),
  },
};

function parts(size: StudySize): StudyParts {
  const changes = { ...size, batchSize: 32 };
  return {
    table: syntheticSpec(changes),
    tableFull: syntheticSpec({ ...changes, batchSize: null }),
    bestEpsilon: syntheticSpec({ ...changes, experiment: "fig-6" }),
    surface: syntheticSpec({ ...changes, experiment: "fig-11" }),
    teachers: syntheticSpec({
      ...changes,
      experiment: "teachers",
      batchSize: null,
    }),
  };
}

/**
 * Returns the folders of a study's parts.
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

/** Returns whether every data set of every part is stored. */
export async function studyIsDone(
  { parts, datasets }: SyntheticStudy,
  root: string,
): Promise<boolean> {
  for (const spec of Object.values(parts)) {
    const store = await openSyntheticStore(spec, { root });
    for (let dataset = 0; dataset < datasets; dataset++) {
      // A damaged one counts as missing; the run computes it again and warns.
      const record = await skipDamaged(() => store.read(dataset), () => {});
      if (record === undefined) return false;
    }
  }
  return true;
}
