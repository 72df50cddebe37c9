/// <reference lib="dom" />
import {
  type OverlaidReliability,
  reliabilityOverlay,
} from "../../plots/reliability_overlay.ts";
import { type OverlayStyle, overlayStyle } from "../../plots/parts/overlay.ts";
import { METHOD_COLOURS } from "../../plots/parts/theme.ts";
import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { boxes, choice, element, onceAFrame, slider } from "./elements.ts";
import { restoreScores } from "./embedded_scores.ts";
import type { ExplorerData, ExplorerModel } from "./explorer_data.ts";
import { measure, type Measured } from "./measure.ts";

interface RestoredModel extends Omit<ExplorerModel, "scores"> {
  readonly logits: Logits;
  readonly labels: Int32Array;
}

const NORMS = {
  mean: { norm: 1, text: "mean gap (ECE)", title: "ECE" },
  root: { norm: 2, text: "root mean square gap (RMS)", title: "RMS" },
  max: { norm: "max", text: "largest gap (MCE)", title: "MCE" },
} as const;

/**
 * Lets a reader choose models, bins, norm, calibrator and temperature; the diagram and
 * the numbers below it follow. The container is empty before.
 */
export async function mountReliabilityExplorer(
  container: HTMLElement,
  { bins, models }: ExplorerData,
): Promise<void> {
  const restored = await Promise.all(
    models.map(async ({ scores, ...model }) => ({
      ...model,
      ...await restoreScores(scores),
    })),
  );
  const controls = controlsOf(restored, bins);
  const figure = element("div", { class: "chart" });
  const numbers = element("div", { "aria-live": "polite" });
  const draw = () => {
    const settings = controls.read();
    const measured = restored.flatMap((model, position) => {
      if (!settings.models[position]) return [];
      const { name, logits, labels, fits } = model;
      const fit = fits[settings.fit];
      const style = styleOf(model, position);
      return [{ name, style, ...measure(logits, labels, settings, fit) }];
    });
    figure.innerHTML = measured.length === 0 ? "" : chart(measured);
    numbers.replaceChildren(numberTable(measured, settings.title));
  };
  onceAFrame(controls.node, draw);
  draw();
  container.replaceChildren(controls.node, figure, numbers);
}

function controlsOf(models: readonly RestoredModel[], firstBins: number) {
  const shown = boxes("Models", models.map(({ name }) => name));
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
  const all = [shown, bins, binning, norm, calibrator, temperature] as const;
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
      fit: fits.findIndex(({ by }) => by === calibrator.read()),
    }),
  };
}

interface Shown extends Measured {
  readonly name: string;
  readonly style: OverlayStyle;
}

/** The fixed colour of a method, or that of the model's place. */
function styleOf({ method }: RestoredModel, position: number): OverlayStyle {
  const style = overlayStyle(position);
  return method !== undefined && Object.hasOwn(METHOD_COLOURS, method)
    ? { ...style, colour: METHOD_COLOURS[method] }
    : style;
}

function chart(models: readonly Shown[]): string {
  const overlaid = models.map((
    { name, style, bins },
  ): OverlaidReliability => ({
    ...{ label: name, style },
    bins: bins.filter(({ count }) => count > 0)
      .map((bin) => ({ ...bin, accuracyLow: null, accuracyHigh: null })),
  }));
  return adaptiveColours(reliabilityOverlay(overlaid).svg);
}

function numberTable(models: readonly Shown[], error: string) {
  const heads = ["Model", "Rows", "Accuracy, %", "Log loss", `${error}, %`];
  return element(
    "table",
    {},
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...heads.map((text) => element("th", { scope: "col" }, text)),
      ),
    ),
    element("tbody", {}, ...models.map(numberRow)),
  );
}

function numberRow({ name, bins, accuracy, logLoss, ece }: Shown) {
  const rows = bins.reduce((sum, { count }) => sum + count, 0);
  const numbers = [
    rows.toLocaleString("en"),
    (100 * accuracy).toFixed(2),
    logLoss.toFixed(4),
    (100 * ece).toFixed(2),
  ];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    ...numbers.map((text) => element("td", {}, text)),
  );
}
