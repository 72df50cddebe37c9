import {
  type DecodedArray,
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
import type { ArrayFile } from "./stored_array.ts";

/** Codecs other than Snappy, which hyparquet has. */
const CODECS = {
  GZIP: gunzipSync,
  BROTLI: brotliDecompressSync,
  ZSTD: zstdDecompressSync,
} as const;

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
    const metadata = parquetMetadata(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    const { children } = parquetSchema(metadata);
    const names = children.filter((column) => parquetType(column) !== undefined)
      .map(nameOf);
    const values = await readColumns(bytes, names);
    const rows = Number(metadata.num_rows);
    const arrays = children.map((column) =>
      parquetColumn(column, { values: values.get(nameOf(column)), rows, path })
    );
    return { path, arrays, isTable: true, remarks: [] };
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`Cannot read ${path}: ${(error as Error).message}`);
  }
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
    compressors: Object.fromEntries(
      Object.entries(CODECS).map(([codec, decompress]) => [
        codec,
        (input: Uint8Array, maxOutputLength: number) =>
          decompress(input, { maxOutputLength }),
      ]),
    ),
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
