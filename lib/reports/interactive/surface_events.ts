/// <reference lib="dom" />
import type { Place } from "./nearest_points.ts";

/** Smaller movements are clicks, in pixels. */
const CLICK = 4;

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** What a pointer does above a surface. */
export interface PointerActions {
  onHover(event: PointerEvent): void;
  onLeave(): void;
  /** Between its first and its present place. */
  onDrag(from: PointerEvent, to: PointerEvent): void;
  onDragged(from: PointerEvent, to: PointerEvent): void;
  onClick(event: PointerEvent): void;
}

/** Calls actions of the mouse; a finger clicks, and scrolls the page. */
export function listenToPointer(
  surface: HTMLElement,
  actions: PointerActions,
): void {
  let from: PointerEvent | undefined;
  let dragging = false;
  surface.addEventListener("pointerdown", (event) => {
    // A finger scrolls the page.
    if (event.pointerType === "touch" || event.button !== 0) return;
    from = event;
    surface.setPointerCapture(event.pointerId);
  });
  surface.addEventListener("pointermove", (event) => {
    if (from === undefined) return actions.onHover(event);
    const far = Math.hypot(
      event.clientX - from.clientX,
      event.clientY - from.clientY,
    );
    dragging ||= far > CLICK;
    if (dragging) actions.onDrag(from, event);
  });
  surface.addEventListener("pointerup", (event) => {
    if (from !== undefined && dragging) actions.onDragged(from, event);
    else if (event.button === 0) actions.onClick(event);
    from = undefined;
    dragging = false;
  });
  surface.addEventListener("pointercancel", () => {
    from = undefined;
    dragging = false;
  });
  surface.addEventListener("pointerleave", () => actions.onLeave());
}

/** What keys do on a surface. */
export interface KeyActions {
  first(): number | undefined;
  towards(row: number, step: Place): number;
  onMove(row: number): void;
  onEnter(row: number): void;
  onEscape(): void;
  onLeave(): void;
}

/** Calls actions of the keyboard. */
export function listenToKeys(surface: HTMLElement, actions: KeyActions): void {
  let row: number | undefined;
  surface.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (step !== undefined) {
      row = row === undefined ? actions.first() : actions.towards(row, step);
      if (row !== undefined) actions.onMove(row);
    } else if (event.key === "Enter" && row !== undefined) {
      actions.onEnter(row);
    } else if (event.key === "Escape") {
      row = undefined;
      actions.onLeave();
      actions.onEscape();
    } else return;
    event.preventDefault();
  });
  surface.addEventListener("blur", () => actions.onLeave());
}
