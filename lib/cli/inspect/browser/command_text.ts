import { flagName } from "../../flags/flag_name.ts";
import type { InspectValues } from "./inspect_scores.ts";

/** The command that measures the same in a terminal. */
export function commandText(values: InspectValues): string {
  const { logits, labels, valLogits, valLabels, classes } = values;
  const paths = (files: InspectValues["logits"]) =>
    files?.map(({ path }) => quoted(path)).join(",");
  const { calibrator, eceBins, resamples, floor, ignoreLabel } = values;
  const given: Record<string, string | number | undefined> = {
    logits: paths(logits),
    labels: labels && quoted(labels),
    valLogits: paths(valLogits),
    valLabels: valLabels && quoted(valLabels),
    images: values.images && quoted(values.images),
    classes: classes && quoted(classes.join(",")),
    calibrator: calibrator?.length ? calibrator.join(",") : undefined,
    eceBins: eceBins === 10 ? undefined : eceBins,
    ...{ resamples, floor, ignoreLabel },
  };
  const switches = [
    ...["probabilities", "logProbabilities", "votes"] as const,
    ...["asLogits", "binary"] as const,
  ].filter((key) => values[key]);
  return [
    "deno task ils evaluate",
    ...Object.entries(given).filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${flagName(key)} ${value}`),
    ...switches.map(flagName),
    "--report report.html",
  ].join(" ");
}

function quoted(text: string): string {
  return /^[\w./:=,-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}
