/**
 * Charts as SVG, for notebooks, pages and files. Each function returns a `Figure`,
 * which a notebook displays.
 *
 * @module
 */
export { confidenceHistogram } from "./confidence_histogram.ts";
export { criticalDifferenceDiagram } from "./critical_difference.ts";
export { decisionRegions } from "./decision_regions.ts";
export { embeddingPanels } from "./embedding_panels.ts";
export { embeddingScatter } from "./embedding_scatter.ts";
export { gainScatter } from "./gain_scatter.ts";
export { heatMap } from "./heat_map.ts";
export { imageGrid } from "./image_grid.ts";
export { lineSweep } from "./line_sweep.ts";
export { methodComparison } from "./method_comparison.ts";
export { methodStyle } from "./parts/overlay.ts";
export { pictureAt } from "./parts/png.ts";
export { type Figure, panels } from "./parts/render.ts";
export { methodTitle } from "./parts/theme.ts";
export { pointScatter } from "./point_scatter.ts";
export { processFlow } from "./process_flow.ts";
export { reliabilityDiagram } from "./reliability_diagram.ts";
export { reliabilityOverlay } from "./reliability_overlay.ts";
export { riskCoverageCurves } from "./risk_coverage_curves.ts";
export { slopeChart } from "./slope_chart.ts";
export { targetRows } from "./target_rows.ts";
export { trainingCurves } from "./training_curves.ts";
