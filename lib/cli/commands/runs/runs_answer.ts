import { join } from "node:path";
import { isFile } from "../../../files/folders.ts";
import { table } from "../../../reports/tables/table.ts";
import {
  describeSettings,
  describeTeacher,
  objectiveNumbers,
} from "../../../runs/describe.ts";
import { objectiveName } from "../../../runs/spec.ts";
import type { RunEntry } from "../../../runs/stored_runs.ts";
import type { Answer } from "../../command.ts";
import { textTable } from "../../terminal/text_table.ts";
import { type RunSelection, settingsOf } from "./select_runs.ts";

/** A run as a flat record; unknown values are null. */
export function runRecord(entry: RunEntry, needed: RunSelection["needed"]) {
  const { name, folder, state, record, bytes, time } = entry;
  const settings = settingsOf(entry);
  const plain = record?.test.plain;
  return {
    id: name,
    folder,
    state,
    dataset: settings?.dataset ?? null,
    model: settings?.model ?? null,
    method: settings?.method ?? null,
    seed: settings?.seed ?? null,
    accuracy: plain?.accuracy ?? null,
    logLoss: plain?.logLoss ?? null,
    startedAt: time.toISOString(),
    bytes,
    neededBy: needed.get(name) ?? [],
  };
}

/** Returns the list of runs. */
export function listAnswer({ selected, needed }: RunSelection): Answer {
  const records = selected.map((entry) => runRecord(entry, needed));
  return { json: { runs: records }, text: listText(records) };
}

/** Returns a table of runs with their number and size. */
export function listText(
  records: readonly ReturnType<typeof runRecord>[],
): string {
  const bytes = records.reduce((sum, record) => sum + record.bytes, 0);
  const total = `${records.length} ${records.length === 1 ? "run" : "runs"}, ` +
    `${(bytes / 1e6).toFixed(1)} MB\n`;
  if (records.length === 0) return total;
  const rows = records.map(({ neededBy, startedAt, ...record }) => ({
    ...record,
    started: startedAt.slice(0, 10),
    needed: neededBy.length === 0 ? "" : `by ${neededBy.length}`,
  }));
  return textTable(table(rows, {
    columns: [
      "id",
      "state",
      { key: "accuracy", title: "accuracy, %", digits: 2, factor: 100 },
      { key: "logLoss", title: "log loss", digits: 4 },
      { key: "bytes", title: "MB", digits: 1, factor: 1e-6 },
      "started",
      "needed",
    ],
  })) + total;
}

/** Returns the details of runs. */
export function showAnswer({ selected, needed }: RunSelection): Answer {
  return {
    json: {
      runs: selected.map((entry) => ({
        ...runRecord(entry, needed),
        record: entry.record ?? null,
      })),
    },
    text: selected.map((entry) => detailsOf(entry, needed)).join("\n"),
  };
}

function detailsOf(entry: RunEntry, needed: RunSelection["needed"]): string {
  const { folder, state, record, bytes } = entry;
  const by = needed.get(entry.name) ?? [];
  const csv = join(folder, "history.csv");
  const lines = [
    `${folder}  ${state}, ${(bytes / 1e6).toFixed(1)} MB`,
    ...record ? recordLines(record) : [],
    ...isFile(csv) ? [`history   ${csv}`] : [],
    ...by.map((name) => `needed by ${name}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function recordLines(record: NonNullable<RunEntry["record"]>): string[] {
  const { spec, test: { plain }, epochs, bestEpoch, seconds } = record;
  const { accuracy, logLoss, ece } = plain;
  const share = (value: number | undefined) =>
    value === undefined ? "?" : `${(100 * value).toFixed(2)} %`;
  return [
    `network   ${spec.model} on ${spec.data.dataset}, ` +
    `${record.parameters} weights, seed ${spec.seed}`,
    `objective ${
      [objectiveName(spec), objectiveNumbers(spec)].filter(Boolean).join(", ")
    }`,
    ...spec.teacher ? [`teacher   ${describeTeacher(spec)}`] : [],
    `training  ${describeSettings(record)}`,
    `best epoch ${bestEpoch} of ${epochs}, ${seconds.toFixed(1)} s`,
    `test set  accuracy ${share(accuracy)}, log loss ${
      logLoss?.toFixed(4) ?? "?"
    }, ECE ${share(ece)} (${plain.bins} bins)`,
  ];
}
