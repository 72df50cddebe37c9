import { BadInput } from "../../bad_input.ts";
import { ARRAY_ENDINGS } from "../array_path.ts";
import { decodeNpyHeader } from "../npy_header.ts";
import { isZip } from "../npz.ts";
import { readBytes } from "../read_bytes.ts";
import { utf16Of } from "./delimited_records.ts";
import { delimitedTable } from "./delimited_table.ts";
import { refuseForeign } from "./foreign_formats.ts";
import { matArrays } from "./mat_arrays.ts";
import { npyArray } from "./npy_array.ts";
import { npzArrays } from "./npz_arrays.ts";
import { safetensorsArrays } from "./safetensors_arrays.ts";
import type { ArrayFile, StoredArray } from "./stored_array.ts";

/**
 * The arrays of a file: `.npy`, `.npz`, `.safetensors`, `.parquet`, `.csv`, `.tsv`,
 * `.txt` or `.mat`. The content decides where it is unmistakable, otherwise the ending of the
 * name.
 *
 * @throws {BadInput} if the file does not exist, is damaged or of another format
 */
export async function openArrays(path: string): Promise<ArrayFile> {
  const bytes = await readBytes(path);
  const fileOf = (arrays: readonly StoredArray[]): ArrayFile => (
    { path, arrays, isTable: false, remarks: [] }
  );
  refuseForeign(bytes, path);
  if (isZip(bytes)) return fileOf(npzArrays(bytes, path));
  if (startsWith(bytes, "PAR1")) {
    const { parquetTable } = await import("./parquet_table.ts");
    return parquetTable(bytes, path);
  }
  if (startsWith(bytes, "MATLAB ") || /\.mat$/i.test(path)) {
    return fileOf(matArrays(bytes, path));
  }
  if (isNpy(bytes, path)) {
    const { header } = decodeNpyHeader(bytes, path);
    const load = () => bytes;
    return fileOf([npyArray(header, { key: undefined, source: path, load })]);
  }
  if (/\.safetensors$/i.test(path)) {
    return fileOf(safetensorsArrays(bytes, path));
  }
  return delimitedTable(textBytes(bytes, path), path);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((char, i) => bytes[i] === char.charCodeAt(0));
}

function isNpy(bytes: Uint8Array, path: string): boolean {
  return startsWith(bytes, "\x93NUMPY") || /\.np[yz]$/i.test(path);
}

/** Throws unless a file of an ending that says little contains text. */
function textBytes(bytes: Uint8Array, path: string): Uint8Array {
  if (utf16Of(bytes) !== undefined) return bytes;
  if (!bytes.subarray(0, 4096).includes(0)) return bytes;
  throw new BadInput(
    `Cannot read ${path}: ` +
      (/\.(csv|tsv|txt)$/i.test(path)
        ? "it must be text in UTF-8, or in UTF-16 with a byte order mark"
        : "it must be one of " +
          ARRAY_ENDINGS.map((ending) => `.${ending}`).join(", ")),
  );
}
