/// <reference lib="dom" />
/** Elements of a page, made in short. */

/** Attributes and listeners of an element; `undefined` and `false` are left out. */
export interface Attributes {
  readonly [name: string]: string | number | boolean | undefined;
}

/** Makes an element with attributes and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** A control of a form, and its value. */
export interface Control<Value> {
  /** The control with its label. */
  readonly node: HTMLElement;
  read(): Value;
  /** Goes back to the first value. */
  reset(): void;
}

/** A slider with its value beside it. */
export function slider(
  label: string,
  { min, max, step, value, show, scale = (x) => x }: {
    readonly min: number;
    readonly max: number;
    readonly step: number;
    readonly value: number;
    /** The text beside the slider. */
    readonly show: (value: number) => string;
    /** From the position of the slider to the value. */
    readonly scale?: (position: number) => number;
  },
): Control<number> {
  const input = element("input", { type: "range", min, max, step, value });
  const output = element("output", {});
  const read = () => scale(Number(input.value));
  const update = () => {
    output.value = show(read());
    input.setAttribute("aria-valuetext", output.value);
  };
  input.addEventListener("input", update);
  update();
  return {
    node: element("label", {}, `${label} `, input, output),
    read,
    reset() {
      input.value = String(value);
      update();
    },
  };
}

/** A choice of one of several values. */
export function choice<Value extends string>(
  label: string,
  options: readonly (readonly [value: Value, text: string])[],
): Control<Value> {
  const select = element(
    "select",
    {},
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  return {
    node: element("label", {}, `${label} `, select),
    read: () => select.value as Value,
    reset() {
      select.selectedIndex = 0;
    },
  };
}

/** Boxes to tick, all of them ticked at first. */
export function boxes(
  legend: string,
  labels: readonly string[],
): Control<readonly boolean[]> {
  const inputs = labels.map(() =>
    element("input", { type: "checkbox", checked: true })
  );
  return {
    node: element(
      "fieldset",
      {},
      element("legend", {}, legend),
      ...labels.map((label, i) => element("label", {}, inputs[i], ` ${label}`)),
    ),
    read: () => inputs.map(({ checked }) => checked),
    reset() {
      for (const input of inputs) input.checked = true;
    },
  };
}

/** Calls a function at most once per frame while a form changes. */
export function onceAFrame(form: HTMLElement, draw: () => void): void {
  let waiting = false;
  const request = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  for (const event of ["input", "change", "reset"]) {
    form.addEventListener(event, request);
  }
}
