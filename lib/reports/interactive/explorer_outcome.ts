/// <reference lib="dom" />
import { nameInText } from "../../plots/parts/name_in_text.ts";
import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";
import type { OverlayStyle } from "../../plots/parts/overlay.ts";
import type { Figure } from "../../plots/parts/render.ts";
import { reliabilityOverlay } from "../../plots/reliability_overlay.ts";
import { riskCoverageOverlay } from "../../plots/risk_coverage_overlay.ts";
import { element } from "./elements.ts";
import type { Measured } from "./measure.ts";

/** A model with a reader's settings. */
export interface Shown extends Measured {
  readonly name: string;
  readonly style: OverlayStyle;
}

/** The charts of models, beside each other; none without models. */
export function explorerCharts(models: readonly Shown[]): HTMLElement {
  const charts = element("div", { class: "charts" });
  if (models.length === 0) return charts;
  const reliability = reliabilityOverlay(
    models.map(({ name, style, bins }) => ({
      ...{ label: name, style },
      bins: bins.filter(({ count }) => count > 0)
        .map((bin) => ({ ...bin, accuracyLow: null, accuracyHigh: null })),
    })),
    { title: "Reliability" },
  );
  const rejection = riskCoverageOverlay(
    models.map(({ name, style, riskCoverage, kept }) => ({
      ...{ label: name, style, points: riskCoverage },
      ...kept.coverage > 0 && kept.coverage < 1 ? { ringed: kept } : {},
    })),
    { title: "Errors among the predictions that are kept" },
  );
  charts.innerHTML = [reliability, rejection].map(chart).join("");
  return charts;
}

function chart({ svg }: Figure): string {
  return `<div class="chart">${adaptiveColours(svg)}</div>`;
}

/**
 * The numbers of models as a table.
 *
 * @param error short title of the calibration error
 */
export function explorerTable(
  models: readonly Shown[],
  error: string,
): HTMLElement {
  const heads = [
    ...["Model", "Rows", "Accuracy, %", "Log loss", `${error}, %`],
    ...["Kept, %", "Errors among them, %"],
  ];
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

function numberRow({ name, bins, accuracy, logLoss, ece, kept }: Shown) {
  const rows = bins.reduce((sum, { count }) => sum + count, 0);
  const numbers = [
    rows.toLocaleString("en"),
    (100 * accuracy).toFixed(2),
    logLoss.toFixed(4),
    (100 * ece).toFixed(2),
    (100 * kept.coverage).toFixed(1),
    kept.coverage === 0 ? "–" : (100 * kept.risk).toFixed(2),
  ];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, nameInText(name)),
    ...numbers.map((text) => element("td", {}, text)),
  );
}
