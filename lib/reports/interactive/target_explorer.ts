/// <reference lib="dom" />
import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";
import { targetRows } from "../../plots/target_rows.ts";
import { element, onceAFrame, slider } from "./elements.ts";
import { imageTargets } from "./image_targets.ts";
import type { OneImage } from "./one_image.ts";

/**
 * Lets a reader choose amount and temperature; the targets of one image follow. The
 * container is empty before.
 */
export function mountTargetExplorer(
  container: HTMLElement,
  image: OneImage,
): void {
  const epsilon = slider("Amount ε", {
    ...{ min: 0, max: 0.9, step: 0.01, value: 0.3 },
    show: (value) => value.toFixed(2),
  });
  const temperature = slider("Temperature of the teacher", {
    ...{ min: -1, max: 1, step: 0.01, value: 0 },
    scale: (position) => 10 ** position,
    show: (value) => value.toPrecision(3),
  });
  const form = element(
    "form",
    { class: "controls" },
    epsilon.node,
    temperature.node,
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  const chart = element("div", { class: "chart" });
  const draw = () => {
    const settings = {
      epsilon: epsilon.read(),
      temperature: temperature.read(),
    };
    const rows = imageTargets(image, settings);
    const { svg } = targetRows([{ label: image.label, rows }], {
      classNames: image.classNames,
      compact: true,
    });
    chart.innerHTML = adaptiveColours(svg);
  };
  onceAFrame(form, draw);
  draw();
  container.replaceChildren(form, chart);
}
