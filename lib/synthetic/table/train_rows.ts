import type { MethodSpec } from "../../smoothing/method.ts";
import type { TeacherPlan } from "../../runs/teacher_plan.ts";
import {
  type Candidate,
  type Choice,
  choose,
  type Plan,
  type Teacher,
  trainPlans,
} from "../candidate.ts";
import {
  candidates,
  type RowName,
  SMOOTHED_ROWS,
  type StudentName,
  type TableMethod,
  withTeachers,
} from "../candidates.ts";
import type { Laboratory, Network } from "../laboratory.ts";
import { firstTeacher, nextTeachers } from "./planned_teacher.ts";
import { bayesTeacher, teacherOf } from "../teacher_of.ts";

/** Networks trained for Tables V and VI. */
export interface TrainedRows {
  /** Candidates of each row. */
  readonly rows: ReadonlyMap<RowName, readonly Candidate[]>;
  /** All networks of the rows, and their teachers. */
  readonly networks: readonly Network[];
}

/**
 * Trains the candidates of rows. Those that do not depend on each other's
 * choice are trained together.
 *
 * @param requested rows; their teachers are trained too
 */
export function trainRows(
  laboratory: Laboratory,
  requested: readonly RowName[],
): TrainedRows {
  const all = withTeachers(requested);
  const training = new Training(laboratory, all);
  training.train([
    ...methodPlans("ce"),
    ...methodPlans("ls"),
    ...methodPlans("ls-0.2"),
    ...studentPlan("student-of-bayes", bayesTeacher(laboratory)),
  ]);
  const { teacher: plan } = laboratory.spec;
  const teacher = plan
    ? training.firstTeacher(plan)
    : training.teacherFrom("ce");
  training.train([
    ...SMOOTHED_ROWS.flatMap((row) => methodPlans(row, teacher)),
    ...studentPlan("student-of-ce", training.teacherFrom("ce")),
    ...studentPlan("student-of-ls", training.teacherFrom("ls")),
  ]);
  if (plan && teacher) training.generations(plan, teacher);
  training.train(studentPlan("student-of-ilsq", training.teacherFrom("ilsq")));
  return training;
}

/** A network to train for a row. */
interface RowPlan extends Plan {
  readonly row: RowName;
}

class Training implements TrainedRows {
  readonly rows = new Map<RowName, readonly Candidate[]>();
  readonly networks: Network[] = [];
  readonly #laboratory: Laboratory;
  readonly #required: ReadonlySet<RowName>;

  constructor(laboratory: Laboratory, required: ReadonlySet<RowName>) {
    this.#laboratory = laboratory;
    this.#required = required;
  }

  /**
   * Trains the plans of required rows and stores them as the rows' candidates.
   */
  train(plans: readonly RowPlan[]): void {
    const needed = plans.filter(({ row }) => this.#required.has(row));
    if (needed.length === 0) return;
    const trained = trainPlans(this.#laboratory, needed);
    this.networks.push(...trained.map(({ network }) => network));
    const byRow = Map.groupBy(trained.keys(), (i) => needed[i].row);
    for (const [row, places] of byRow) {
      this.rows.set(row, Array.from(places, (i) => trained[i]));
    }
  }

  /** Returns the chosen network of a row as a teacher, if it was trained. */
  teacherFrom(row: RowName): Teacher | undefined {
    return this.rows.has(row)
      ? teacherOf(this.#laboratory, this.#chosen(row))
      : undefined;
  }

  /** Trains the first teacher of a plan. */
  firstTeacher(plan: TeacherPlan): Teacher {
    const plain = this.#chosen("ce");
    const { teacher, networks } = firstTeacher(this.#laboratory, plan, plain);
    this.networks.push(...networks);
    return teacher;
  }

  /**
   * Trains all generations after the first, each taught by the previous one.
   */
  generations(plan: TeacherPlan, first: Teacher): void {
    const rows = SMOOTHED_ROWS.filter((row) => this.#required.has(row));
    let teachers: readonly Teacher[] = rows.map(() => first);
    for (let generation = 2; generation <= plan.generations; generation++) {
      const next = nextTeachers(
        this.#laboratory,
        plan,
        rows.map((row, i) => (
          { chosen: this.#chosen(row), teacher: teachers[i] }
        )),
      );
      this.networks.push(...next.flatMap(({ networks }) => networks));
      teachers = next.map(({ teacher }) => teacher);
      this.train(rows.flatMap((row, i) => methodPlans(row, teachers[i])));
    }
  }

  #chosen(row: RowName): Choice {
    const { labels } = this.#laboratory.data.validation;
    return choose(this.rows.get(row)!, { labels, bound: null });
  }
}

function methodPlans(row: TableMethod, teacher?: Teacher): RowPlan[] {
  return candidates(row).map((method) => ({
    row,
    name: `${row}/${numbersOf(method)}`,
    method,
    teacher,
  }));
}

/** Returns the part of a name that distinguishes the candidates of a method. */
function numbersOf({ name: _, ...numbers }: MethodSpec): string {
  return Object.values(numbers).join("/");
}

function studentPlan(
  row: StudentName,
  teacher: Teacher | undefined,
): RowPlan[] {
  const method = { name: "mix", lambda: 1 } as const;
  return teacher === undefined ? [] : [{ row, name: row, method, teacher }];
}
