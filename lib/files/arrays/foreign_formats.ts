import { BadInput } from "../../bad_input.ts";

/** What is to be read from a file: arrays of any meaning, or a network's weights. */
type Purpose = "arrays" | "weights";

/** A format that is not read. */
interface ForeignFormat {
  readonly name: string;
  /** First bytes of its files, as characters up to 255. */
  readonly magic?: readonly string[];
  /** Pattern of the first 128 bytes. */
  readonly start?: RegExp;
  readonly ending?: RegExp;
  /** How to convert a file, for each purpose if this differs. */
  readonly advice: string | Readonly<Record<Purpose, string>>;
}

const NUMPY = 'numpy.save("x.npy", array)';
const SAFETENSORS =
  'safetensors.torch.save_file(model.state_dict(), "x.safetensors")';

const FORMATS: readonly ForeignFormat[] = [
  {
    name: "a pointer of Git LFS",
    magic: ["version https://git-lfs"],
    advice: "fetch the file itself with git lfs pull",
  },
  {
    name: "a file of PyTorch",
    // A zip archive whose first file is NAME/data.pkl.
    start: /^PK[^]{28}[^/]*\/data\.pkl/,
    ending: /\.(pt|pth|ckpt|bin)$/i,
    advice: {
      arrays: 'save it with numpy.save("x.npy", tensor.float().cpu().numpy())',
      weights: `load it in Python and save its weights with ${SAFETENSORS}`,
    },
  },
  {
    name: "a pickle of Python",
    magic: ["\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05"],
    ending: /\.(p|pkl|pickle|joblib)$/i,
    advice: {
      arrays: `save its arrays with ${NUMPY}`,
      weights: `load it in Python and save its weights with ${SAFETENSORS}`,
    },
  },
  {
    name: "an HDF5 file",
    magic: ["\x89HDF"],
    ending: /\.(h5|hdf5|keras)$/i,
    advice: {
      arrays: `save its arrays with ${NUMPY}`,
      weights: `only weights of PyTorch are read, saved with ${SAFETENSORS}`,
    },
  },
  {
    name: "an ONNX model",
    ending: /\.onnx$/i,
    advice: {
      arrays: `save its arrays with ${NUMPY}`,
      weights: `only weights of PyTorch are read, saved with ${SAFETENSORS}`,
    },
  },
  {
    name: "an Arrow or Feather file",
    magic: ["ARROW1", "FEA1"],
    ending: /\.(arrow|feather)$/i,
    advice: "save it as .parquet",
  },
  {
    name: "a spreadsheet",
    ending: /\.(xlsx?|ods)$/i,
    advice: "save it as .csv",
  },
  {
    name: "a JSON file",
    ending: /\.jsonl?$/i,
    advice: {
      arrays: `save its arrays with ${NUMPY}, or as .csv`,
      weights: "give the .safetensors file itself",
    },
  },
  {
    name: "a compressed file",
    magic: ["\x1f\x8b", "BZh", "\xfd7zXZ", "\x28\xb5\x2f\xfd"],
    advice: "unpack it first",
  },
];

/**
 * Throws if a file is of a known other format.
 *
 * @throws {BadInput} saying which, and how to convert the file
 */
export function refuseForeign(
  bytes: Uint8Array,
  path: string,
  purpose: Purpose = "arrays",
): void {
  const start = String.fromCharCode(...bytes.subarray(0, 128));
  const found = FORMATS.find((format) =>
    format.magic?.some((bytes) => start.startsWith(bytes)) ||
    format.start?.test(start) || format.ending?.test(path)
  );
  if (found === undefined) return;
  const { name, advice } = found;
  const text = typeof advice === "string" ? advice : advice[purpose];
  throw new BadInput(`Cannot read ${path}: it is ${name}; ${text}`);
}
