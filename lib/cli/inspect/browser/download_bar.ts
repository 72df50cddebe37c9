/// <reference lib="dom" />
import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import {
  type ReportAssets,
  reportPage,
} from "../../../reports/calibration/report_page.ts";
import { choice, element } from "../../../reports/interactive/elements.ts";
import type { Inspected } from "./inspected.ts";
import type { ProbabilityEnding, Request } from "./messages.ts";
import { saveFile } from "./save_file.ts";

/** What saving needs. */
export interface DownloadTools {
  /** Asks the worker. */
  readonly ask: (request: Request) => void;
  readonly report: ReportAssets;
}

/** Buttons that save what was measured. */
export class DownloadBar {
  readonly #container: HTMLElement;
  readonly #tools: DownloadTools;

  constructor(container: HTMLElement, tools: DownloadTools) {
    this.#container = container;
    this.#tools = tools;
  }

  /** Offers what was measured. */
  show(inspected: Inspected): void {
    const { data, numbers } = inspected;
    this.#container.replaceChildren(
      element(
        "p",
        { class: "controls" },
        "Save ",
        button("Report (HTML)", () =>
          saveFile(
            "report.html",
            new Blob([reportPage(data, this.#tools.report)], {
              type: "text/html",
            }),
          )),
        button("Numbers (JSON)", () =>
          saveFile(
            "numbers.json",
            new Blob([`${JSON.stringify(numbers, null, 2)}\n`]),
          )),
      ),
      this.#probabilities(data),
    );
    this.#container.hidden = false;
  }

  /** Removes the buttons. */
  hide(): void {
    this.#container.hidden = true;
    this.#container.replaceChildren();
  }

  #probabilities({ sets: [{ models }], mainCalibrator }: Inspected["data"]) {
    const model = choice(
      "of",
      models.map(({ name }, m) => [String(m), name] as const),
    );
    // The first choice is the calibrator with which the others are compared.
    const versions = models[0].versions
      .map(({ by, title }) => [by ?? "", title] as const)
      .toSorted(([a], [b]) =>
        Number(b === mainCalibrator) - Number(a === mainCalibrator)
      );
    const by = choice("after", versions);
    const save = (ending: ProbabilityEnding) => () =>
      this.#tools.ask({
        ...{ kind: "probabilities", model: Number(model.read()), ending },
        by: (by.read() || null) as CalibratorName | null,
      });
    return element(
      "p",
      { class: "controls" },
      "Save probabilities ",
      ...models.length > 1 ? [model.node] : [],
      by.node,
      button("NumPy (.npy)", save("npy")),
      button("Table (.csv)", save("csv")),
    );
  }
}

function button(text: string, act: () => void): HTMLElement {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", act);
  return made;
}
