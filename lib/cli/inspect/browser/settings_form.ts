/// <reference lib="dom" />
import {
  CALIBRATOR_NAMES,
  CALIBRATORS,
} from "../../../calibration/calibrators/calibrators.ts";
import { choice, element } from "../../../reports/interactive/elements.ts";
import type { InspectSettings } from "./chosen_values.ts";

/** The form with which a reader says what the files contain and what is measured. */
export function settingsForm(onChange: () => void) {
  const kind = choice("Scores are", [
    ["", "logits"],
    ["probabilities", "probabilities (--probabilities)"],
    ["logProbabilities", "log probabilities (--log-probabilities)"],
    ["votes", "counts of votes (--votes)"],
    ["asLogits", "logits, whatever they look like (--as-logits)"],
  ]);
  const binary = box("one column, of class 1 of two (--binary)");
  const bins = input("Bins", { type: "number", min: 1, value: 10, size: 4 });
  const resamples = choice("Intervals from", [
    ["", "1,000 resamples, none beyond 1,000,000 scores"],
    ["1000", "1,000 resamples"],
    ["200", "200 resamples"],
    ["0", "no resamples"],
  ]);
  const calibrators = calibratorBoxes();
  const classes = input("Class names (--classes)", {
    ...{ type: "text", placeholder: "cat,dog,horse" },
  });
  const floor = input("Smallest probability (--floor)", {
    ...{ type: "number", min: 0, max: 0.5, step: "any" },
  });
  const ignore = input("Label to leave out (--ignore-label)", {
    ...{ type: "number", step: 1 },
  });
  const node = element(
    "form",
    { class: "controls settings" },
    ...[kind.node, binary.node, bins.node, resamples.node, calibrators.node],
    element(
      "details",
      {},
      element("summary", {}, "More settings"),
      ...[classes.node, floor.node, ignore.node],
    ),
  );
  node.addEventListener("submit", (event) => event.preventDefault());
  node.addEventListener("change", onChange);
  return {
    node,
    read: (): InspectSettings => ({
      kind: (kind.read() || undefined) as InspectSettings["kind"],
      binary: binary.read(),
      eceBins: Number(bins.read() || 10),
      resamples: numberIn(resamples.read()),
      calibrators: calibrators.read(),
      floor: numberIn(floor.read()),
      ignoreLabel: numberIn(ignore.read()),
      classes: namesIn(classes.read()),
    }),
  };
}

function numberIn(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}

function namesIn(text: string): string[] | undefined {
  const names = text.split(",").map((name) => name.trim())
    .filter((name) => name !== "");
  return names.length === 0 ? undefined : names;
}

function input(
  label: string,
  attributes: Parameters<typeof element>[1],
) {
  const control = element("input", attributes);
  return {
    node: element("label", {}, `${label} `, control),
    read: () => control.value,
  };
}

function box(label: string, checked = false) {
  const control = element("input", { type: "checkbox", checked });
  return {
    node: element("label", {}, control, ` ${label}`),
    read: () => control.checked,
  };
}

/** Temperature scaling is ticked, the default of the command line. */
function calibratorBoxes() {
  const all = CALIBRATOR_NAMES.map((name) => ({
    name,
    ...box(CALIBRATORS[name].title, name === "temperature"),
  }));
  return {
    node: element(
      "fieldset",
      {},
      element("legend", {}, "Calibrators, fitted to validation rows"),
      ...all.map(({ node }) => node),
    ),
    read: () => all.filter(({ read }) => read()).map(({ name }) => name),
  };
}
