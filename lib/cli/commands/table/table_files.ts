import { extname } from "node:path";
import { BadInput } from "../../../bad_input.ts";
import type { Table } from "../../../reports/tables/table.ts";
import type { TablesContent } from "../../../reports/pages/tables_page.ts";
import type { FlagKind } from "../../flags/flags.ts";
import { checkDistinct, outputFile } from "../../flags/output_flags.ts";

const FORMATS = [".md", ".csv", ".json", ".html"] as const;

/** Comma-separated files, each in the format of its extension. */
export function tableFiles(
  placeholder: string,
  help: string,
): FlagKind<readonly string[]> {
  const kind = outputFile(placeholder, help);
  return {
    placeholder,
    help: `${help}: ${FORMATS.join(", ")}`,
    parse(text, flag) {
      const files = splitFiles(text).map((part) => {
        checkFormat(part, flag);
        return kind.parse(part, flag);
      });
      files.forEach((file, i) => {
        for (const before of files.slice(0, i)) {
          checkDistinct({ [`${flag} ${before}`]: before, [flag]: file });
        }
      });
      return files;
    },
  };
}

/**
 * Splits a text at its commas, except behind a part without an extension, which is the
 * beginning of a name.
 */
function splitFiles(text: string): string[] {
  const files: string[] = [];
  let start = "";
  for (const part of text.split(",")) {
    start += part;
    if (part !== "" && extname(part) === "") start += ",";
    else {
      files.push(start);
      start = "";
    }
  }
  return start === "" ? files : [...files, start.slice(0, -1)];
}

function checkFormat(file: string, flag: string): void {
  if (FORMATS.some((format) => format === extname(file))) return;
  throw new BadInput(
    `${flag} must name files that end in ${FORMATS.join(", ")}: ` +
      `current value is ${file}`,
  );
}

/**
 * Writes tables to files, each atomically: Markdown and HTML files receive the
 * tables as displayed, CSV and JSON files the records.
 */
export async function writeTables(
  files: readonly string[],
  { records, ...content }: TablesContent & { readonly records: Table },
): Promise<void> {
  const { tablesMarkdown, tablesPage } = await import(
    "../../../reports/pages/tables_page.ts"
  );
  const { writeFileAtomic } = await import(
    "../../../files/write_file_atomic.ts"
  );
  for (const file of files) {
    const format = extname(file);
    const text = format === ".csv"
      ? records.csv()
      : format === ".json"
      ? records.json()
      : format === ".md"
      ? tablesMarkdown(content)
      : await tablesPage(content);
    await writeFileAtomic(file, text);
  }
}
