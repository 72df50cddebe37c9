/// <reference lib="dom" />
import { element } from "../../../reports/interactive/elements.ts";
import type { ChosenPart } from "./chosen_values.ts";
import type { FilePart } from "./file_parts.ts";
import { guessRoles, type Role, ROLE_TITLES, rolesOf } from "./guess_roles.ts";

/** The list of files, in which a reader says what each is used for. */
export class FileList {
  readonly node: HTMLElement = element("table", { class: "files" });
  readonly #files = new Map<string, readonly FilePart[]>();
  /** What the reader has chosen, which no guess changes. */
  readonly #chosen = new Map<string, Role>();
  readonly #labelColumns = new Map<string, string>();
  readonly #events: FileListEvents;

  constructor(events: FileListEvents) {
    this.#events = events;
  }

  /** Adds a file, or replaces the one of the same name. */
  add(name: string, parts: readonly FilePart[]): void {
    this.#files.set(name, parts);
    this.#draw();
  }

  /** Removes all files. */
  clear(): void {
    for (const name of this.#files.keys()) this.#events.removed(name);
    this.#files.clear();
    this.#chosen.clear();
    this.#labelColumns.clear();
    this.#draw();
  }

  /** The parts of all files with their roles. */
  read(): ChosenPart[] {
    const parts = [...this.#files.values()].flat();
    const guessed = guessRoles(parts);
    return parts.map(({ path }, i) => ({
      path,
      role: this.#chosen.get(path) ?? guessed[i],
      labelColumn: this.#labelColumns.get(path) ?? "",
    }));
  }

  #draw(): void {
    const chosen = this.read();
    const rows = [...this.#files].flatMap(([name, parts]) =>
      parts.map((part, i) =>
        this.#row(
          part,
          chosen.find(({ path }) => path === part.path)!,
          i === 0 ? name : undefined,
        )
      )
    );
    const heads = ["File", "Size", "Used as", ""].map((text) =>
      text === "" ? element("td") : element("th", { scope: "col" }, text)
    );
    this.node.replaceChildren(
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows),
    );
  }

  #row(
    part: FilePart,
    { role }: ChosenPart,
    file: string | undefined,
  ): HTMLElement {
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, part.path),
      element("td", {}, part.size),
      element(
        "td",
        {},
        this.#roleChoice(part, role),
        ...part.isTable && (role === "both" || role === "valBoth")
          ? [this.#columnInput(part)]
          : [],
      ),
      element("td", {}, ...file === undefined ? [] : [this.#remover(file)]),
    );
  }

  #roleChoice(part: FilePart, role: Role): HTMLElement {
    const select = element(
      "select",
      { "aria-label": `Use of ${part.path}` },
      ...rolesOf(part).map((value) =>
        element(
          "option",
          { value, selected: value === role },
          ROLE_TITLES[value],
        )
      ),
    );
    select.addEventListener("change", () => {
      this.#chosen.set(part.path, select.value as Role);
      this.#draw();
      this.#events.changed();
      this.#focus(`Use of ${part.path}`);
    });
    return select;
  }

  #columnInput({ path }: FilePart): HTMLElement {
    const input = element("input", {
      ...{ type: "text", size: 12, value: this.#labelColumns.get(path) ?? "" },
      placeholder: "found by name",
    });
    input.addEventListener("change", () => {
      this.#labelColumns.set(path, input.value.trim());
      this.#events.changed();
    });
    return element("label", {}, " label column ", input);
  }

  #remover(name: string): HTMLElement {
    const button = element(
      "button",
      { type: "button", "aria-label": `Remove ${name}` },
      "Remove",
    );
    button.addEventListener("click", () => {
      this.#files.delete(name);
      this.#events.removed(name);
      this.#draw();
      this.#events.changed();
    });
    return button;
  }

  /** The control with a label has the focus again after it was drawn anew. */
  #focus(label: string): void {
    [...this.node.querySelectorAll("select")].find((select) =>
      select.getAttribute("aria-label") === label
    )?.focus();
  }
}

/** What happens in the list. */
export interface FileListEvents {
  /** Another file or role was chosen. */
  changed(): void;
  removed(name: string): void;
}
