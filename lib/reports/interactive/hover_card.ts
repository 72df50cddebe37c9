/// <reference lib="dom" />
import { element } from "./elements.ts";
import type { Place } from "./nearest_points.ts";

/** Distance of a card from the pointer, in pixels. */
const GAP = 14;

/** A place for a card that follows the pointer. */
export interface HoverCard {
  readonly node: HTMLElement;
  /** Shows a card beside a place in the window, where it has room, or none. */
  show(card: HTMLElement | undefined, at?: Place): void;
}

/** A hidden place for a card. */
export function hoverCard(): HoverCard {
  const node = element("div", { class: "hover-card", role: "status" });
  node.hidden = true;
  return {
    node,
    show(card, at = { x: 0, y: 0 }) {
      node.hidden = card === undefined;
      if (card === undefined) return;
      node.replaceChildren(card);
      const { width, height } = node.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const left = at.x + GAP + width > clientWidth
        ? at.x - GAP - width
        : at.x + GAP;
      const top = Math.min(at.y + GAP, clientHeight - height - GAP);
      node.style.left = `${Math.max(0, left)}px`;
      node.style.top = `${Math.max(0, top)}px`;
    },
  };
}
