/**
 * The Content-Security-Policy of a page: it loads nothing but images that it contains,
 * sends nothing, and runs only the given inline scripts. Styles are inline throughout.
 *
 * @param hashes from `scriptHash()`; no scripts by default
 */
export function contentPolicy(hashes: readonly string[] = []): string {
  return [
    "default-src 'none'",
    ...hashes.length === 0 ? [] : [`script-src ${hashes.join(" ")}`],
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Returns the scripts that a policy allows. */
export function allowedScripts(policy: string): string[] {
  return policy.match(/'sha256-[\w+/]+=*'/g) ?? [];
}
