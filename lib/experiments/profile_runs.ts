import type { MethodSpec } from "../smoothing/method.ts";
import type { Profile } from "./profiles.ts";
import { runId, type RunSpec } from "./run_spec.ts";

/** The methods that a study compares, with its numbers. */
export const STUDY_METHODS = [
  { name: "ce" },
  { name: "ls", epsilon: 0.1 },
  { name: "ils", epsilon: 0.1, temperature: 1, scores: "probabilities" },
] as const satisfies readonly MethodSpec[];

/** A method of the study by its name. */
export type StudyMethod = typeof STUDY_METHODS[number]["name"];

/** The run of one method and seed; `ils` is taught by the `ce` run. */
export function teacherSpec(
  profile: Profile,
  name: StudyMethod,
  seed: number,
): RunSpec {
  const method = STUDY_METHODS.find((method) => method.name === name)!;
  return {
    data: profile.data,
    model: profile.model,
    objective: { kind: "targets", method },
    teacher: name === "ils" ? teacherSpec(profile, "ce", seed) : null,
    training: profile.training,
    seed,
  };
}

/** The student of one method's network of the same seed. */
export function studentSpec(
  profile: Profile,
  name: StudyMethod,
  { seed, teacherScaled }: { seed: number; teacherScaled: boolean },
): RunSpec {
  const { data, model, training, alpha, temperature } = profile.student;
  return {
    data,
    model,
    objective: { kind: "distillation", alpha, temperature, teacherScaled },
    teacher: teacherSpec(profile, name, seed),
    training,
    seed,
  };
}

/** A run of the grid: `ils` with other numbers, on a part of the data. */
export function gridSpec(
  profile: Profile,
  { epsilon, temperature }: { epsilon: number; temperature: number },
): RunSpec {
  const { data, training } = profile.grid;
  const seed = profile.seeds[0];
  const scores = "probabilities";
  const plain = { data, model: profile.model, training, seed };
  return {
    ...plain,
    objective: {
      kind: "targets",
      method: { name: "ils", epsilon, temperature, scores },
    },
    teacher: {
      ...plain,
      objective: { kind: "targets", method: { name: "ce" } },
      teacher: null,
    },
  };
}

/** Every run of a profile, teachers before those whom they teach. */
export function profileSpecs(profile: Profile): RunSpec[] {
  return [
    ...teacherSpecs(profile),
    ...gridSpecs(profile),
    ...studentSpecs(profile),
  ];
}

/**
 * The runs that a notebook needs.
 *
 * @param notebook its name, which begins with its number: `03_…`
 */
export function notebookSpecs(profile: Profile, notebook: string): RunSpec[] {
  switch (notebook.slice(0, 2)) {
    case "01":
    case "02":
      return [teacherSpec(profile, "ce", profile.seeds[0])];
    case "03":
      return [...teacherSpecs(profile), ...gridSpecs(profile)];
    case "04":
    case "06":
      return teacherSpecs(profile);
    default:
      return profileSpecs(profile);
  }
}

function teacherSpecs(profile: Profile): RunSpec[] {
  return STUDY_METHODS.flatMap(({ name }) =>
    profile.seeds.map((seed) => teacherSpec(profile, name, seed))
  );
}

function gridSpecs(profile: Profile): RunSpec[] {
  const { epsilons, temperatures } = profile.grid;
  const grid = epsilons.flatMap((epsilon) =>
    temperatures.map((temperature) =>
      gridSpec(profile, { epsilon, temperature })
    )
  );
  return [grid[0].teacher as RunSpec, ...grid];
}

function studentSpecs(profile: Profile): RunSpec[] {
  return STUDY_METHODS.flatMap(({ name }) =>
    profile.seeds.flatMap((seed) =>
      [false, true].map((teacherScaled) =>
        studentSpec(profile, name, { seed, teacherScaled })
      )
    )
  );
}

/** The ids of every run of a profile. */
export function profileRunIds(profile: Profile): Promise<string[]> {
  return Promise.all(profileSpecs(profile).map(runId));
}
