import type { Figure } from "../../plots/parts/render.ts";
import { reliabilityOverlay } from "../../plots/reliability_overlay.ts";
import { riskCoverageOverlay } from "../../plots/risk_coverage_overlay.ts";
import { capitalised } from "../tables/capitalised.ts";
import { metricText } from "./metric_text.ts";
import { panelsOf } from "./panels.ts";
import type { ReportSet } from "./report_data.ts";

/** Reliability diagrams: the models over each other, before and after calibration. */
export function reliabilityFigures(set: ReportSet): Figure[] {
  return panelsOf(set).map(({ title, series }) =>
    reliabilityOverlay(
      series.map(({ label, version }) => ({
        label,
        note: `ECE ${metricText(version.metrics, "ece")} %`,
        bins: version.diagrams.bins,
      })),
      titled(title),
    )
  );
}

/** Risk-coverage curves of the same models, in the same charts. */
export function riskCoverageFigures(set: ReportSet): Figure[] {
  return panelsOf(set).map(({ title, series }) =>
    riskCoverageOverlay(
      series.map(({ label, version }) => ({
        label,
        note: `AURC ${metricText(version.metrics, "aurc")} %`,
        points: version.diagrams.riskCoverage,
      })),
      titled(title),
    )
  );
}

function titled(title: string) {
  return title === "" ? {} : { title: capitalised(title) };
}
