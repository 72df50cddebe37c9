import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "../../lib/files/project_root.ts";

/** The part of axe-core that the tests use. */
interface Axe {
  run(): Promise<{ violations: readonly Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** Faults that axe-core calls serious or critical, with the first element of each. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Evaluated, not added as a script, which the policy of a page may forbid.
  await page.evaluate(
    await Deno.readTextFile(
      join(ROOT, "node_modules", "axe-core", "axe.min.js"),
    ),
  );
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    return (await axe.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}
