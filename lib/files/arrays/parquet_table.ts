import {
  type DecodedArray,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetSchema,
  type SchemaTree,
} from "hyparquet";
import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from "node:zlib";
import { BadInput } from "../../bad_input.ts";
import { parquetColumn, parquetType } from "./parquet_column.ts";
import { checkPages, type Decompress } from "./parquet_pages.ts";
import { decodeSnappy } from "./snappy.ts";
import type { ArrayFile } from "./stored_array.ts";
import { readThrift } from "./thrift.ts";

/** Bytes at the end of a file: length of the metadata and `PAR1`. */
const FOOTER_BYTES = 8;
const MAGIC = 0x31524150;

const withLimit = (
  decompress: (
    page: Uint8Array,
    options: { maxOutputLength: number },
  ) => Uint8Array,
) =>
(page: Uint8Array, size: number) =>
  decompress(page, { maxOutputLength: Math.max(size, 1) });

/** Codecs. That for Snappy in the reader's package does not end on some input. */
const CODECS: Readonly<Record<string, Decompress>> = {
  SNAPPY: decodeSnappy,
  GZIP: withLimit(gunzipSync),
  BROTLI: withLimit(brotliDecompressSync),
  ZSTD: withLimit(zstdDecompressSync),
};

/**
 * The columns of a Parquet file: numbers, booleans, texts, and lists of numbers, which
 * are matrices. A missing number is NaN, a missing text is empty. Other columns have no
 * type.
 *
 * @param path of the file, for messages
 * @throws {BadInput} if it is damaged, compressed with LZ4 or encrypted
 */
export async function parquetTable(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<ArrayFile> {
  try {
    const metadata = readMetadata(bytes);
    const schema = parquetSchema(metadata);
    const { children } = schema;
    const names = children.filter((column) => parquetType(column) !== undefined)
      .map(nameOf);
    const columns = new Set(names);
    checkPages(bytes, metadata, { columns, schema, codecs: CODECS, path });
    const values = await readColumns(bytes, names);
    const rows = Number(metadata.num_rows);
    checkRows(metadata, values);
    const arrays = children.map((column) =>
      parquetColumn(column, { values: values.get(nameOf(column)), rows, path })
    );
    return { path, arrays, isTable: true, remarks: [] };
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`Cannot read ${path}: ${faultIn(error as Error)}`);
  }
}

/** The metadata at the end of a file, after a strict check of their form. */
function readMetadata(bytes: Uint8Array<ArrayBuffer>): FileMetaData {
  const end = bytes.length - FOOTER_BYTES;
  if (end < 0) throw new RangeError("it is cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(end + 4, true) !== MAGIC) {
    throw new RangeError("it is cut short");
  }
  const start = end - view.getUint32(end, true);
  if (start < 4) throw new RangeError("its metadata are damaged");
  readThrift(bytes.subarray(0, end), start);
  return parquetMetadata(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    { geoparquet: false },
  );
}

/** Throws unless groups and columns have the file's number of rows. */
function checkRows(
  { num_rows, row_groups }: FileMetaData,
  values: ReadonlyMap<string, readonly DecodedArray[]>,
): void {
  const groups = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  const lengths = [...values.values()].map((parts) =>
    parts.reduce((sum, { length }) => sum + length, 0)
  );
  const rows = Number(num_rows);
  if (groups !== num_rows || lengths.some((length) => length !== rows)) {
    throw new RangeError("its parts have different numbers of rows");
  }
  // A missing value is null; undefined is an index beyond the dictionary.
  const hasGaps = (part: unknown): boolean =>
    Array.isArray(part) && (part.includes(undefined) || part.some(hasGaps));
  if ([...values.values()].some((parts) => parts.some(hasGaps))) {
    throw new RangeError("its pages are damaged");
  }
}

/** A reason of the reader's package, if it is one that a user can act on. */
function faultIn({ name, message }: Error): string {
  if (name === "RangeError" && /^(it is|its) /.test(message)) return message;
  return message.startsWith("parquet unsupported") ? message : "it is damaged";
}

function nameOf({ element: { name } }: SchemaTree): string {
  return name;
}

/** Part of a column, from one group of rows. */
interface Chunk {
  readonly from: number;
  readonly values: DecodedArray;
}

/** The values of columns, in parts and in order. */
async function readColumns(
  { buffer, byteOffset, length }: Uint8Array<ArrayBuffer>,
  columns: string[],
): Promise<ReadonlyMap<string, readonly DecodedArray[]>> {
  const chunks = new Map(columns.map((name) => [name, [] as Chunk[]]));
  if (columns.length === 0) return new Map();
  await parquetRead({
    file: {
      byteLength: length,
      slice: (start, end = length) =>
        buffer.slice(byteOffset + start, byteOffset + end),
    },
    columns,
    compressors: CODECS,
    onChunk: ({ columnName, columnData, rowStart }) =>
      chunks.get(columnName)?.push({ from: rowStart, values: columnData }),
  });
  return new Map(
    [...chunks].map(([name, parts]) => [
      name,
      parts.sort((a, b) => a.from - b.from).map(({ values }) => values),
    ]),
  );
}
