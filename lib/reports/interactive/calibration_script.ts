/// <reference lib="dom" />
/** Script of a calibration report: its explorers. */
import type { ReportData, ReportSet } from "../calibration/report_data.ts";
import { pageData } from "./page_data.ts";
import type { ExplorerData } from "./explorer_data.ts";
import { mountReliabilityExplorer } from "./reliability_explorer.ts";

const { bins, sets } = pageData<ReportData>("calibration-report");
for (const section of document.querySelectorAll<HTMLElement>(".explorer")) {
  const set = sets[Number(section.dataset.set)];
  await mountReliabilityExplorer(
    section.querySelector<HTMLElement>(".explored")!,
    dataOf(set, bins),
  );
  section.hidden = false;
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
