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

/** The experiments, each run once per data set. */
export const EXPERIMENTS = ["table-v", "fig-6", "fig-11", "teachers"] as const;

/** One of these experiments. */
export type ExperimentName = typeof EXPERIMENTS[number];

/** Settings that all experiments share; each is part of a record's identity. */
interface SharedSpec<Name extends ExperimentName> {
  /** Discriminates the union of specs. */
  readonly experiment: Name;
  /** Positions of the circles: a key of `LAYOUTS`. */
  readonly layout: string;
  /** Training points per class. */
  readonly trainPerClass: number;
  /** Test points per class. */
  readonly testPerClass: number;
  /** Number of hidden layers, of 64 units each. */
  readonly hiddenLayers: number;
  /** Points per training step; null takes all points in one step. */
  readonly batchSize: number | null;
  /** Rows of Tables V and VI to compute, in the tables' order. */
  readonly methods: readonly RowName[];
  /** Seeds per student in the comparison of teachers. */
  readonly studentSeeds: number;
  /**
   * Networks per ensemble in that comparison; a multiple of 5, the number of
   * folds.
   */
  readonly members: number;
  readonly seed: number;
}

/** Tables V and VI. */
export interface TableSpec extends SharedSpec<"table-v"> {
  /**
   * The teacher of `ils1`, `ils2` and `ilsq`; by default the network of the row
   * `ce`, as in the study.
   */
  readonly teacher?: TeacherPlan;
}

/** An experiment with fixed teachers: its spec has no teacher plan. */
interface UnplannedSpec<Name extends ExperimentName> extends SharedSpec<Name> {
  readonly teacher?: never;
}

/** What to compute for each data set: one type per experiment. */
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

/** The published settings; the batch size was not published. */
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
 * Returns the published settings with some changes, validated.
 *
 * @param changes settings to override; without `experiment`, those of Tables V
 * and VI
 * @throws {BadInput} if a setting is out of range; the message names it
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
  const selected = new Set(spec.methods.map(checkRowName));
  const methods = ROW_NAMES.filter((name) => selected.has(name));
  const { teacher, ...others } = { ...spec, methods };
  if (teacher === undefined) return others;
  checkTeacher(teacher, others);
  return isDefaultTeacher(teacher) || others.experiment !== "table-v"
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
  checkWhole("Training points per class", spec.trainPerClass, 1);
  checkWhole("Test points per class", spec.testPerClass, 1);
  checkWhole("Hidden layers", spec.hiddenLayers, 1);
  if (spec.batchSize !== null) checkWhole("Batch size", spec.batchSize, 1);
  checkWhole("Seeds of students", spec.studentSeeds, 1);
  checkWhole("Repeats of five folds, members / 5,", spec.members / 5, 1);
  checkSetting("seed", spec.seed, RUN_SETTINGS.seed);
  if (spec.methods.length === 0) {
    throw new BadInput(`Methods must be some of ${ROW_NAMES.join(", ")}`);
  }
}

/** Whether a plan is the default: the network trained on hard labels, once. */
function isDefaultTeacher(
  { method, networks, generations }: TeacherPlan,
): boolean {
  return method.name === "ce" && networks.kind === "one" && generations === 1;
}

/**
 * A planned teacher does not apply to students of Table VI: their names fix it.
 */
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
