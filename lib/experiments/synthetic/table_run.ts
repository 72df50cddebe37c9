import { logitsLogLoss } from "../../calibration/scores.ts";
import { bayesLogits } from "../../data/circles.ts";
import type { Matrix } from "../../matrix.ts";
import type { MethodSpec } from "../../smoothing/method.ts";
import {
  type Bound,
  type Candidate,
  type Choice,
  choose,
  type Plan,
  type Teacher,
  trainPlans,
} from "./candidate.ts";
import {
  candidates,
  type RowName,
  type StudentName,
  type TableMethod,
} from "./candidates.ts";
import { type Laboratory, type Work, workOf } from "./laboratory.ts";
import { bayesTeacher, teacherOf } from "./teacher_of.ts";
import { scoreSample, type SyntheticScores } from "./synthetic_scores.ts";

/** A row of Table V or VI on one data set. */
export interface TableRow extends SyntheticScores {
  readonly method: RowName;
  readonly scaled: boolean;
  readonly bound: Bound;
  /** Of the chosen network, scaled where the row is. */
  readonly validationLogLoss: number;
  /** 1 where nothing is scaled. */
  readonly temperature: number;
  /** Numbers of the chosen candidate; null where its method has none such. */
  readonly epsilon: number | null;
  readonly p1: number | null;
  readonly p2: number | null;
  readonly shapeTemperature: number | null;
  /** Epochs that the chosen network was trained; null for the Bayes row. */
  readonly epochs: number | null;
}

/** Tables V and VI on one data set. */
export interface TableRecord extends Work {
  readonly rows: readonly TableRow[];
}

/** What was trained for each row. */
type Trained = ReadonlyMap<RowName, readonly Candidate[]>;

/**
 * Tables V and VI on one data set: every candidate of the wanted methods is
 * trained, one is chosen by its validation log loss (for scaled rows by the
 * scaled one) and measured on the test points.
 *
 * The teacher of the instance-based methods is the network trained on hard
 * labels, its temperature fitted on validation. Students are trained on a
 * teacher's probabilities alone.
 *
 * @param wanted rows; whoever teaches them is trained with them
 */
export function runTable(
  laboratory: Laboratory,
  wanted: readonly RowName[],
): TableRecord {
  const trained = trainRows(laboratory, withTeachers(wanted));
  const networks = [...trained.values()].flat().map(({ network }) => network);
  return {
    ...workOf(networks),
    rows: wanted.flatMap((name) =>
      name === "bayes"
        ? [bayesRow(laboratory)]
        : rowsOf(laboratory, name, trained.get(name)!)
    ),
  };
}

function withTeachers(wanted: readonly RowName[]): Set<RowName> {
  const all = new Set(wanted);
  if (all.has("student-of-ilsq")) all.add("ilsq");
  if (all.has("student-of-ls")) all.add("ls");
  const taught = ["ils1", "ils2", "ilsq", "student-of-ce"] as const;
  if (taught.some((name) => all.has(name))) all.add("ce");
  return all;
}

/** In three stacks: what is in one needs nothing of it to be chosen first. */
function trainRows(
  laboratory: Laboratory,
  wanted: ReadonlySet<RowName>,
): Trained {
  const trained = new Map<RowName, Candidate[]>();
  const train = (plans: readonly (Plan & { row: RowName })[]) => {
    const needed = plans.filter(({ row }) => wanted.has(row));
    if (needed.length === 0) return;
    trainPlans(laboratory, needed).forEach((candidate, i) => {
      const { row } = needed[i];
      trained.set(row, [...trained.get(row) ?? [], candidate]);
    });
  };
  const chosen = (row: RowName) => {
    const known = trained.get(row);
    return known && teacherOf(laboratory, choice(laboratory, known, null));
  };
  train([
    ...methodPlans(["ce", "ls", "ls-0.2"], undefined),
    ...studentPlan("student-of-bayes", bayesTeacher(laboratory)),
  ]);
  const plain = chosen("ce");
  train([
    ...methodPlans(["ils1", "ils2", "ilsq"], plain),
    ...studentPlan("student-of-ce", plain),
    ...studentPlan("student-of-ls", chosen("ls")),
  ]);
  train(studentPlan("student-of-ilsq", chosen("ilsq")));
  return trained;
}

function methodPlans(
  methods: readonly TableMethod[],
  teacher: Teacher | undefined,
) {
  return methods.flatMap((row) =>
    candidates(row).map((method) => ({
      row,
      name: `${row}/${numbersOf(method)}`,
      method,
      teacher,
    }))
  );
}

/** A name's part that tells candidates of a method apart. */
function numbersOf({ name: _, ...numbers }: MethodSpec): string {
  return Object.values(numbers).join("/");
}

function studentPlan(row: StudentName, teacher: Teacher | undefined) {
  const method = { name: "mix", lambda: 1 } as const;
  return teacher === undefined ? [] : [{ row, name: row, method, teacher }];
}

function choice(
  { data: { validation: { labels } } }: Laboratory,
  known: readonly Candidate[],
  bound: Bound,
): Choice {
  return choose(known, { labels, bound });
}

/** A method is shown unscaled and scaled both ways, a student as it is. */
function rowsOf(
  laboratory: Laboratory,
  row: Exclude<RowName, "bayes">,
  known: readonly Candidate[],
): TableRow[] {
  const bounds: readonly Bound[] = row.startsWith("student-")
    ? [null]
    : [null, "wide", "published"];
  // The bounds mostly choose the same network, and the same temperature.
  const logits = new Map<string, Matrix>();
  const scores = new Map<string, SyntheticScores>();
  return bounds.map((bound) => {
    const chosen = choice(laboratory, known, bound);
    const { network, temperature, validationLogLoss } = chosen;
    const said = logits.get(network.name) ??
      laboratory.ask([network], "test")[0];
    logits.set(network.name, said);
    const key = `${network.name} ${temperature}`;
    const measured = scores.get(key) ??
      scoreSample(said, laboratory.data.test, temperature);
    scores.set(key, measured);
    return {
      method: row,
      scaled: bound !== null,
      bound,
      ...measured,
      validationLogLoss,
      temperature,
      ...chosenNumbers(row, chosen.method),
      epochs: network.epochs,
    };
  });
}

function chosenNumbers(row: RowName, method: MethodSpec) {
  const numbers = row.startsWith("student-") ? { name: row } : method;
  const number = (key: string): number | null => {
    const value = (numbers as Readonly<Record<string, unknown>>)[key];
    return typeof value === "number" ? value : null;
  };
  return {
    epsilon: number("epsilon"),
    p1: number("p1"),
    p2: number("p2"),
    shapeTemperature: number("temperature"),
  };
}

function bayesRow({ data: { layout, validation, test } }: Laboratory) {
  const logits = bayesLogits(layout, validation.points);
  return {
    method: "bayes",
    scaled: false,
    bound: null,
    ...scoreSample(bayesLogits(layout, test.points), test),
    validationLogLoss: logitsLogLoss(logits, validation.labels),
    temperature: 1,
    epsilon: null,
    p1: null,
    p2: null,
    shapeTemperature: null,
    epochs: null,
  } as const;
}
