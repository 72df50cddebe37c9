/**
 * Reading and writing of NumPy arrays and safetensors files, reading of votes, and
 * atomic writes.
 *
 * @module
 */
export { type NpyArray, type NpyData } from "./npy_types.ts";
export { readLabels, readLogits, readNpy, writeNpy } from "./npy.ts";
export { readPoints } from "./read_points.ts";
export { readVotes } from "./read_votes.ts";
export {
  decodeSafeTensors,
  encodeSafeTensors,
  type NamedArray,
  type SafeTensors,
} from "./safetensors.ts";
export { writeFileAtomic } from "./write_file_atomic.ts";
export { writeFolderAtomic } from "./write_folder_atomic.ts";
export { BadInput } from "../bad_input.ts";
export type { Matrix } from "../matrix.ts";
export type { Logits, Points } from "../matrix_kinds.ts";
