import { nameInText } from "../../plots/parts/name_in_text.ts";
import { scoreHeading } from "../../calibration/metrics.ts";
import { EXTENDED_METRICS } from "../../calibration/extended_names.ts";
import { verdictTone } from "../tables/score_styles.ts";
import { type Table, table } from "../tables/table.ts";
import type { Column, FlatRecord } from "../tables/table_cell.ts";
import { capitalised } from "../tables/capitalised.ts";
import { lines } from "./metric_tables.ts";
import {
  differenceIntervalText,
  differenceText,
  differenceVerdict,
  intervalText,
  metricText,
} from "./metric_text.ts";
import type { ReportSet, ReportVersion } from "./report_data.ts";

/** Metrics with their value and its change; of the accuracy the change is enough. */
const MEASURED = ["ece", "logLoss"] as const;
const CHANGED = [...MEASURED, "accuracy"] as const;

/** For each model, the fits of its calibrators, metrics and their changes. */
export function calibratorTables({ models }: ReportSet): Table[] {
  return models.map(({ name, versions }) =>
    table(versions.map(record), {
      ...models.length === 1 ? {} : { caption: name },
      columns: [
        { key: "logits", title: "Logits" },
        ...CHANGED.flatMap(metricColumns),
      ],
    })
  );
}

function metricColumns(name: typeof CHANGED[number]): Column[] {
  const heading = capitalised(scoreHeading(EXTENDED_METRICS[name]));
  const change: Column = {
    key: `${name}Change`,
    title: name === "accuracy" ? "Accuracy: change, points" : "Change",
    tone: (record) => verdictTone(String(record[`${name}Verdict`])),
  };
  return name === "accuracy" ? [change] : [
    { key: name, title: heading },
    change,
  ];
}

function record(version: ReportVersion): FlatRecord {
  const { title, fit, metrics, changes } = version;
  return {
    logits: lines(
      title,
      fit?.summary ?? "",
      fit === null || fit.problems.length === 0 ? "" : "caution, see below",
    ),
    ...Object.fromEntries(MEASURED.map((name) => [
      name,
      lines(metricText(metrics, name), intervalText(metrics, name)),
    ])),
    ...Object.fromEntries(CHANGED.flatMap((name) => [
      [
        `${name}Change`,
        changes === null ? "" : lines(
          differenceText(changes, name),
          differenceIntervalText(changes, name),
        ),
      ],
      [
        `${name}Verdict`,
        changes === null ? null : differenceVerdict(changes, name),
      ],
    ])),
  };
}

/** Why fits should not be trusted, a sentence each; those of all models, once. */
export function cautions({ models }: ReportSet): string[] {
  return models.flatMap(({ name, versions }) =>
    versions.flatMap(({ title, fit }) =>
      (fit?.problems ?? []).map((reason) =>
        `Caution, ${title}${
          models.length > 1 ? ` of ${nameInText(name)}` : ""
        }: ${reason}.`
      )
    )
  );
}
