import { escapeHtml } from "../tables/table_html.ts";

/**
 * A self-contained page in the style of all reports.
 *
 * @param title plain text
 * @param css style rules, usually those of `page.css`
 * @param main body of the page, as HTML
 * @param options `policy`: what the page may load (Content-Security-Policy)
 */
export function htmlPage(
  title: string,
  css: string,
  main: string,
  { policy }: { readonly policy?: string } = {},
): string {
  const head = policy === undefined
    ? ""
    : `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
${head}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
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
