/// <reference lib="dom" />

/** The line that says what happens, and the one that says what was refused. */
export class StatusLine {
  readonly #text: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #refusal: HTMLElement;

  /**
   * @param line element with a bar and a text
   * @param refusal element of role "alert"
   */
  constructor(line: HTMLElement, refusal: HTMLElement) {
    this.#text = line.querySelector("span")!;
    this.#bar = line.querySelector("progress")!;
    this.#refusal = refusal;
  }

  /** Shows work in progress; an empty text is that between two steps. */
  progress(text: string): void {
    if (text === "") return;
    this.#bar.hidden = false;
    const share = /(\d+) of (\d+)$/.exec(text);
    if (share === null) this.#bar.removeAttribute("value");
    else {this.#bar.setAttribute(
        "value",
        `${Number(share[1]) / Number(share[2])}`,
      );}
    this.#text.textContent = `${text} …`;
  }

  /** Shows a text, and that nothing is in progress. */
  show(text: string): void {
    this.#bar.hidden = true;
    this.#text.textContent = text;
  }

  /**
   * Adds a line to those that were refused.
   *
   * @param of what was refused: a file stays so when others are measured
   */
  refuse(message: string, of: "file" | "scores"): void {
    this.show("");
    const line = document.createElement("p");
    line.className = of;
    line.textContent = message;
    this.#refusal.append(line);
  }

  /** Removes the lines on scores, or those on files as well. */
  clear(of: "file" | "scores"): void {
    this.show("");
    const lines = this.#refusal.querySelectorAll(
      of === "file" ? "p" : ".scores",
    );
    for (const line of lines) line.remove();
  }
}
