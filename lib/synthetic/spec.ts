import { BadInput, checkWhole } from "../bad_input.ts";
import { layoutNamed, STUDY_SIZES } from "./circles.ts";
import { RUN_SETTINGS, TEACHER_SETTINGS } from "../runs/settings.ts";
import { checkSetting } from "../setting_rules.ts";
import { checkMethod } from "../smoothing/parse_method.ts";
import type { TeacherPlan } from "../runs/teacher_plan.ts";
import {
  checkRowName,
  ROW_NAMES,
  type RowName,
  SMOOTHED_ROWS,
  withTeachers,
} from "./candidates.ts";

/** What can be done with each of the synthetic data sets. */
export const EXPERIMENTS = ["table-v", "fig-6", "fig-11", "teachers"] as const;

/** One of these experiments. */
export type ExperimentName = typeof EXPERIMENTS[number];

/** What the specs of all experiments hold, each part of a record's identity. */
interface SharedSpec<Name extends ExperimentName> {
  /** Tells the experiments' specs apart. */
  readonly experiment: Name;
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

/** Tables V and VI. */
export interface TableSpec extends SharedSpec<"table-v"> {
  /**
   * The teacher of `ils1`, `ils2` and `ilsq`; the network of the row `ce`
   * unless given, as in the study.
   */
  readonly teacher?: TeacherPlan;
}

/** An experiment whose teachers are its own, which no spec plans. */
interface UnplannedSpec<Name extends ExperimentName> extends SharedSpec<Name> {
  readonly teacher?: never;
}

/** What is done with every data set: one type for each experiment. */
export type SyntheticSpec =
  | TableSpec
  | UnplannedSpec<"fig-6">
  | UnplannedSpec<"fig-11">
  | UnplannedSpec<"teachers">;

/** The spec of one experiment. */
export type SpecOf<Name extends ExperimentName> = Extract<
  SyntheticSpec,
  { readonly experiment: Name }
>;

/** The study's own settings, with the batch size that it did not print. */
export const STUDY_SPEC: TableSpec = {
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
 * @param changes of an experiment; that of Tables V and VI unless it is named
 * @throws {BadInput} that names the key, its value and what is allowed
 */
export function syntheticSpec<Name extends ExperimentName>(
  changes: Partial<SpecOf<Name>> & { readonly experiment: Name },
): SpecOf<Name>;
export function syntheticSpec(changes?: Partial<TableSpec>): TableSpec;
export function syntheticSpec(
  changes: Partial<SyntheticSpec> = {},
): SyntheticSpec {
  const spec = { ...STUDY_SPEC, ...changes } as SyntheticSpec;
  checkShared(spec);
  const wanted = new Set(spec.methods.map(checkRowName));
  const methods = ROW_NAMES.filter((name) => wanted.has(name));
  const { teacher, ...others } = { ...spec, methods };
  if (teacher === undefined) return others;
  checkTeacher(teacher, others);
  return isStudysOwn(teacher) || others.experiment !== "table-v"
    ? others
    : { ...others, teacher };
}

function checkShared(spec: SyntheticSpec): void {
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
  checkSetting("seed", spec.seed, RUN_SETTINGS.seed);
  if (spec.methods.length === 0) {
    throw new BadInput(`Methods must be some of ${ROW_NAMES.join(", ")}`);
  }
}

/** The network that is trained on hard labels, once: no teacher of its own. */
function isStudysOwn(
  { method, networks, generations }: TeacherPlan,
): boolean {
  return method.name === "ce" && networks.kind === "one" && generations === 1;
}

/** Students of Table VI have the teachers that they are named after. */
function checkTeacher(
  { networks, generations, method }: TeacherPlan,
  { experiment, methods, trainPerClass, layout }: SharedSpec<ExperimentName>,
): void {
  if (experiment !== "table-v") {
    throw new BadInput(
      `A teacher belongs to experiment table-v: current value is ${experiment}`,
    );
  }
  const trained = withTeachers(methods);
  if (!SMOOTHED_ROWS.some((row) => trained.has(row))) {
    throw new BadInput(
      `A teacher needs one of ${SMOOTHED_ROWS.join(", ")} among the methods: ` +
        `they are ${methods.join(", ")}`,
    );
  }
  checkMethod(method);
  const rules = TEACHER_SETTINGS;
  checkSetting("generations", generations, rules.generations);
  if (networks.kind === "ensemble") {
    checkSetting("members", networks.members, rules.members);
  }
  if (networks.kind !== "folds") return;
  checkSetting("repeats", networks.repeats, rules.repeats);
  checkSetting("folds", networks.folds, rules.folds);
  const points = trainPerClass * layoutNamed(layout).classes.length;
  if (networks.folds > points) {
    throw new BadInput(
      `Cannot cut ${points} training points into ${networks.folds} folds`,
    );
  }
}
