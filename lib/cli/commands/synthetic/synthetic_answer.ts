import type { SyntheticRun } from "../../../synthetic/run_synthetic.ts";
import type { DatasetRecord } from "../../../synthetic/store.ts";
import type { ExperimentName, SyntheticSpec } from "../../../synthetic/spec.ts";
import type { TableSummaryRow } from "../../../synthetic/table/table_summary.ts";
import type { TeacherPlan } from "../../../runs/teacher_plan.ts";
import type { Answer } from "../../command.ts";

/**
 * Returns the output of `ils synthetic`: the rows of the experiment, summarised
 * over data sets, and the seconds per data set.
 */
export async function syntheticAnswer(
  { experiment, teacher }: SyntheticSpec,
  { records, secondsPerDataset, folder }: SyntheticRun<ExperimentName>,
): Promise<Answer> {
  const { rows, lines } = await SUMMARIES[experiment](records as never);
  const end = `${folder}: ${records.length} data sets, ` +
    `${secondsPerDataset.toFixed(2)} s each\n`;
  if (teacher === undefined) {
    return { json: { rows, secondsPerDataset }, text: lines.join("") + end };
  }
  const teacherLine = `teacher of ils1, ils2 and ilsq: ${
    describeTeacher(teacher)
  }\n`;
  return {
    json: { rows, secondsPerDataset, teacher },
    text: lines.join("") + teacherLine + end,
  };
}

/** Returns a text such as `3 x 5 folds of ls epsilon 0.1, generation 2`. */
function describeTeacher(
  { method, networks, generations }: TeacherPlan,
): string {
  const { name, ...numbers } = method;
  const methodText = [name, ...Object.entries(numbers).flat()].join(" ");
  const text = networks.kind === "ensemble"
    ? `${networks.members} networks of ${methodText}`
    : networks.kind === "folds"
    ? `${networks.repeats} x ${networks.folds} folds of ${methodText}`
    : `one network of ${methodText}`;
  return generations === 1 ? text : `${text}, generation ${generations}`;
}

type Summary<Name extends ExperimentName> = (
  records: readonly DatasetRecord<Name>[],
) => Promise<{ readonly rows: unknown; readonly lines: readonly string[] }>;

const SUMMARIES: { [Name in ExperimentName]: Summary<Name> } = {
  "table-v": async (records) => {
    const { summariseTable } = await import(
      "../../../synthetic/table/table_summary.ts"
    );
    const rows = summariseTable(records);
    return { rows, lines: rows.map(tableLine) };
  },
  "fig-6": async (records) => {
    const { summariseBestEpsilon } = await import(
      "../../../synthetic/figures/best_epsilon_summary.ts"
    );
    const rows = summariseBestEpsilon(records);
    const lines = rows.map(({ trueClassProbability, epsilon, low, high }) =>
      `p ${trueClassProbability.toFixed(2)}  best epsilon ` +
      `${epsilon.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})\n`
    );
    return { rows, lines };
  },
  "fig-11": async (records) => {
    const { summariseSurface } = await import(
      "../../../synthetic/figures/surface_summary.ts"
    );
    const rows = summariseSurface(records);
    const lines = rows.map(({ p1, p2, logLoss, published }) =>
      `P1 ${p1.toFixed(3)}  P2 ${p2}  log loss ${logLoss.toFixed(4)} ` +
      `(published ${published.toFixed(3)})\n`
    );
    return { rows, lines };
  },
  "teachers": async (records) => {
    const { compareTeachers } = await import(
      "../../../synthetic/teachers/teachers_summary.ts"
    );
    const rows = records.length < 2 ? [] : compareTeachers(records);
    const lines = rows.map((row) =>
      `${`${row.teacher} ${row.method}`.padEnd(24)} log loss ` +
      `${row.logLoss.toFixed(4)}, difference from ls ` +
      `${row.difference.toFixed(4)} ± ` +
      `${row.differenceSe.toFixed(4)}\n`
    );
    return { rows, lines };
  },
};

function tableLine(row: TableSummaryRow): string {
  const { method, bound, accuracy, logLoss, logLossSe, ece } = row;
  const scaling = bound === null ? "" : ` scaled (${bound})`;
  const error = logLossSe === null ? "" : ` ± ${logLossSe.toFixed(4)}`;
  return `${(method + scaling).padEnd(26)}` +
    `accuracy ${(100 * accuracy!).toFixed(2)} %  ` +
    `log loss ${logLoss!.toFixed(4)}${error}  ECE ${ece!.toFixed(4)}\n`;
}
