import { escapeHtml } from "../tables/table_html.ts";

/**
 * A self-contained page in the style of all reports.
 *
 * @param title plain text
 * @param css style rules, usually those of `page.css`
 * @param main body of the page, as HTML
 */
export function htmlPage(title: string, css: string, main: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
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
