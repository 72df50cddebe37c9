import type { RunSpec, TeacherSpec } from "./spec.ts";

/** The kind of teacher that has a key, for keys that only one kind has. */
const KIND_BY_KEY = {
  logits: "logits",
  ensemble: "ensemble",
  crossFitted: "cross-fitted",
  seed: "run",
} as const satisfies Readonly<Record<string, TeacherSpec["kind"]>>;

/**
 * Returns a spec read from a file with the kind of every teacher, at all
 * depths; files of earlier versions lack it. Other values are returned
 * unchanged.
 */
export function withTeacherKinds(spec: RunSpec): RunSpec {
  return isObject(spec) && isObject(spec.teacher)
    ? { ...spec, teacher: teacherWithKind(spec.teacher) }
    : spec;
}

function teacherWithKind(stored: TeacherSpec): TeacherSpec {
  const key = Object.keys(KIND_BY_KEY).find((key) => key in stored);
  if (key === undefined) return stored;
  const kind = KIND_BY_KEY[key as keyof typeof KIND_BY_KEY];
  const teacher = { ...stored, kind } as TeacherSpec;
  switch (teacher.kind) {
    case "logits":
      return teacher;
    case "ensemble":
      return { ...teacher, ensemble: withTeacherKinds(teacher.ensemble) };
    case "cross-fitted":
      return { ...teacher, crossFitted: withTeacherKinds(teacher.crossFitted) };
    case "run": {
      const { kind, ...run } = teacher;
      return { kind, ...withTeacherKinds(run) };
    }
    default:
      return teacher;
  }
}

function isObject<Value>(value: Value): value is NonNullable<Value> {
  return typeof value === "object" && value !== null;
}
