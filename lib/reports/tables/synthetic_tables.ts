import type { ClaimResult } from "../../synthetic/table/claims.ts";
import type { ComparedRow } from "../../synthetic/table/compare_table.ts";
import type { TableSummaryRow } from "../../synthetic/table/table_summary.ts";
import type {
  TeacherComparison,
  TeacherCost,
  TeacherVerdict,
} from "../../synthetic/teachers/teachers_summary.ts";
import { capitalised } from "./capitalised.ts";
import { decimalText } from "./decimal_text.ts";
import {
  type ScoreName,
  SCORES,
  scoreTitle,
  verdictTone,
} from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column } from "./table_cell.ts";

const P_VALUE: Column = {
  key: "pValue",
  title: "Wilcoxon p",
  digits: 4,
  least: 1e-4,
};

/** A column of a score in its format, with the standard error if `error`. */
function scoreColumn(
  score: ScoreName,
  { key = score, title, error = true }: {
    readonly key?: string;
    readonly title?: string;
    readonly error?: boolean;
  } = {},
): Column {
  const { better: _, ...style } = SCORES[score];
  return {
    key,
    ...style,
    ...(title === undefined ? {} : { title }),
    ...(error ? { stdev: `${key}Se` } : {}),
  };
}

/**
 * All rows of Tables V and VI, with standard errors. HTML and Markdown show the
 * columns that fit on a page; CSV and JSON contain all.
 */
export function summaryTable(
  rows: readonly TableSummaryRow[],
  caption: string,
): Table {
  return table(rows, {
    columns: [
      "method",
      { key: "bound", title: "scaled" },
      scoreColumn("accuracy"),
      scoreColumn("accuracy", { key: "accuracyDense", title: "dense, %" }),
      scoreColumn("accuracy", { key: "accuracySparse", title: "sparse, %" }),
      scoreColumn("logLoss"),
      scoreColumn("ece"),
      scoreColumn("classwiseEce"),
    ],
    caption,
  });
}

/**
 * Our result, the published one and their difference, by method; the caption begins
 * with the score.
 */
export function comparisonTable(
  rows: readonly ComparedRow[],
  score: "accuracy" | "logLoss" | "ece" | "labelConditionalEce",
  caption: string,
): Table {
  const { factor = 1, title, digits } = SCORES[score];
  const flat = rows.map(({ method, scaled, scores }) => {
    const { ours, oursSe, published, difference } = scores[score];
    return {
      method,
      scaled,
      ours: factor * ours,
      oursSe: oursSe === null ? null : factor * oursSe,
      published: factor * published,
      difference: factor * difference,
    };
  });
  return table(flat, {
    columns: [
      "method",
      "scaled",
      { key: "ours", title: `${title}, ours`, digits, stdev: "oursSe" },
      { key: "published", digits },
      { key: "difference", digits },
    ],
    caption: `${capitalised(scoreTitle(score))}. ${caption}`,
  });
}

/** Claims of the study with their verdicts. */
export function claimsTable(
  claims: readonly ClaimResult[],
  caption: string,
): Table {
  const rows = claims.map(({ score, ...claim }) => {
    const { factor = 1, title } = score === "epsilon"
      ? { title: "best epsilon" }
      : SCORES[score];
    const { published, difference, standardError, low, high } = claim;
    return {
      claim: claim.claim,
      score: title,
      published: factor * published,
      difference: factor * difference,
      differenceSe: factor * standardError,
      low: factor * low,
      high: factor * high,
      pValue: claim.pValue,
      verdict: claim.verdict,
      sizeHolds: claim.sizeHolds,
    };
  });
  const number = (key: string, title = key) => ({ key, title, digits: 4 });
  return table(rows, {
    columns: [
      "claim",
      "score",
      number("published"),
      { ...number("difference", "ours ± s.e."), stdev: "differenceSe" },
      number("low"),
      number("high"),
      P_VALUE,
      { key: "verdict", tone: ({ verdict }) => verdictTone(String(verdict)) },
      { key: "sizeHolds", title: "size agrees" },
    ],
    caption,
  });
}

/** Students of every teacher compared with tuned standard smoothing. */
export function teachersTable(
  rows: readonly TeacherComparison[],
  caption: string,
): Table {
  return table(rows, {
    columns: [
      "teacher",
      "method",
      ...(["accuracy", "ece", "logLoss"] as const).map((score) =>
        scoreColumn(score, { error: false })
      ),
      scoreColumn("logLoss", {
        key: "scaledLogLoss",
        title: "scaled",
        error: false,
      }),
      {
        key: "difference",
        title: "minus ls ± s.e.",
        digits: 4,
        stdev: "differenceSe",
      },
      P_VALUE,
    ],
    caption,
  });
}

/** Scores of the teachers themselves, and their cost. */
export function costsTable(
  rows: readonly TeacherCost[],
  caption: string,
): Table {
  return table(rows, {
    columns: [
      "teacher",
      ...(["accuracy", "ece", "logLoss"] as const).map((score) =>
        scoreColumn(score, { error: false })
      ),
      {
        key: "difference",
        title: "minus one ls network ± s.e.",
        digits: 4,
        stdev: "differenceSe",
      },
      "networks",
      { key: "epochs", title: "epochs in total", digits: 0 },
    ],
    caption,
  });
}

/** The pair chosen on one half of the data sets, and its scores on the other. */
export function verdictTable(
  { chosen, confirmed }: TeacherVerdict,
  caption: string,
): Table {
  const rows = [
    { half: "chose", ...chosen },
    { half: "confirms", ...confirmed },
  ];
  return table(rows, {
    columns: [
      "half",
      { key: "n", title: "data sets" },
      "teacher",
      "method",
      {
        key: "difference",
        title: "log loss minus ls ± s.e.",
        digits: 4,
        stdev: "differenceSe",
      },
      { key: "low", digits: 4 },
      { key: "high", digits: 4 },
      P_VALUE,
    ],
    caption,
  });
}

/** The verdict in one or two sentences. */
export function teacherVerdictSentence(
  { confirmed, standardErrors, beatsSmoothing, shareOfTeacher }: TeacherVerdict,
): string {
  const { teacher, method, difference } = confirmed;
  const beats = beatsSmoothing ? "beats" : "does not beat";
  const share = shareOfTeacher === null
    ? ""
    : ` Its gain is ${(100 * shareOfTeacher).toFixed(0)} % of the teacher's.`;
  return `One network trained by ${method} with teacher ${teacher} ${beats} ` +
    "tuned label smoothing by at least 4 standard errors: its log loss " +
    `differs by ${decimalText(difference, 4)}, ` +
    `${Math.abs(standardErrors).toFixed(1)} standard errors ` +
    `${standardErrors < 0 ? "better" : "worse"}.${share}`;
}

/** One sentence per verdict: number and names of the claims. */
export function claimsSentence(claims: readonly ClaimResult[]): string {
  const named = (verdict: ClaimResult["verdict"]) =>
    claims.filter((claim) => claim.verdict === verdict)
      .map(({ claim, score }) => `${claim} (${claimScore(score)})`);
  const part = (verdict: ClaimResult["verdict"]) => {
    const names = named(verdict);
    return names.length === 0 ? [] : [
      `${verdict[0].toUpperCase()}${verdict.slice(1)}, ${names.length}: ` +
      `${names.join("; ")}.`,
    ];
  };
  return [
    `Of ${claims.length} claims:`,
    ...part("reproduced"),
    ...part("not reproduced"),
    ...part("undecided"),
  ].join(" ");
}

function claimScore(score: ClaimResult["score"]): string {
  return score === "epsilon" ? "best epsilon" : scoreTitle(score);
}
