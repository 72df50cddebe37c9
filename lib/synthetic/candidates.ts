import { BadInput } from "../bad_input.ts";
import type { MethodSpec } from "../smoothing/method.ts";

/** The methods of the study's Table V, by the names of their rows here. */
export const TABLE_METHODS = [
  "ce",
  "ls",
  "ls-0.2",
  "ils1",
  "ils2",
  "ilsq",
] as const;

/** A method of Table V. */
export type TableMethod = typeof TABLE_METHODS[number];

/** The methods of Table V that need a teacher. */
export const SMOOTHED_ROWS = ["ils1", "ils2", "ilsq"] as const;

/** Students of Table VI, named after their teachers. */
export const STUDENTS = [
  "student-of-bayes",
  "student-of-ce",
  "student-of-ls",
  "student-of-ilsq",
] as const;

/** A student of Table VI. */
export type StudentName = typeof STUDENTS[number];

/** All rows of the two tables. */
export const ROW_NAMES = ["bayes", ...TABLE_METHODS, ...STUDENTS] as const;

/** A row of one of the two tables. */
export type RowName = typeof ROW_NAMES[number];

/** Returns the rows and the rows whose networks teach them. */
export function withTeachers(rows: readonly RowName[]): Set<RowName> {
  const all = new Set(rows);
  if (all.has("student-of-ilsq")) all.add("ilsq");
  if (all.has("student-of-ls")) all.add("ls");
  const taught = [...SMOOTHED_ROWS, "student-of-ce"] as const;
  if (taught.some((name) => all.has(name))) all.add("ce");
  return all;
}

/**
 * Returns a name as that of a row.
 *
 * @throws {BadInput} if no row has that name
 */
export function checkRowName(name: string): RowName {
  const known = ROW_NAMES.find((row) => row === name);
  if (known !== undefined) return known;
  throw new BadInput(
    `Methods must be among ${ROW_NAMES.join(", ")}: current value is ${name}`,
  );
}

const EPSILONS = [
  0.001,
  0.005,
  0.01,
  0.03,
  0.05,
  0.07,
  0.09,
  0.11,
  0.13,
  0.15,
  0.17,
  0.19,
];
const TEMPERATURES = [1, 2, 4, 6];
const P1 = [0.75, 0.775, 0.8, 0.825, 0.85];
const P2 = [0.75, 1, 1.25, 1.5, 1.75, 2];
/** Largest epsilon of a method whose epsilon varies per instance. */
export const MAX_EPSILON = 0.2;

/** Returns the published grid of a method: 212 candidates over all methods. */
export function candidates(method: TableMethod): MethodSpec[] {
  switch (method) {
    case "ce":
      return [{ name: "ce" }];
    case "ls":
      return EPSILONS.map((epsilon) => ({ name: "ls", epsilon }));
    case "ls-0.2":
      return [{ name: "ls", epsilon: 0.2 }];
    case "ils1":
      return quadratics().map((numbers) => ({ name: "ils1", ...numbers }));
    case "ils2":
      return EPSILONS.flatMap((epsilon) =>
        TEMPERATURES.map((temperature) => (
          { name: "ils2", epsilon, temperature } as const
        ))
      );
    case "ilsq":
      return quadratics().flatMap((numbers) =>
        TEMPERATURES.map((temperature) => (
          { name: "ilsq", ...numbers, temperature } as const
        ))
      );
  }
}

function quadratics() {
  return P1.flatMap((p1) =>
    P2.map((p2) => ({ p1, p2, maxEpsilon: MAX_EPSILON }))
  );
}
