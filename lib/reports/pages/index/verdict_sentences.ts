/** By how much, at what price and how sure, for one network or for several. */
import { decimalText } from "../../tables/decimal_text.ts";
import { SCALED_CE } from "../../../study/scaled_rival.ts";
import { listed } from "../../calibration/listed.ts";
import { capitalised } from "../../tables/capitalised.ts";
import { ACCURACY, AURC, differenceOf, LOG_LOSS } from "./differences.ts";
import type { Difference, Setting } from "./index_data.ts";
import {
  counted,
  digitsOf,
  intervalText,
  plainName,
  scoreName,
  unitOf,
} from "./wording.ts";

const NOT_CORRECTED =
  "the brackets are 95 % intervals of paired differences, " +
  "not corrected for their number.";

/** Differences of one network from the rivals, the price, and how sure they are. */
export function sentencesOfOne(setting: Setting, method: string): string[] {
  const of = (rival: string, score: string) =>
    differenceOf(setting, { method, rival, score });
  const against = (rival: string, name: string) => {
    const rows = [of(rival, LOG_LOSS), of(rival, ACCURACY)]
      .filter((row) => row !== undefined);
    return rows.length === 0
      ? []
      : [`${plainName(method)} against ${name}: ${judged(rows)}.`];
  };
  const price = of(SCALED_CE, AURC);
  return [
    ...against(SCALED_CE, plainName(SCALED_CE)),
    ...against("ls", `tuned ${plainName("ls")}`),
    ...price?.verdict === "worse"
      ? [
        "The price: it finds its own errors less well. The error rate among " +
        `its most confident predictions (AURC) is ${
          amount(price)
        } higher than that of plain training with temperature scaling.`,
      ]
      : [],
    sureSentence(setting, [of(SCALED_CE, LOG_LOSS)!, of(SCALED_CE, ACCURACY)!]),
  ];
}

/** Differences of each network from scaled plain training, and counts of others. */
export function sentencesOfMany(
  settings: readonly Setting[],
  method: string,
): string[] {
  const rows = (rival: string, score: string) =>
    settings.flatMap((setting) =>
      differenceOf(setting, { method, rival, score }) ?? []
    );
  const overLs = rows("ls", LOG_LOSS);
  const worse = rows(SCALED_CE, AURC)
    .filter(({ verdict }) => verdict === "worse").length;
  const seeds = new Set(rows(SCALED_CE, LOG_LOSS).map(({ n }) => n));
  return [
    `${plainName(method)} against ${plainName(SCALED_CE)}, network by network:`,
    ...settings.map((setting) => {
      const own = [LOG_LOSS, ACCURACY].flatMap((score) =>
        differenceOf(setting, { method, rival: SCALED_CE, score }) ?? []
      );
      return `${capitalised(setting.name)}: ${judged(own)}.`;
    }),
    ...overLs.length === 0
      ? []
      : [`Against tuned label smoothing, its log loss is ${counts(overLs)}.`],
    ...worse === 0 ? [] : [
      "The price: it finds its own errors less well (AURC) than scaled plain " +
      `training in ${worse} of ${settings.length} cases.`,
    ],
    `How sure: ${listed([...seeds].map(String))} seeds for each network; ` +
    NOT_CORRECTED,
  ];
}

/** "log loss −0.022 (−0.031 to −0.012), better; accuracy …". */
function judged(rows: readonly Difference[]): string {
  return rows.map((row) => {
    const { score, verdict } = row;
    const interval = intervalText(row, digitsOf(score))
      .replace(" (", `${unitOf(score)} (`);
    return `${scoreName(score)} ${interval}, ${verdict}`;
  }).join("; ");
}

/** "better in 3, worse in 0 and undecided in 2 of 5 cases". */
function counts(rows: readonly Difference[]): string {
  const parts = (["better", "worse", "undecided"] as const).map((verdict) =>
    `${verdict} in ${rows.filter((row) => row.verdict === verdict).length}`
  );
  return `${listed(parts)} of ${rows.length} cases`;
}

function sureSentence(setting: Setting, rows: readonly Difference[]): string {
  const open = rows.filter(({ verdict, needed }) =>
    verdict === "undecided" && needed !== null
  ).map(({ score, needed }) =>
    `about ${needed} would decide the ${scoreName(score)}`
  );
  return `How sure: ${setting.name}, ${counted(rows[0].n, "seed")}; ` +
    NOT_CORRECTED +
    (open.length === 0 ? "" : ` ${capitalised(listed(open))}.`);
}

/** The size of a decided difference: "1.19 points (0.82 to 1.57)". */
function amount({ mean, low, high, score }: Difference): string {
  const digits = digitsOf(score);
  const ends = [low, high].map(Math.abs).toSorted((a, b) => a - b);
  const [least, most] = ends.map((end) => decimalText(end, digits));
  return `${decimalText(Math.abs(mean), digits)}${unitOf(score)} ` +
    `(${least} to ${most})`;
}
