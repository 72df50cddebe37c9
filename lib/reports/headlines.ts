import { join } from "node:path";
import { z } from "zod";
import { namesIn } from "../files/folders.ts";
import { readJson } from "../files/read_json.ts";
import { schemaOf } from "../files/record_schema.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import type { ShownTable } from "./tables/table_html.ts";

/** A result shown on a profile's index page: a formatted table or sentences. */
export type Headline =
  | { readonly kind: "table"; readonly table: ShownTable }
  | { readonly kind: "text"; readonly sentences: readonly string[] };

const FOLDER = "headlines";

const HEADLINE = schemaOf<Headline>()(z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("table"),
    table: z.object({
      caption: z.string().exactOptional(),
      columns: z.array(z.object({
        title: z.string(),
        side: z.enum(["left", "right"]),
      })),
      rows: z.array(z.array(z.object({
        text: z.string(),
        best: z.literal(true).exactOptional(),
        tone: z.enum(["good", "bad"]).exactOptional(),
      }))),
    }),
  }),
  z.object({ kind: z.literal("text"), sentences: z.array(z.string()) }),
]));

/** Returns true for names such as `headline` and `07-headline-1-results`. */
export function isHeadline(name: string): boolean {
  return /^(\d\d-)?headline/.test(name);
}

/**
 * Saves a headline for the index page.
 *
 * @param folder `results/<profile>`
 */
export async function writeHeadline(
  folder: string,
  name: string,
  headline: Headline,
): Promise<void> {
  const target = join(folder, FOLDER);
  await Deno.mkdir(target, { recursive: true });
  const text = JSON.stringify(headline, null, 1) + "\n";
  await writeFileAtomic(join(target, `${name}.json`), text);
}

/** A saved headline and its name. */
export interface NamedHeadline {
  /** File name without extension. */
  readonly name: string;
  readonly headline: Headline;
}

/**
 * Reads the headlines of a profile, in the order of their names.
 *
 * @param folder `results/<profile>`
 * @throws {BadInput} if one is damaged
 */
export async function readHeadlines(folder: string): Promise<NamedHeadline[]> {
  const files = (await namesIn(join(folder, FOLDER)))
    .filter((name) => name.endsWith(".json"));
  return await Promise.all(files.map(async (file) => ({
    name: file.replace(/\.json$/, ""),
    headline: await readJson(join(folder, FOLDER, file), HEADLINE),
  })));
}
