/// <reference lib="dom" />

/** Where files go. */
export interface FileTaker {
  open(files: readonly File[]): void;
  /** Archive in base64 that the button of the example opens. */
  readonly example: string;
}

/** Name of the example among the reader's files. */
const EXAMPLE = "example.npz";

/** Takes files that are dropped anywhere on the page, or chosen in an area. */
export function takeFiles(
  area: HTMLElement,
  { open, example }: FileTaker,
): void {
  const input = area.querySelector("input")!;
  const [choose, tryExample] = area.querySelectorAll("button");
  choose.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    open([...input.files ?? []]);
    input.value = "";
  });
  tryExample.addEventListener("click", () => {
    const bytes = Uint8Array.from(atob(example), (char) => char.charCodeAt(0));
    open([new File([bytes], EXAMPLE)]);
  });
  const mark = (event: DragEvent, isOver: boolean) => {
    event.preventDefault();
    area.classList.toggle("over", isOver);
  };
  document.addEventListener("dragover", (event) => mark(event, true));
  document.addEventListener("dragleave", (event) => mark(event, false));
  document.addEventListener("drop", (event) => {
    mark(event, false);
    open([...event.dataTransfer?.files ?? []]);
  });
}
