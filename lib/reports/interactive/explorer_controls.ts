/// <reference lib="dom" />
import { nameInText } from "../../plots/parts/name_in_text.ts";
import { boxes, choice, element, slider } from "./elements.ts";
import type { ExplorerModel } from "./explorer_data.ts";

const NORMS = {
  mean: { norm: 1, text: "mean gap (ECE)", title: "ECE" },
  root: { norm: 2, text: "root mean square gap (RMS)", title: "RMS" },
  max: { norm: "max", text: "largest gap (MCE)", title: "MCE" },
} as const;

/**
 * The form with which a reader chooses settings.
 *
 * @param models their names, and the calibrators that all of them have
 * @param firstBins number of bins at first
 */
export function explorerControls(
  models: readonly Pick<ExplorerModel, "name" | "fits">[],
  firstBins: number,
) {
  const shown = boxes("Models", models.map(({ name }) => nameInText(name)));
  const bins = slider("Bins", {
    ...{ min: 2, max: 50, step: 1, value: firstBins },
    show: String,
  });
  const binning = choice("of", [
    ["equalWidth", "equal width"],
    ["equalMass", "equal numbers of rows"],
  ]);
  const norm = choice(
    "Error",
    Object.entries(NORMS).map(([name, { text }]) =>
      [name as keyof typeof NORMS, text] as const
    ),
  );
  const [{ fits }] = models;
  const calibrator = choice("Calibrator", [
    ["", "none"],
    ...fits.map(({ by, title }) => [by, title] as const),
  ]);
  const temperature = slider("Temperature", {
    ...{ min: -1, max: 1, step: 0.01, value: 0 },
    scale: (position) => 10 ** position,
    show: (value) => value.toPrecision(3),
  });
  const threshold = slider("Reject below a confidence of", {
    ...{ min: 0, max: 1, step: 0.01, value: 0 },
    show: (value) => `${Math.round(100 * value)} %`,
  });
  const all = [
    ...[shown, bins, binning, norm, calibrator, temperature, threshold],
  ];
  const reset = element("button", { type: "reset" }, "Reset");
  const node = element(
    "form",
    { class: "controls" },
    ...all.map(({ node }) => node),
    reset,
  );
  node.addEventListener("submit", (event) => event.preventDefault());
  node.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const control of all) control.reset();
  });
  return {
    node,
    read: () => ({
      models: shown.read(),
      bins: bins.read(),
      binning: binning.read(),
      ...NORMS[norm.read()],
      temperature: temperature.read(),
      threshold: threshold.read(),
      fit: fits.findIndex(({ by }) => by === calibrator.read()),
    }),
  };
}
