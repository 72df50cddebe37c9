import { DOMParser } from "linkedom";

const CSS_ADDRESS =
  /@import\s+(?:url\()?\s*["']?([^"')\s;]+)|url\(\s*["']?([^"')]+)/gi;

/** Attributes whose address a browser loads. */
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

/** Elements whose address is only loaded if a reader follows it. */
const LINKS = new Set(["a", "area"]);

/** Names of XML namespaces, which look like addresses. */
const NAMESPACE =
  /^http:\/\/www\.w3\.org\/(1999\/(xhtml|xlink)|2000\/(svg|xmlns\/)|XML\/1998\/namespace)$/;

/**
 * Returns the addresses outside an HTML page that a browser would load to display
 * it; a self-contained page has none. Links that a reader may follow do not count;
 * files next to the page do, as the page may be shared without them.
 */
export function externalAddresses(html: string): string[] {
  const document = new DOMParser().parseFromString(html, "text/html");
  const found: string[] = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName.toLowerCase();
    for (const { name: attribute, value } of element.attributes) {
      const key = attribute.toLowerCase();
      if (key === "style") found.push(...cssAddresses(value));
      else if (LOADING.has(key) && !LINKS.has(name)) {
        found.push(...(key === "srcset" ? candidates(value) : [value]));
      }
    }
    const text = element.textContent ?? "";
    if (name === "style") found.push(...cssAddresses(text));
    if (name === "script") {
      found.push(
        ...(text.match(/https?:\/\/[^\s"'`)]+/g) ?? [])
          .filter((address: string) => !NAMESPACE.test(address)),
      );
    }
  }
  return found.map((address) => address.trim()).filter(isOutside);
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
