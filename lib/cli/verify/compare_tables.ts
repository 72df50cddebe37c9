import { join } from "node:path";
import { z } from "zod";
import { namesIn } from "../../files/folders.ts";
import { readJson } from "../../files/read_json.ts";
import {
  type Comparison,
  type Difference,
  isSame,
  joined,
  type Value,
} from "./difference.ts";

const TABLES = "tables";

/** Schema of `tables/*.json`. */
const RECORDS = z.array(
  z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null()]),
  ),
);

type Row = z.infer<typeof RECORDS>[number];

/** Two folders of tables, and how to compare them. */
export interface TableFolders {
  /** `results/<profile>` with the tables to check. */
  readonly stored: string;
  /** The same folder, written again. */
  readonly recomputed: string;
  /** Whether a table that was not written again counts as a difference. */
  readonly all: boolean;
  /** Whether numbers must be equal to the last bit (false). */
  readonly exact?: boolean;
  /** Columns that may differ (none); files other than JSON show them as well. */
  readonly ignored?: readonly string[];
}

/** What a comparison of tables has found. */
export interface TableComparison extends Comparison {
  /** Number of tables in JSON. */
  readonly tables: number;
}

/**
 * Compares the tables of a profile with recomputed ones: every value of the JSON
 * files, and the other files line by line where the JSON file does not differ.
 *
 * @throws {BadInput} if a JSON file is damaged
 */
export async function compareTables(
  options: TableFolders,
): Promise<TableComparison> {
  const { stored, recomputed, all } = options;
  const before = await tablesIn(stored);
  const after = await tablesIn(recomputed);
  const names = [...new Set([...all ? before : [], ...after])].sort();
  const inBoth = (name: string) =>
    before.includes(name) && after.includes(name);
  const lost = names.filter((name) => !inBoth(name))
    .map((name) => oneSided(`${TABLES}/${name}`, before.includes(name)));
  const tables = names.filter((name) => name.endsWith(".json") && inBoth(name));
  const parts = [...lost];
  // Other files contain the same values, and times that may differ.
  const settled = new Set<string>();
  for (const name of tables) {
    const rows = await compareJson(`${TABLES}/${name}`, options);
    parts.push(rows);
    if (rows.differences.length > 0 || rows.ignored) settled.add(stem(name));
  }
  for (const name of names.filter(inBoth)) {
    if (tables.includes(name) || settled.has(stem(name))) continue;
    parts.push(await compareLines(`${TABLES}/${name}`, options));
  }
  return { ...joined(parts), tables: tables.length };
}

const NOTHING: Comparison = { numbers: 0, differences: [] };

async function tablesIn(folder: string): Promise<string[]> {
  return (await namesIn(join(folder, TABLES)))
    .filter((name) => !name.includes(".partial-"));
}

function stem(name: string): string {
  return name.replace(/\.\w+$/, "");
}

function oneSided(file: string, isStored: boolean): Comparison {
  const [stored, recomputed] = isStored ? ["a table", null] : [null, "a table"];
  return {
    numbers: 0,
    differences: [{ file, row: null, column: null, stored, recomputed }],
  };
}

async function compareJson(
  file: string,
  { stored, recomputed, exact = false, ignored = [] }: TableFolders,
): Promise<Comparison & { readonly ignored: boolean }> {
  const before = await readJson(join(stored, file), RECORDS);
  const after = await readJson(join(recomputed, file), RECORDS);
  const same = exact ? Object.is : isSame;
  const differences: Difference[] = [];
  let numbers = 0;
  const keys = new Set([...before, ...after].flatMap(Object.keys));
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    for (const key of keys) {
      if (ignored.includes(key)) continue;
      const [one, other] = [before, after]
        .map((rows): Value => rows[i]?.[key] ?? null);
      if ([one, other].some((value) => typeof value === "number")) numbers++;
      if (same(one, other)) continue;
      const values = { stored: one, recomputed: other };
      differences.push({ file, row: i + 1, column: key, ...values });
    }
  }
  const skipped = ignored.some((key) => keys.has(key));
  return { numbers, differences, ignored: skipped };
}

/** The first line that differs. */
async function compareLines(
  file: string,
  { stored, recomputed }: TableFolders,
): Promise<Comparison> {
  const [before, after] = await Promise.all(
    [stored, recomputed].map(async (folder) =>
      (await Deno.readTextFile(join(folder, file))).split("\n")
    ),
  );
  const longer = before.length > after.length ? before : after;
  const i = longer.findIndex((_, i) => before[i] !== after[i]);
  if (i < 0) return NOTHING;
  const values = {
    stored: before[i]?.trimEnd() ?? null,
    recomputed: after[i]?.trimEnd() ?? null,
  };
  const difference = { file, row: i + 1, column: null, ...values };
  return { numbers: 0, differences: [difference] };
}
