import { signedText } from "../tables/decimal_text.ts";
import type { CalibratorName } from "../../calibration/calibrators/calibrators.ts";
import { intervalSign } from "./interval_sign.ts";
import { listed } from "./listed.ts";
import { isChance, miscalibration } from "./miscalibration.ts";
import { versionLabel } from "./panels.ts";
import { points } from "./points.ts";
import type { ReportVersion } from "./report_data.ts";

/**
 * How far off a model is, and what repairs it, in a sentence made from the numbers: "5.5
 * points overconfident; T = 2.88 removes 84 % of it; vector scaling does no better."
 *
 * Points are percentage points of ECE. What an interval does not decide is called so,
 * and without validation rows there is nothing about repair.
 *
 * @param versions the model without calibration, then after each calibrator
 * @param main the calibrator with which the others are compared
 */
export function conclusion(
  versions: readonly ReportVersion[],
  main: CalibratorName | null,
): string {
  const [plain, ...calibrated] = versions;
  const parts = [miscalibration(plain)];
  const first = calibrated.find(({ by }) => by === main);
  if (first !== undefined) {
    const others = calibrated.filter((version) => version !== first);
    parts.push(
      ...isChance(plain)
        ? withNothingToRepair(calibrated)
        : [repair(plain, first), ...comparedWith(first, others, plain)],
    );
  }
  return `${parts.join("; ")}.`;
}

/** Of more calibrators that do alike, a sentence says the number. */
const MOST_NAMES = 3;

/** What calibrators do to a model that needs none. */
function withNothingToRepair(
  calibrated: readonly ReportVersion[],
): string[] {
  const worse = calibrated.filter((version) => effect(version) === "raises");
  return [
    "there is nothing to repair",
    ...worse.map((version) => `${versionLabel(version)} ${raised(version)}`),
  ];
}

type Effect = "lowers" | "raises" | "undecided" | "unknown";

/** What a calibrator certainly does to the ECE. */
function effect({ changes }: ReportVersion): Effect {
  const { eceLow: low, eceHigh: high } = changes!;
  if (low === null) return "unknown";
  const sign = intervalSign({ low, high });
  return sign < 0 ? "lowers" : sign > 0 ? "raises" : "undecided";
}

/** "T = 2.88 removes 84 % of it". */
function repair(plain: ReportVersion, version: ReportVersion): string {
  const name = versionLabel(version);
  if (isDoubtful(version)) {
    return `the fit of ${version.title} should not be trusted`;
  }
  const { ece, eceLow, eceHigh } = version.changes!;
  switch (effect(version)) {
    case "lowers": {
      const rest = isChance(version) ? ", and what is left may be chance" : "";
      return `${name} removes ${removed(plain, version)} of it${rest}` +
        cost(version);
    }
    case "raises":
      return `${name} ${raised(version)}`;
    case "undecided":
      return `whether ${name} reduces it is undecided (${
        signed(ece!)
      } points, ` +
        `${signed(eceLow!)} to ${signed(eceHigh!)})`;
    case "unknown":
      return `${points(version.metrics.ece!)} with ${name}`;
  }
}

/** Other calibrators: beside the main one if that helps, else each for itself. */
function comparedWith(
  main: ReportVersion,
  others: readonly ReportVersion[],
  plain: ReportVersion,
): string[] {
  if (isDoubtful(main) || effect(main) !== "lowers") {
    return eachForItself(others, plain);
  }
  const groups = Map.groupBy(others, verdict);
  const alike = (key: Verdict, text: string) => {
    const group = groups.get(key) ?? [];
    const names = group.length > MOST_NAMES
      ? `${group.length} other calibrators`
      : listed(group.map(versionLabel));
    const [does, s] = group.length === 1 ? ["does", ""] : ["do", "s"];
    return group.length === 0
      ? []
      : [text.replace("NAMES", names).replace("DO", does).replace("(s)", s)];
  };
  return [
    ...(groups.get("better") ?? []).map((other) =>
      `${versionLabel(other)} does better (removes ${removed(plain, other)})` +
      cost(other)
    ),
    ...alike("same", "NAMES DO no better"),
    ...alike("worse", "NAMES DO worse"),
    ...alike("doubtful", "the fit(s) of NAMES should not be trusted"),
  ];
}

/** What each calibrator does, where the main one does not help. */
function eachForItself(
  calibrators: readonly ReportVersion[],
  plain: ReportVersion,
): string[] {
  const open = calibrators.filter((version) =>
    !isDoubtful(version) && effect(version) === "undecided"
  );
  const decided = calibrators.filter((version) => !open.includes(version));
  return [
    ...decided.map((version) => repair(plain, version)),
    ...open.length === 0 ? [] : [
      `whether ${listed(open.map(versionLabel))} ` +
      `${open.length === 1 ? "reduces" : "reduce"} it is undecided`,
    ],
  ];
}

type Verdict = "better" | "worse" | "same" | "doubtful";

function verdict(version: ReportVersion): Verdict {
  if (isDoubtful(version)) return "doubtful";
  const sign = intervalSign(version.eceFromMain!);
  return sign < 0 ? "better" : sign > 0 ? "worse" : "same";
}

function isDoubtful({ fit }: ReportVersion): boolean {
  return fit!.problems.length > 0;
}

/** The share of the ECE that a calibrator removes, which is not all of it. */
function removed(plain: ReportVersion, version: ReportVersion): string {
  const share = Math.round(
    100 * (1 - version.metrics.ece! / plain.metrics.ece!),
  );
  if (share === 100) return "more than 99 %";
  return share === 0 ? "less than 1 %" : `${share} %`;
}

function raised({ changes }: ReportVersion): string {
  return `makes it worse, by ${points(changes!.ece!)}`;
}

/** What a calibrator that helps certainly costs in accuracy. */
function cost({ changes }: ReportVersion): string {
  const { accuracy, accuracyLow: low, accuracyHigh: high } = changes!;
  if (intervalSign({ low, high }) >= 0) return "";
  return `, but costs ${points(-accuracy!)} of accuracy`;
}

/** "−0.20" for a share of -0.002. */
function signed(share: number): string {
  return signedText(100 * share, 2);
}
