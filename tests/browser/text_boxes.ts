/// <reference lib="dom" />
import type { Page } from "playwright-core";

/**
 * The texts of a page that leave their box or the window: the start of each, and the
 * element that it leaves. Boxes that scroll or cut their content hold it.
 */
export function textsOutside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Text may rise above the lines of a small line height. */
    const [beside, above] = [1.5, 4];
    const window = {
      ...{ left: 0, right: document.documentElement.clientWidth },
      ...{ top: -Infinity, bottom: Infinity },
    };
    type Box = typeof window;
    const leaves = (text: Box, box: Box) =>
      text.left < box.left - beside || text.right > box.right + beside ||
      text.top < box.top - above || text.bottom > box.bottom + above;
    const within = (text: Box, box: Box): Box => ({
      left: Math.max(text.left, box.left),
      right: Math.min(text.right, box.right),
      top: Math.max(text.top, box.top),
      bottom: Math.min(text.bottom, box.bottom),
    });
    const scrolls = (element: Element | null) =>
      element !== null && element.scrollWidth > element.clientWidth + 1 &&
      /auto|scroll/.test(getComputedStyle(element).overflowX);
    const isScrolled = (element: Element) => {
      let at = element.parentElement;
      while (at !== null && !scrolls(at)) at = at.parentElement;
      return at !== null;
    };
    /** The element that a text leaves, if any. */
    const left = (text: Box, from: Element): string | undefined => {
      let visible = text;
      for (let at: Element | null = from; at; at = at.parentElement) {
        const isInner = at instanceof SVGElement && at.ownerSVGElement !== null;
        const { display, overflowX, position } = getComputedStyle(at);
        if (isInner || display === "inline" || display === "contents") continue;
        const box = at.getBoundingClientRect();
        if (overflowX !== "visible") visible = within(visible, box);
        else if (leaves(visible, box)) {
          // What is wider than the window scrolls; its cells still hold their text.
          if (!/^t[dh]$/i.test(at.tagName) && isScrolled(at)) continue;
          return `${at.tagName.toLowerCase()}.${at.getAttribute("class")}`;
        }
        if (visible.right <= visible.left || visible.bottom <= visible.top) {
          return undefined;
        }
        if (position === "fixed" || position === "absolute") break;
      }
      return leaves(visible, window) ? "the window" : undefined;
    };
    const texts = document.createTreeWalker(
      document.body,
      NodeFilter.SHOW_TEXT,
    );
    const found = new Set<string>();
    while (texts.nextNode()) {
      const node = texts.currentNode as Text;
      const parent = node.parentElement!;
      const isText = node.data.trim() !== "" && parent.checkVisibility() &&
        parent.closest("script, style, select") === null;
      if (!isText) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const element = left(box, parent);
        if (element === undefined) continue;
        found.add(`${node.data.trim().slice(0, 40)} leaves ${element}`);
      }
    }
    return [...found];
  });
}
