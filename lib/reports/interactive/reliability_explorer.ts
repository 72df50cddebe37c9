/// <reference lib="dom" />
import { methodStyle } from "../../plots/parts/overlay.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { element, onceAFrame } from "./elements.ts";
import { restoreScores } from "./embedded_scores.ts";
import { explorerControls } from "./explorer_controls.ts";
import type { ExplorerData, ExplorerModel } from "./explorer_data.ts";
import { explorerCharts, explorerTable } from "./explorer_outcome.ts";
import { measure } from "./measure.ts";

interface RestoredModel extends Omit<ExplorerModel, "scores"> {
  readonly logits: Logits;
  readonly labels: Int32Array;
}

/**
 * Lets a reader choose models, bins, norm, calibrator, temperature and the confidence
 * below which predictions are rejected; charts and numbers follow. The container is
 * empty before.
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
  const controls = explorerControls(restored, bins);
  const charts = element("div");
  const numbers = element("div", {
    ...{ class: "output", tabindex: 0, "aria-live": "polite" },
  });
  const draw = () => {
    const settings = controls.read();
    const measured = restored.flatMap((model, position) => {
      if (!settings.models[position]) return [];
      const { name, logits, labels, fits } = model;
      const fit = fits[settings.fit];
      const style = methodStyle(model.method, position);
      return [{ name, style, ...measure(logits, labels, settings, fit) }];
    });
    charts.replaceChildren(explorerCharts(measured));
    numbers.replaceChildren(explorerTable(measured, settings.title));
  };
  onceAFrame(controls.node, draw);
  draw();
  container.replaceChildren(controls.node, charts, numbers);
}
