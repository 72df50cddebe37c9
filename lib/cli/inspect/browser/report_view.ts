/// <reference lib="dom" />
import { element } from "../../../reports/interactive/elements.ts";
import { mountReportExplorers } from "../../../reports/interactive/mount_report_explorers.ts";
import type { ReportData } from "../../../reports/calibration/report_data.ts";
import {
  reliabilityFigures,
  riskCoverageFigures,
} from "../../../reports/calibration/report_figures.ts";
import { reportContent } from "../../../reports/calibration/report_page.ts";
import { savePng, saveSvg } from "./save_figure.ts";

/** Parts of a report that a script fills. */
const LIVE = ".explorer, .images";

/** Shows a report with controls, and buttons that save its figures. */
export async function showReport(
  container: HTMLElement,
  data: ReportData,
): Promise<void> {
  container.innerHTML = reportContent(data);
  addButtons(container, data);
  await mountReportExplorers(data);
}

/**
 * Shows the report of the same scores with intervals. Its controls keep their place and
 * what the reader has chosen.
 */
export function addIntervals(container: HTMLElement, data: ReportData): void {
  const live = [...container.querySelectorAll(LIVE)];
  const focused = document.activeElement;
  container.innerHTML = reportContent(data);
  container.querySelectorAll(LIVE).forEach((place, i) =>
    place.replaceWith(live[i])
  );
  addButtons(container, data);
  if (focused instanceof HTMLElement && container.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

/** Adds buttons to each figure that the report itself draws. */
function addButtons(container: HTMLElement, data: ReportData): void {
  const charts = [...container.querySelectorAll<HTMLElement>(".chart")]
    .filter((chart) => chart.closest(".explorer") === null);
  charts.forEach((chart, i) => {
    const save = (as: typeof saveSvg | typeof savePng) => () => {
      const [name, svg] = figuresOf(data)[i];
      as(name, svg);
    };
    chart.append(element(
      "p",
      { class: "save" },
      button("SVG", `Save figure ${i + 1} as SVG`, save(saveSvg)),
      button("PNG", `Save figure ${i + 1} as PNG`, save(savePng)),
    ));
  });
}

function button(text: string, label: string, act: () => void): HTMLElement {
  const made = element("button", { type: "button", "aria-label": label }, text);
  made.addEventListener("click", act);
  return made;
}

/** Name and drawing of each figure, in the order of the report. */
function figuresOf({ sets }: ReportData): [name: string, svg: string][] {
  return sets.flatMap((set) =>
    [
      ["reliability", reliabilityFigures(set)] as const,
      ["risk-coverage", riskCoverageFigures(set)] as const,
    ].flatMap(([name, figures]) =>
      figures.map(({ svg }, i): [string, string] => [`${name}-${i + 1}`, svg])
    )
  );
}
