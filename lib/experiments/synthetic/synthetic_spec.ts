import { BadInput, checkWhole } from "../../bad_input.ts";
import { layoutNamed, STUDY_SIZES } from "../../data/circles.ts";
import { checkRowName, ROW_NAMES, type RowName } from "./candidates.ts";

/** What can be done with each of the synthetic data sets. */
export const EXPERIMENTS = ["table-v", "fig-6", "fig-11", "teachers"] as const;

/** One of these experiments. */
export type ExperimentName = typeof EXPERIMENTS[number];

/** What is done with every data set; what it gives is known by it. */
export interface SyntheticSpec {
  readonly experiment: ExperimentName;
  /** Where the circles lie: a name of `LAYOUTS`. */
  readonly layout: string;
  /** Training points a class. */
  readonly trainPerClass: number;
  /** Test points a class. */
  readonly testPerClass: number;
  /** Layers of 64 units. */
  readonly hiddenLayers: number;
  /** Points a step; null takes all at once. */
  readonly batchSize: number | null;
  /** Rows of Table V and VI that are wanted, in the tables' order. */
  readonly methods: readonly RowName[];
  /** Seeds of every student of a comparison of teachers. */
  readonly studentSeeds: number;
  /** Networks of an ensemble of theirs; a multiple of 5, the folds. */
  readonly members: number;
  readonly seed: number;
}

/** The study's own settings, with the batch size that it did not print. */
export const STUDY_SPEC: SyntheticSpec = {
  experiment: "table-v",
  layout: "canonical",
  trainPerClass: STUDY_SIZES.train,
  testPerClass: STUDY_SIZES.test,
  hiddenLayers: 5,
  batchSize: 32,
  methods: ROW_NAMES,
  studentSeeds: 5,
  members: 20,
  seed: 1,
};

/**
 * The study's settings with some changed, checked.
 *
 * @throws {BadInput} that names the key, its value and what is allowed
 */
export function syntheticSpec(
  changes: Partial<SyntheticSpec> = {},
): SyntheticSpec {
  const spec = { ...STUDY_SPEC, ...changes };
  if (!EXPERIMENTS.includes(spec.experiment)) {
    throw new BadInput(
      `Experiment must be one of ${EXPERIMENTS.join(", ")}: ` +
        `current value is ${spec.experiment}`,
    );
  }
  layoutNamed(spec.layout);
  checkWhole("Training points a class", spec.trainPerClass, 1);
  checkWhole("Test points a class", spec.testPerClass, 1);
  checkWhole("Hidden layers", spec.hiddenLayers, 1);
  if (spec.batchSize !== null) checkWhole("Batch size", spec.batchSize, 1);
  checkWhole("Seeds of students", spec.studentSeeds, 1);
  checkWhole("Repeats of five folds, members / 5,", spec.members / 5, 1);
  checkWhole("Seed", spec.seed, 0);
  if (spec.methods.length === 0) {
    throw new BadInput(`Methods must be some of ${ROW_NAMES.join(", ")}`);
  }
  const wanted = new Set(spec.methods.map(checkRowName));
  return { ...spec, methods: ROW_NAMES.filter((name) => wanted.has(name)) };
}
