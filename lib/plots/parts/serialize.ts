import { INK, PAPER } from "./theme.ts";

/** The part of a DOM node that the serializer reads. */
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
 * Serializes an SVG node as well-formed XML. Texts and attributes are escaped, so
 * that names from data cannot become markup; coordinates are rounded to hundredths
 * of a pixel; colours inherited from the page are fixed; labels of parts and style
 * sheets, which would affect the page around the figure, are omitted.
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

/** Serializes the children of a node, without the node itself. */
export function serializeChildren(node: SvgNode): string {
  return [...node.childNodes].map(serialize).join("");
}

/**
 * Escapes text for XML content and double-quoted attributes; characters that XML
 * does not allow become U+FFFD.
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
  // A figure has one label; its parts, which have no role, must not have any.
  if (name === "aria-label") return ` data-mark="${escapeXml(value)}"`;
  if (name === "class" || name.startsWith("aria-")) return "";
  return ` ${name}="${escapeXml(resolve(name, value))}"`;
}

function resolve(name: string, value: string): string {
  if (value === "currentColor") return INK;
  if (value === "var(--plot-background)") return PAPER;
  return GEOMETRY.has(name) ? roundNumbers(value) : value;
}

/** Rounds every decimal number in a text to two places. */
function roundNumbers(text: string): string {
  return text.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (number) => {
    const rounded = Math.round(Number(number) * 100) / 100;
    return String(rounded === 0 ? 0 : rounded);
  });
}
