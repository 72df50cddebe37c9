import { escapeHtml } from "../tables/table_html.ts";
import { contentPolicy } from "./content_policy.ts";

/** The parts of a page. */
export interface PageParts {
  /** Plain text. */
  readonly title: string;
  /** Style rules, usually those of `page.css`. */
  readonly css: string;
  /** Body of the page, as HTML. */
  readonly main: string;
  /** The scripts in `main` that may run, from `scriptHash()` (none). */
  readonly scripts?: readonly string[];
  /** A Content-Security-Policy for more than that (`contentPolicy(scripts)`). */
  readonly policy?: string;
  /** SHA-256 of the data that the page shows (not stated). */
  readonly dataHash?: string | undefined;
}

/**
 * A self-contained page in the style of all reports. Scripts other than the given
 * ones do not run, and nothing is loaded, whatever text is in it.
 */
export function htmlPage(
  { title, css, main, scripts, policy = contentPolicy(scripts), dataHash }:
    PageParts,
): string {
  const data = dataHash === undefined
    ? ""
    : `<meta name="${DATA_HASH}" content="${dataHash}">\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${data}<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>
${css}</style>
</head>
<body>
<main>
${main}</main>
</body>
</html>
`;
}

/** Name of the `meta` element with the SHA-256 of a page's data. */
export const DATA_HASH = "data-sha256";
