/**
 * Checks the pages of a Parquet file before it is read, because the reader takes
 * counts from them on trust: a wrong one can fill the memory, never end, or leave
 * rows out.
 */
import type { FileMetaData, SchemaTree } from "hyparquet";
import { crc32 } from "node:zlib";
import { BadInput } from "../../bad_input.ts";
import { TOO_LARGE, unpackLimit } from "../unpack_limit.ts";
import { checkRuns, type RunsOptions } from "./parquet_runs.ts";
import { readThrift, type ThriftStruct } from "./thrift.ts";

/** Decompresses a page to its size. */
export type Decompress = (page: Uint8Array, size: number) => Uint8Array;

/** Bytes of memory that a value takes while it is read. */
const VALUE_BYTES = 32;

/** Kinds of pages. */
const PAGE = { data: 0, index: 1, dictionary: 2, data2: 3 };

/** Encodings whose values are runs: dictionary indices and booleans. */
const INDICES = [2, 8];
const BOOLEANS = 3;

/** What the checks of a file need. */
export interface PageOptions {
  /** Names of the columns that will be read. */
  readonly columns: ReadonlySet<string>;
  readonly schema: SchemaTree;
  /** By the name of the codec. */
  readonly codecs: Readonly<Record<string, Decompress>>;
  /** Path of the file, for messages. */
  readonly path: string;
}

/**
 * Checks all pages of some columns: sizes, counts, checksums where there are any, and
 * runs.
 *
 * @throws {RangeError} if one is damaged
 * @throws {BadInput} if they would take more memory than `unpackLimit()` allows
 */
export function checkPages(
  bytes: Uint8Array,
  { row_groups }: FileMetaData,
  { columns, schema, codecs, path }: PageOptions,
): void {
  const limit = unpackLimit(bytes.length);
  let size = 0;
  for (const { columns: chunks, num_rows } of row_groups) {
    for (const { meta_data: meta } of chunks) {
      if (!columns.has(meta!.path_in_schema[0])) continue;
      const levels = levelsOf(schema, meta!.path_in_schema);
      const { codec, num_values } = meta!;
      const count = Number(num_values);
      if (levels.repetition === 0 && num_values !== num_rows) throw damaged();
      size += VALUE_BYTES * count;
      if (size > limit) throw new BadInput(`Cannot read ${path}: ${TOO_LARGE}`);
      const chunk = chunkOf(bytes, meta!);
      const pages = pagesOf(chunk);
      size += pages.reduce((sum, page) => sum + page.size, 0);
      if (size > limit) throw new BadInput(`Cannot read ${path}: ${TOO_LARGE}`);
      const values = pages.filter(isData)
        .reduce((sum, page) => sum + page.values, 0);
      if (values !== count) throw damaged();
      const decompress = codec === "UNCOMPRESSED" ? copy : codecs[codec];
      // The reader names a codec that it does not have.
      if (decompress === undefined) continue;
      const isBoolean = meta!.type === "BOOLEAN";
      for (const page of pages.filter(isData)) {
        checkData(page, { levels, decompress, isBoolean });
      }
    }
  }
}

type ColumnMeta = NonNullable<
  FileMetaData["row_groups"][number]["columns"][number]["meta_data"]
>;

/** Largest repetition and definition level of a column. */
interface Levels {
  readonly repetition: number;
  readonly definition: number;
}

function levelsOf(schema: SchemaTree, path: readonly string[]): Levels {
  let tree: SchemaTree | undefined = schema;
  const levels = { repetition: 0, definition: 0 };
  for (const name of path) {
    tree = tree.children.find(({ element }) => element.name === name);
    if (tree === undefined) throw damaged();
    const { repetition_type: kind } = tree.element;
    if (kind === "REPEATED") levels.repetition++;
    if (kind !== "REQUIRED") levels.definition++;
  }
  return levels;
}

/** The bytes of a column in a group of rows. */
function chunkOf(bytes: Uint8Array, meta: ColumnMeta): Uint8Array {
  const { dictionary_page_offset, data_page_offset } = meta;
  const start = Number(dictionary_page_offset || data_page_offset);
  const length = Number(meta.total_compressed_size);
  if (!(start >= 4 && length >= 0 && start + length <= bytes.length)) {
    throw damaged();
  }
  return bytes.subarray(start, start + length);
}

/** A page with the numbers of its header. */
interface Page {
  readonly kind: number;
  /** Its bytes in the file. */
  readonly content: Uint8Array;
  /** Size in bytes after decompression. */
  readonly size: number;
  readonly values: number;
  readonly encoding: number | undefined;
  /** Lengths of the levels of a page of version 2, and whether the rest is packed. */
  readonly repetitionBytes: number;
  readonly definitionBytes: number;
  readonly isPacked: boolean;
}

function isData({ kind }: Page): boolean {
  return kind === PAGE.data || kind === PAGE.data2;
}

function pagesOf(chunk: Uint8Array): Page[] {
  const pages: Page[] = [];
  // As in the reader, a single byte at the end is no page.
  for (let at = 0; at < chunk.length - 1;) {
    const header = readThrift(chunk, at);
    const page = pageOf(header, chunk);
    pages.push(page);
    at = header.end + page.content.length;
  }
  return pages;
}

function pageOf(header: ThriftStruct, chunk: Uint8Array): Page {
  const { numbers, structs, end } = header;
  const [kind, size, length, crc] = [1, 2, 3, 4].map((id) => numbers.get(id));
  const own = structs.get(kind === PAGE.data ? 5 : kind === PAGE.data2 ? 8 : 7);
  const of = (id: number) => own?.numbers.get(id) ?? 0;
  const page = {
    kind: kind!,
    content: chunk.subarray(end, end + (length ?? -1)),
    size: size ?? -1,
    values: of(1),
    encoding: own?.numbers.get(kind === PAGE.data2 ? 4 : 2),
    repetitionBytes: kind === PAGE.data2 ? of(6) : 0,
    definitionBytes: kind === PAGE.data2 ? of(5) : 0,
    isPacked: own?.numbers.get(7) !== 0,
  };
  const { repetitionBytes, definitionBytes } = page;
  const isValid = length !== undefined && length >= 0 && page.size >= 0 &&
    page.values >= 0 && page.content.length === length &&
    repetitionBytes >= 0 && definitionBytes >= 0 &&
    repetitionBytes + definitionBytes <= Math.min(length, page.size);
  if (!isValid) throw damaged();
  if (crc !== undefined && crc32(page.content) !== crc >>> 0) throw damaged();
  return page;
}

interface DataOptions {
  readonly levels: Levels;
  readonly decompress: Decompress;
  readonly isBoolean: boolean;
}

/** Checks the runs of a page of data: levels, dictionary indices and booleans. */
function checkData(
  page: Page,
  { levels, decompress, isBoolean }: DataOptions,
): void {
  const { kind, content, size, values, encoding } = page;
  const { repetitionBytes: first, definitionBytes: second } = page;
  const unpacked = (part: Uint8Array, size: number) =>
    page.isPacked && size > 0 ? decompress(part, size) : part;
  const runs = (
    bytes: Uint8Array,
    at: number,
    options: Omit<RunsOptions, "count">,
  ) => checkRuns(bytes, at, { count: values, ...options });
  const depths = [levels.repetition, levels.definition].map(bitWidth);
  let data: Uint8Array;
  let at = 0;
  if (kind === PAGE.data2) {
    const [width, otherWidth] = depths;
    if (width > 0) runs(content, 0, { width, length: first });
    if (otherWidth > 0) {
      runs(content, first, { width: otherWidth, length: second });
    }
    data = unpacked(content.subarray(first + second), size - first - second);
  } else {
    data = decompress(content, size);
    for (const width of depths) if (width > 0) at = runs(data, at, { width });
  }
  const isIndices = INDICES.includes(encoding!) || encoding === BOOLEANS;
  if (!isIndices || at >= data.length) return;
  if (isBoolean) return void runs(data, at, { width: 1, mayBeFewer: true });
  const width = data[at];
  if (width > 32) throw damaged();
  const length = data.length - at - 1;
  runs(data, at + 1, { width, length, mayBeFewer: true });
}

function bitWidth(level: number): number {
  return 32 - Math.clz32(level);
}

function copy(page: Uint8Array): Uint8Array {
  return page;
}

function damaged(): RangeError {
  return new RangeError("its pages are damaged");
}
