/** Functions with which notebooks show values and save results. */
import { join } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";
import { resultsRoot } from "../lib/files/user_folders.ts";
import { jupyterDisplay } from "../lib/jupyter_display.ts";
import type { Figure } from "../lib/plots/parts/render.ts";
import {
  type Headline,
  isHeadline,
  writeHeadline,
} from "../lib/reports/headlines.ts";
import type { Table } from "../lib/reports/tables/table.ts";
import { writeFileAtomic } from "../lib/files/write_file_atomic.ts";
import { kernel } from "./kernel.ts";

/**
 * Returns the folder in which notebooks save a profile's results: `results/<profile>`
 * if `reproduce`, which sets `ILS_RESULTS`, runs them, else
 * `results/scratch/<profile>`, so that experiments do not overwrite the report.
 * `ILS_RESULTS_DIR` names a folder instead of `results`.
 */
export function resultsFolder(
  profile: string,
  results = Deno.env.get("ILS_RESULTS"),
): string {
  return join(results || join(resultsRoot(ROOT), "scratch"), profile);
}

/** Returns functions that save figures, tables and text in `resultsFolder()`. */
export function savers(profile: string) {
  const results = resultsFolder(profile);
  const saveHeadline = async (name: string, headline: Headline) => {
    if (isHeadline(name)) await writeHeadline(results, name, headline);
  };
  const folderOf = async (kind: string) => {
    await sayWhere(results, profile);
    const folder = join(results, kind);
    await Deno.mkdir(folder, { recursive: true });
    return folder;
  };
  const saveFigureOnly = async (name: string, figure: Figure) => {
    const folder = await folderOf("figures");
    await writeFileAtomic(join(folder, `${name}.svg`), figure.svg);
  };
  return {
    /** Saves a figure under `figures` and shows it. */
    saveFigure: async (name: string, figure: Figure) => {
      await saveFigureOnly(name, figure);
      await show(figure);
    },
    /** Saves a figure without showing it. */
    saveFigureOnly,
    /** Saves a table under `tables` in three formats and shows it. */
    saveTable: async (name: string, table: Table) => {
      await writeTable(await folderOf("tables"), name, table);
      await saveHeadline(name, { kind: "table", table: table.shown() });
      await show(table);
    },
    /** Saves sentences under `tables`, as a list, and shows them. */
    saveText: async (name: string, sentences: readonly string[]) => {
      const path = join(await folderOf("tables"), `${name}.md`);
      await writeFileAtomic(path, listOf(sentences));
      await saveHeadline(name, { kind: "text", sentences });
      await showText(sentences);
    },
    /** Saves data that a page embeds, under `data`, without showing it. */
    saveData: async (name: string, data: unknown) => {
      const path = join(await folderOf("data"), `${name}.json`);
      await writeFileAtomic(path, `${JSON.stringify(data)}\n`);
    },
    /** Saves a long table without showing it. */
    saveTableOnly: async (name: string, table: Table) =>
      await writeTable(await folderOf("tables"), name, table),
  };
}

let said = false;

/** Says at the first write of an experiment where its files are. */
async function sayWhere(results: string, profile: string) {
  if (said || results !== resultsFolder(profile, "")) return;
  said = true;
  await show(
    `Saved in ${results.replace(`${ROOT}/`, "")}/: only ` +
      `\`deno task reproduce\` writes results/${profile}/`,
  );
}

async function writeTable(folder: string, name: string, table: Table) {
  await writeFileAtomic(join(folder, `${name}.md`), table.markdown());
  await writeFileAtomic(join(folder, `${name}.csv`), table.csv());
  await writeFileAtomic(join(folder, `${name}.json`), table.json());
}

/** Shows a figure, a table or a line of text under the running cell. */
export async function show(value: Figure | Table | string) {
  const bundle = typeof value === "string"
    ? { "text/plain": value }
    : value[jupyterDisplay]();
  await kernel()?.display(bundle, { raw: true });
}

/** Shows sentences as a list under the running cell. */
export async function showText(sentences: readonly string[]) {
  const list = listOf(sentences);
  await kernel()?.display(
    { "text/markdown": list, "text/plain": list },
    { raw: true },
  );
}

function listOf(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}\n`).join("");
}

/**
 * Returns a function that shows text in one display of the running cell, which
 * the first call creates and later calls update; an empty text leaves nothing.
 */
export function display(): (text: string) => void {
  const jupyter = kernel();
  if (jupyter === undefined) return () => {};
  let id: string | undefined;
  return (text) => {
    if (id === undefined && text === "") return;
    const data = text === "" ? {} : { "text/plain": text };
    const type = id === undefined ? "display_data" : "update_display_data";
    id ??= crypto.randomUUID();
    jupyter.broadcast(type, {
      data,
      metadata: {},
      transient: { display_id: id },
    });
  };
}
