const COMMENT = /<!--[\s\S]*?-->/g;
const TAG = /<([a-z][\w:-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const STYLE = /<style\b[^>]*>([\s\S]*?)<\/style>/gi;
const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>/gi;
const CSS_ADDRESS =
  /@import\s+(?:url\()?\s*["']?([^"')\s;]+)|url\(\s*["']?([^"')]+)/gi;

/** Attributes by which an element loads something. */
const LOADING = new Set([
  "src",
  "srcset",
  "href",
  "xlink:href",
  "poster",
  "data",
  "background",
  "action",
  "formaction",
  "manifest",
]);

/** Elements whose address is followed by a person, not by the browser. */
const LINKS = new Set(["a", "area"]);

/**
 * The addresses outside an HTML page that a browser would load to show it: a
 * page is complete in itself when there are none. Links that a reader may
 * follow don't count; files beside the page do, as it may be sent alone.
 */
export function externalAddresses(html: string): string[] {
  const page = html.replace(COMMENT, "");
  const found: string[] = [];
  for (const [, name, attributes] of page.matchAll(TAG)) {
    for (const [key, value] of attributesOf(attributes)) {
      if (key === "style") found.push(...cssAddresses(value));
      else if (LOADING.has(key) && !LINKS.has(name.toLowerCase())) {
        found.push(...(key === "srcset" ? candidates(value) : [value]));
      }
    }
  }
  for (const [, css] of page.matchAll(STYLE)) found.push(...cssAddresses(css));
  for (const [, code] of page.matchAll(SCRIPT)) {
    found.push(...code.match(/https?:\/\/[^\s"'`)]+/g) ?? []);
  }
  return found.map((address) => address.trim()).filter(isOutside);
}

function* attributesOf(text: string): Generator<[string, string]> {
  for (const [, key, double, single, bare] of text.matchAll(ATTRIBUTE)) {
    yield [key.toLowerCase(), double ?? single ?? bare];
  }
}

function cssAddresses(css: string): string[] {
  return [...css.matchAll(CSS_ADDRESS)].map((match) => match[1] ?? match[2]);
}

function candidates(srcset: string): string[] {
  return srcset.split(/,\s+/).map((part) => part.trim().split(/\s+/)[0]);
}

function isOutside(address: string): boolean {
  return address !== "" && !/^(data:|blob:|about:|#)/i.test(address);
}
