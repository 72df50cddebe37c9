import { BadInput } from "../bad_input.ts";
import { type MethodName, needsTeacher } from "../smoothing/method.ts";
import type { NetworkPlan, Profile } from "./profile.ts";
import { runId, type RunSpec, runTeacher } from "../runs/spec.ts";

/** The methods whose networks teach students in every profile. */
export const DISTILLED = ["ce", "ls", "ils"] as const;

/**
 * Returns the run of one method and seed; a method that needs a teacher has the
 * `ce` run of that seed.
 *
 * @param options `plan`: the networks of one architecture, by default the
 * profile's main one
 * @throws {BadInput} if the plan does not have the method
 */
export function teacherSpec(
  profile: Profile,
  name: MethodName,
  { seed, plan = profile }: {
    readonly seed: number;
    readonly plan?: NetworkPlan;
  },
): RunSpec {
  const method = plan.methods.find((method) => method.name === name);
  if (method === undefined) {
    throw new BadInput(
      `Profile ${profile.name} does not train ${plan.model} with ${name}: ` +
        `its methods are ${plan.methods.map(({ name }) => name).join(", ")}`,
    );
  }
  return {
    data: profile.data,
    model: plan.model,
    objective: { kind: "targets", method },
    teacher: needsTeacher(method)
      ? runTeacher(teacherSpec(profile, "ce", { seed, plan }))
      : null,
    training: plan.training,
    seed,
  };
}

/** Returns the student of one method's network with the same seed. */
export function studentSpec(
  profile: Profile,
  name: MethodName,
  { seed, teacherScaled }: { seed: number; teacherScaled: boolean },
): RunSpec {
  const { data, model, training, alpha, temperature } = profile.student;
  return {
    data,
    model,
    objective: { kind: "distillation", alpha, temperature, teacherScaled },
    teacher: runTeacher(teacherSpec(profile, name, { seed })),
    training,
    seed,
  };
}

/** Returns a run of the grid: `ils` with these numbers, on part of the data. */
export function gridSpec(
  profile: Profile,
  { epsilon, temperature }: { epsilon: number; temperature: number },
): RunSpec {
  const scores = "probabilities";
  const teacher = gridTeacher(profile);
  return {
    ...teacher,
    objective: {
      kind: "targets",
      method: { name: "ils", epsilon, temperature, scores },
    },
    teacher: runTeacher(teacher),
  };
}

/** Returns the `ce` run that teaches every run of the grid. */
function gridTeacher({ grid, model, seeds }: Profile): RunSpec {
  const { data, training } = grid;
  return {
    data,
    model,
    objective: { kind: "targets", method: { name: "ce" } },
    teacher: null,
    training,
    seed: seeds[0],
  };
}

/** Returns every run of a profile, teachers before students. */
export function profileSpecs(profile: Profile): RunSpec[] {
  return [
    ...teacherSpecs(profile),
    ...gridSpecs(profile),
    ...studentSpecs(profile),
    ...profile.others.flatMap((plan) => teacherSpecs(profile, plan)),
  ];
}

/**
 * Returns the runs that a notebook needs.
 *
 * @param notebook its name, which starts with its number: `03_…`
 */
export function notebookSpecs(profile: Profile, notebook: string): RunSpec[] {
  switch (notebook.slice(0, 2)) {
    case "01":
    case "02":
      return [teacherSpec(profile, "ce", { seed: profile.seeds[0] })];
    case "03":
      return [...teacherSpecs(profile), ...gridSpecs(profile)];
    case "04":
    case "06":
      return teacherSpecs(profile);
    case "05":
      return [...teacherSpecs(profile), ...studentSpecs(profile)];
    default:
      return profileSpecs(profile);
  }
}

function teacherSpecs(
  profile: Profile,
  plan: NetworkPlan = profile,
): RunSpec[] {
  return plan.methods.flatMap(({ name }) =>
    profile.seeds.map((seed) => teacherSpec(profile, name, { seed, plan }))
  );
}

function gridSpecs(profile: Profile): RunSpec[] {
  const { epsilons, temperatures } = profile.grid;
  const grid = epsilons.flatMap((epsilon) =>
    temperatures.map((temperature) =>
      gridSpec(profile, { epsilon, temperature })
    )
  );
  return [gridTeacher(profile), ...grid];
}

function studentSpecs(profile: Profile): RunSpec[] {
  return DISTILLED.flatMap((name) =>
    profile.seeds.flatMap((seed) =>
      [false, true].map((teacherScaled) =>
        studentSpec(profile, name, { seed, teacherScaled })
      )
    )
  );
}

/** Returns the ids of all runs of a profile. */
export function profileRunIds(profile: Profile): string[] {
  return profileSpecs(profile).map(runId);
}
