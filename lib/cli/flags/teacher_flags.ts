import { BadInput } from "../../bad_input.ts";
import { TEACHER_SETTINGS } from "../../runs/settings.ts";
import type { TeacherPlan } from "../../runs/teacher_plan.ts";
import {
  METHOD_NAMES,
  METHOD_NUMBERS,
  type MethodSpec,
  needsTeacher,
  numbersOf,
  trainingNumbers,
} from "../../smoothing/method.ts";
import { parseMethod } from "../../smoothing/parse_method.ts";
import { choice, flagName, optional, path, type Values } from "./flags.ts";
import { settingKind } from "./setting_flags.ts";
import { methodFlags } from "./method_flags.ts";

/** Methods of a teacher: those that need no number but epsilon. */
const TEACHER_METHODS = METHOD_NAMES.filter((name) =>
  numbersOf(name).every((number) =>
    number === "epsilon" || number === "scores" ||
    "default" in METHOD_NUMBERS[number]
  )
);

const EPSILON = trainingNumbers("ls").epsilon!;

/** Flags that say how a teacher is made. */
export const teacherPlanFlags = {
  teacherEnsemble: optional(settingKind(TEACHER_SETTINGS.members)),
  teacherFolds: optional(settingKind(TEACHER_SETTINGS.folds)),
  teacherRepeats: optional(settingKind(TEACHER_SETTINGS.repeats)),
  teacherMethod: optional(
    choice(TEACHER_METHODS, {
      placeholder: "M",
      help: "how the teacher's networks are trained (default: ce)",
    }),
  ),
  teacherEpsilon: optional({
    ...methodFlags.epsilon,
    help: `epsilon of that method (default: ${EPSILON})`,
  }),
  generations: optional(settingKind(TEACHER_SETTINGS.generations)),
};

/** Flags that say who teaches. */
export const teacherFlags = {
  teacher: optional(
    path(
      "RUN|L.npy",
      "a run's folder or id, or logits of all training images in order; " +
        "without it the ce run of the same model, data and seed, trained " +
        "first where it is missing, or the one that the next six flags make",
    ),
  ),
  ...teacherPlanFlags,
};

/** What the flags held that say how a teacher is made. */
export type TeacherPlanValues = Values<typeof teacherPlanFlags>;

/** What the flags held. */
export type TeacherValues = Values<typeof teacherFlags>;

/**
 * Who teaches a method by the flags, where `--teacher` is not given.
 *
 * @throws {BadInput} if flags do not go together, or with the method
 */
export function teacherPlan(
  method: MethodSpec,
  values: TeacherValues,
): TeacherPlan {
  checkTogether(method, values);
  return teacherPlanOf(values);
}

/**
 * The teacher that the flags make, `ce`'s network unless they say otherwise.
 *
 * @throws {BadInput} if flags do not go together
 */
export function teacherPlanOf(values: TeacherPlanValues): TeacherPlan {
  checkPlan(values);
  const { teacherMethod = "ce", teacherEpsilon: epsilon } = values;
  if (teacherMethod === "ce" && epsilon !== undefined) {
    throw new BadInput("Teacher method ce does not use --teacher-epsilon");
  }
  return {
    method: parseMethod(teacherMethod, { epsilon }, { epsilon: EPSILON }),
    networks: networksOf(values),
    generations: values.generations ?? TEACHER_SETTINGS.generations.default,
  };
}

function networksOf(values: TeacherPlanValues): TeacherPlan["networks"] {
  const { teacherEnsemble: members, teacherFolds: folds } = values;
  if (members !== undefined) return { kind: "ensemble", members };
  if (folds === undefined) return { kind: "one" };
  const { teacherRepeats: repeats = TEACHER_SETTINGS.repeats.default } = values;
  return { kind: "folds", folds, repeats };
}

/**
 * Throws if a flag says who teaches what has no teacher.
 *
 * @throws {BadInput} that names the flag
 */
export function checkNoTeacher(method: string, values: TeacherValues): void {
  const [given] = givenFlags(values);
  if (given === undefined) return;
  throw new BadInput(`Method ${method} does not use ${flagName(given)}`);
}

/** Names of those flags that are given. */
export function givenFlags(values: Partial<TeacherValues>): string[] {
  return Object.keys(teacherFlags).filter((name) =>
    values[name as keyof TeacherValues] !== undefined
  );
}

function checkTogether(method: MethodSpec, values: TeacherValues): void {
  if (!needsTeacher(method)) checkNoTeacher(method.name, values);
  const given = givenFlags(values);
  if (values.teacher !== undefined && given.length > 1) {
    throw new BadInput(
      `--teacher is given and taken as it is: ${flagName(given[1])} does ` +
        `not go with it`,
    );
  }
}

function checkPlan(
  { teacherEnsemble, teacherFolds, teacherRepeats }: TeacherPlanValues,
): void {
  if (teacherEnsemble !== undefined && teacherFolds !== undefined) {
    throw new BadInput(
      "--teacher-ensemble and --teacher-folds exclude each other",
    );
  }
  if (teacherRepeats !== undefined && teacherFolds === undefined) {
    throw new BadInput("--teacher-repeats goes with --teacher-folds");
  }
}
