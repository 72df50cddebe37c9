/// <reference lib="dom" />
import type { ReportData, ReportSet } from "../calibration/report_data.ts";
import type { ExplorerData } from "./explorer_data.ts";
import { mountImagesExplorer } from "./images_explorer.ts";
import { mountReliabilityExplorer } from "./reliability_explorer.ts";

/** Fills and shows the explorers of the calibration report in the document. */
export async function mountReportExplorers(
  { bins, sets }: ReportData,
): Promise<void> {
  for (const section of document.querySelectorAll<HTMLElement>(".explorer")) {
    const set = sets[Number(section.dataset.set)];
    await mountReliabilityExplorer(
      section.querySelector<HTMLElement>(".explored")!,
      dataOf(set, bins),
    );
    section.hidden = false;
  }
  for (const section of document.querySelectorAll<HTMLElement>(".images")) {
    const { images } = sets[Number(section.dataset.set)];
    await mountImagesExplorer(section, images!.rows);
  }
}

function dataOf({ n, models }: ReportSet, bins: number): ExplorerData {
  return {
    ...{ bins, n },
    models: models.map(({ name, scores, versions }) => ({
      ...{ name, scores },
      fits: versions.flatMap(({ by, title, fit }) =>
        by === null || fit === null
          ? []
          : [{ by, title, parameters: fit.parameters }]
      ),
    })),
  };
}
