/// <reference lib="dom" />
import { nameInText } from "../../plots/parts/name_in_text.ts";
import { classColour } from "../../plots/parts/theme.ts";
import { element } from "./elements.ts";

/** Boxes with which a reader shows and hides classes. */
export interface ClassLegend {
  readonly node: HTMLElement;
  /** Indices of the classes that are not ticked. */
  hidden(): ReadonlySet<number>;
}

/**
 * A legend of classes with a box each.
 *
 * @param onChange called when a box changes
 * @param classes indices of the classes in the legend (all)
 */
export function classLegend(
  classNames: readonly string[],
  onChange: () => void,
  classes: readonly number[] = [...classNames.keys()],
): ClassLegend {
  const inputs = classes.map(() =>
    element("input", { type: "checkbox", checked: true })
  );
  const entries = classes.map((k, i) => {
    const swatch = element("i", { class: "swatch", "aria-hidden": "true" });
    swatch.style.background = classColour(k);
    return element("label", {}, inputs[i], swatch, nameInText(classNames[k]));
  });
  const setAll = (checked: boolean) => () => {
    for (const input of inputs) input.checked = checked;
    onChange();
  };
  const [all, none] = [["All", true], ["None", false]] as const;
  const button = ([text, checked]: readonly [string, boolean]) => {
    const node = element("button", { type: "button" }, text);
    node.addEventListener("click", setAll(checked));
    return node;
  };
  const fieldset = element(
    "fieldset",
    {},
    element("legend", {}, "Classes"),
    ...entries,
    button(all),
    button(none),
  );
  for (const input of inputs) input.addEventListener("change", onChange);
  return {
    node: element("form", { class: "controls" }, fieldset),
    hidden: () => new Set(classes.filter((_, i) => !inputs[i].checked)),
  };
}
