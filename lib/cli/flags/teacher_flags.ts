import { BadInput } from "../../bad_input.ts";
import { TEACHER_SETTINGS } from "../../runs/settings.ts";
import type { TeacherPlan } from "../../runs/teacher_plan.ts";
import {
  METHOD_NAMES,
  type MethodSpec,
  needsTeacher,
  numbersOf,
  trainingNumbers,
} from "../../smoothing/method.ts";
import { METHOD_NUMBERS } from "../../smoothing/method_numbers.ts";
import { parseMethod } from "../../smoothing/parse_method.ts";
import { flagName } from "./flag_name.ts";
import { choice, optional, path, type Values } from "./flags.ts";
import { settingKind } from "./setting_flags.ts";
import { methodFlags } from "./method_flags.ts";

/** Methods of a teacher: those that require no hyperparameter but epsilon. */
const TEACHER_METHODS = METHOD_NAMES.filter((name) =>
  numbersOf(name).every((number) =>
    number === "epsilon" || number === "scores" ||
    "default" in METHOD_NUMBERS[number]
  )
);

const EPSILON = trainingNumbers("ls").epsilon!;

/** Flags that describe how a teacher is trained. */
export const teacherPlanFlags = {
  teacherEnsemble: optional(settingKind(TEACHER_SETTINGS.members)),
  teacherFolds: optional(settingKind(TEACHER_SETTINGS.folds)),
  teacherRepeats: optional(settingKind(TEACHER_SETTINGS.repeats)),
  teacherMethod: optional(
    choice(TEACHER_METHODS, {
      placeholder: "M",
      help: "method that trains the teacher's networks (default: ce)",
    }),
  ),
  teacherEpsilon: optional({
    ...methodFlags.epsilon,
    help: `epsilon of --teacher-method (default: ${EPSILON})`,
  }),
  generations: optional(settingKind(TEACHER_SETTINGS.generations)),
};

/** Flags that choose or describe the teacher. */
export const teacherFlags = {
  teacher: optional(
    path(
      "RUN|L.npy",
      "folder or id of the teacher's run, or a file of its logits for all " +
        "training images in order, such as .npy or .csv (default: the teacher that the other --teacher-... " +
        "flags and --generations describe; without these, the ce run with " +
        "the same model, data and seed; trained first if missing)",
    ),
  ),
  ...teacherPlanFlags,
};

/** Values of the flags that describe how a teacher is trained. */
export type TeacherPlanValues = Values<typeof teacherPlanFlags>;

/** Values of the flags that choose or describe the teacher. */
export type TeacherValues = Values<typeof teacherFlags>;

/**
 * Returns the teacher of a method according to the flags, without `--teacher`.
 *
 * @throws {BadInput} if flags contradict each other or the method
 */
export function teacherPlan(
  method: MethodSpec,
  values: TeacherValues,
): TeacherPlan {
  checkTogether(method, values);
  return teacherPlanOf(values);
}

/**
 * Returns the teacher that the flags describe, by default one `ce` network.
 *
 * @throws {BadInput} if flags contradict each other
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
 * Throws if a teacher flag is given for a method without a teacher.
 *
 * @throws {BadInput} that names the flag
 */
export function checkNoTeacher(method: string, values: TeacherValues): void {
  const [unused] = usedTeacherFlags(values);
  if (unused === undefined) return;
  throw new BadInput(`Method ${method} does not use ${flagName(unused)}`);
}

/** Returns the keys of the teacher flags on the command line. */
export function usedTeacherFlags(values: Partial<TeacherValues>): string[] {
  return Object.keys(teacherFlags).filter((name) =>
    values[name as keyof TeacherValues] !== undefined
  );
}

function checkTogether(method: MethodSpec, values: TeacherValues): void {
  if (!needsTeacher(method)) checkNoTeacher(method.name, values);
  const used = usedTeacherFlags(values);
  if (values.teacher !== undefined && used.length > 1) {
    throw new BadInput(
      `--teacher and ${flagName(used[1])} exclude each other`,
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
    throw new BadInput("--teacher-repeats needs --teacher-folds");
  }
}
