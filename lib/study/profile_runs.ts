import { BadInput } from "../bad_input.ts";
import {
  type MethodName,
  type MethodSpec,
  needsTeacher,
} from "../smoothing/method.ts";
import { noiseSource } from "../runs/label_noise.ts";
import { teacherRuns } from "../runs/teacher_runs.ts";
import {
  dataForSeed,
  type DataSpec,
  runId,
  type RunSpec,
  runTeacher,
  type TeacherSpec,
} from "../runs/spec.ts";
import type {
  NetworkPlan,
  NetworkSettings,
  Profile,
  TuningPlan,
} from "./profile.ts";

/**
 * Returns the run of one method and seed. The teacher of `mix` is the ensemble
 * of the settings, if they have one; of other methods, the `ce` run of that
 * seed.
 */
function networkSpec(
  settings: NetworkSettings,
  method: MethodSpec,
  seed: number,
): RunSpec {
  const { data, model, training } = settings;
  return {
    data: dataOf(data, seed),
    model,
    objective: { kind: "targets", method },
    teacher: needsTeacher(method) ? teacherOf(settings, method, seed) : null,
    training,
    seed,
  };
}

function teacherOf(
  settings: NetworkSettings,
  { name }: MethodSpec,
  seed: number,
): TeacherSpec {
  const { ensemble } = settings;
  const plain = (seed: number) => networkSpec(settings, { name: "ce" }, seed);
  if (name !== "mix" || ensemble === undefined) return runTeacher(plain(seed));
  const { firstSeed, members } = ensemble;
  return { kind: "ensemble", ensemble: plain(firstSeed), members };
}

/** Returns the samples of a seed: its own split, or the shared one. */
function dataOf(data: DataSpec, seed: number): DataSpec {
  return data.splitSeed === undefined
    ? data
    : dataForSeed({ data, seed }, seed);
}

/**
 * Returns the run of a plan's method, by name, and seed.
 *
 * @throws {BadInput} if the plan does not have the method; before tuning, it has
 * only those with fixed numbers
 */
export function teacherSpec(
  plan: NetworkPlan,
  name: MethodName,
  seed: number,
): RunSpec {
  const method = plan.methods.find((method) => method.name === name);
  if (method !== undefined) return networkSpec(plan, method, seed);
  throw new BadInput(
    `Cannot train ${plan.model} with ${name} as the plan's methods are ` +
      plan.methods.map(({ name }) => name).join(", "),
  );
}

/**
 * Returns the student of one method's network with the same seed.
 *
 * @throws {BadInput} if the plan has no students
 */
export function studentSpec(
  plan: NetworkPlan,
  name: MethodName,
  { seed, teacherScaled }: { seed: number; teacherScaled: boolean },
): RunSpec {
  if (plan.student === null) {
    throw new BadInput(
      `Cannot distil ${plan.model} as the plan has no students`,
    );
  }
  const { model, training, alpha, temperature } = plan.student;
  return {
    data: dataOf(plan.data, seed),
    model,
    objective: { kind: "distillation", alpha, temperature, teacherScaled },
    teacher: runTeacher(teacherSpec(plan, name, seed)),
    training,
    seed,
  };
}

/** Returns the runs of each candidate, one per seed. */
export function tuningSpecs(
  { candidates, seeds, ...settings }: TuningPlan,
): RunSpec[][] {
  return candidates.map((method) =>
    seeds.map((seed) => networkSpec(settings, method, seed))
  );
}

/** The networks of a plan by method and seed. */
export function planNetworks({ methods, seeds }: NetworkPlan) {
  return methods.flatMap(({ name: method }) =>
    seeds.map((seed) => ({ method, seed }))
  );
}

/**
 * The students of a plan by method, scaling of the teacher, and seed. Methods
 * that the plan does not have before tuning are left out.
 */
export function planStudents({ student, methods, seeds }: NetworkPlan) {
  if (student === null) return [];
  const scalings = student.scaledTeachers ? [false, true] : [false];
  const taught = student.methods.filter((method) =>
    methods.some(({ name }) => name === method)
  );
  return taught.flatMap((method) =>
    scalings.flatMap((teacherScaled) =>
      seeds.map((seed) => ({ method, seed, teacherScaled }))
    )
  );
}

/** Returns all plans of a profile, the main one first. */
export function plansOf(profile: Profile): NetworkPlan[] {
  return [profile, ...profile.others];
}

/**
 * Returns the parts of a profile's plans that a notebook needs.
 *
 * @param notebook its name, which starts with its number: `03_…`
 */
export function notebookPlans(
  profile: Profile,
  notebook: string,
): NetworkPlan[] {
  const { seeds, methods } = profile;
  switch (notebook.slice(0, 2)) {
    case "01":
    case "02": {
      const teacher = methods.filter(({ name }) => name === "ce");
      const one = { seeds: seeds.slice(0, 1), methods: teacher };
      return [{ ...profile, ...one, tuning: null, student: null }];
    }
    case "03":
    case "04":
    case "06":
      return [{ ...profile, student: null }];
    case "05":
      return [profile];
    default:
      return plansOf(profile);
  }
}

/** Returns every run of plans, each after its teachers: tuning runs first. */
export function planSpecs(plans: readonly NetworkPlan[]): RunSpec[] {
  return inTrainingOrder([
    ...plans.flatMap(({ tuning }) => tuning ? tuningSpecs(tuning).flat() : []),
    ...plans.flatMap((plan) =>
      planNetworks(plan).map(({ method, seed }) =>
        teacherSpec(plan, method, seed)
      )
    ),
    ...plans.flatMap((plan) =>
      planStudents(plan).map(({ method, ...rest }) =>
        studentSpec(plan, method, rest)
      )
    ),
  ]);
}

/**
 * Returns each run once, after its teachers and the run that its label noise
 * is drawn from.
 */
function inTrainingOrder(specs: readonly RunSpec[]): RunSpec[] {
  const ordered = new Map<string, RunSpec>();
  const add = (spec: RunSpec) => {
    const id = runId(spec);
    if (ordered.has(id)) return;
    const source = noiseSource(spec);
    if (source !== undefined) add(source);
    teacherRuns(spec.teacher).forEach(add);
    ordered.set(id, spec);
  };
  specs.forEach(add);
  return [...ordered.values()];
}
