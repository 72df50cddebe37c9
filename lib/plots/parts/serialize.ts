import { INK, PAPER } from "./theme.ts";

/** What the serializer reads of a DOM node, in linkedom or a browser. */
export interface SvgNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly textContent: string | null;
  readonly attributes: Iterable<{ name: string; value: string }>;
  readonly childNodes: Iterable<SvgNode>;
}

const GEOMETRY = new Set(
  "d points transform x y x1 x2 y1 y2 cx cy r rx ry width height dx dy"
    .split(" "),
);

/**
 * An SVG node as well-formed XML. Every text and attribute is escaped here, so
 * that a name from data cannot become markup; coordinates are rounded to
 * hundredths of a pixel; colours that a page would decide are settled; style
 * sheets, which in a page would reach beyond the figure, are left out.
 */
export function serialize(node: SvgNode): string {
  if (node.nodeType === 3) return escapeXml(node.textContent ?? "");
  if (node.nodeType !== 1 || node.localName === "style") return "";
  const attributes = [...node.attributes].map(attribute).join("");
  const content = serializeChildren(node);
  const name = node.localName;
  return content === ""
    ? `<${name}${attributes}/>`
    : `<${name}${attributes}>${content}</${name}>`;
}

/** The children of a node, one after the other, without the node itself. */
export function serializeChildren(node: SvgNode): string {
  return [...node.childNodes].map(serialize).join("");
}

/**
 * Text made safe as XML content and inside double quotes; characters that XML
 * cannot hold at all become U+FFFD.
 */
export function escapeXml(text: string): string {
  return text
    .replace(
      /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      "\ufffd",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function attribute({ name, value }: { name: string; value: string }): string {
  if (name === "class") return "";
  return ` ${name}="${escapeXml(settle(name, value))}"`;
}

function settle(name: string, value: string): string {
  if (value === "currentColor") return INK;
  if (value === "var(--plot-background)") return PAPER;
  return GEOMETRY.has(name) ? roundNumbers(value) : value;
}

/** Every decimal number in the text, rounded to two places. */
function roundNumbers(text: string): string {
  return text.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (number) => {
    const rounded = Math.round(Number(number) * 100) / 100;
    return String(rounded === 0 ? 0 : rounded);
  });
}
