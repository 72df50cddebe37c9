/**
 * Reading of labels and points from array files and tables; reading and writing of NumPy
 * arrays and safetensors files, reading of votes, and atomic writes.
 *
 * @module
 */
export { type NpyArray, type NpyData } from "./npy_types.ts";
export { readLogits, readNpy, writeNpy } from "./npy.ts";
export { readLabels } from "./read_labels.ts";
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
