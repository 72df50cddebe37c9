/** What a killed and resumed program must leave: the bytes of an unbroken run. */
import { basename, join } from "node:path";
import { sha256 } from "../../lib/files/sha256.ts";

/** Keys that depend on the time, in every JSON file and notebook. */
const TIMES = new Set([
  ...["seconds", "secondsPerDataset", "imagesPerSecond"],
  ...["startedAt", "written", "finished", "execution"],
  // Of a record that contains times.
  "checksum",
]);

/** Columns of `history.csv` that depend on the time. */
const TIME_COLUMNS = ["seconds", "imagesPerSecond"];

/** Keys of hashes of files that contain times, by file. */
const HASHES: Readonly<Record<string, readonly string[]>> = {
  "manifest.json": ["outputs"],
  "run.json": ["files"],
};

/** Times in pages and notebooks: `2026-11-28T10:00:00Z`, `4.2 s`, `3 min 20 s`. */
const TIME_TEXTS = [
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?/g,
  /(\d+ h )?(\d+ min )?[\d.]+ (ms|s|min|h)\b/g,
  /[\d,.]+ images\/s/g,
  // The hash of a page's data, which may have times.
  /"data-sha256" content="\w+"|<code>[0-9a-f]{12}<\/code>/g,
];

/** The time of a cell, which pages show if it is at least a second. */
const CELL_TIME = / ?<small>TIME<\/small>/g;

/**
 * Files that are compared by their presence alone: tables of times, and the pages
 * and notebooks that contain these tables. What else these show has files of its own.
 */
const TIMED =
  /^(0[78]-cost\.(md|csv|json)|0[78]_\w+\.(ipynb|html)|report\.html)$/;

/** Contents by path, without what depends on the time. */
export type Snapshot = ReadonlyMap<string, string>;

/** Takes a snapshot of all files and folders below a folder. */
export function snapshot(folder: string): Snapshot {
  const found = new Map<string, string>();
  const visit = (below: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(join(folder, below))) {
      const path = join(below, name);
      found.set(path, isDirectory ? "folder" : contentOf(join(folder, path)));
      if (isDirectory) visit(path);
    }
  };
  visit("");
  return found;
}

/** Returns how a snapshot differs from the expected one, by path. */
export function differences(found: Snapshot, expected: Snapshot): string[] {
  const paths = new Set([...found.keys(), ...expected.keys()]);
  return [...paths].sort().flatMap((path) => {
    if (!expected.has(path)) return [`${path} is left over`];
    if (!found.has(path)) return [`${path} is missing`];
    return found.get(path) === expected.get(path) ? [] : [`${path} differs`];
  });
}

/** A hash of a file's content without times. */
function contentOf(path: string): string {
  const name = basename(path);
  if (TIMED.test(name)) return "file";
  if (!/\.(json|jsonl|csv|ipynb|html)$/.test(name)) {
    return sha256(Deno.readFileSync(path));
  }
  return sha256(withoutTimes(Deno.readTextFileSync(path), name));
}

/** Returns the text of a file without what depends on the time. */
export function withoutTimes(text: string, name: string): string {
  const [ending] = /[^.]*$/.exec(name)!;
  switch (ending) {
    case "csv":
      return name === "history.csv" ? withoutColumns(text) : text;
    case "json":
      return untimedJson(text, HASHES[name] ?? []);
    case "jsonl":
      return text.trim().split("\n").map((line) => untimedJson(line)).join();
    case "ipynb":
      return untimedText(untimedJson(text));
    default:
      return untimedText(text);
  }
}

function untimedText(text: string): string {
  return TIME_TEXTS.reduce((all, time) => all.replaceAll(time, "TIME"), text)
    .replaceAll(CELL_TIME, "");
}

function untimedJson(text: string, others: readonly string[] = []): string {
  return JSON.stringify(
    JSON.parse(text),
    (key, value) => TIMES.has(key) || others.includes(key) ? undefined : value,
  );
}

function withoutColumns(csv: string): string {
  const rows = csv.trim().split("\n").map((line) => line.split(","));
  const kept = rows[0].map((name) => !TIME_COLUMNS.includes(name));
  return rows.map((row) => row.filter((_, i) => kept[i]).join(",")).join("\n");
}
