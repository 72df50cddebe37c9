/** A format that is not read. */
interface ForeignFormat {
  readonly name: string;
  /** First bytes of its files, as characters up to 255. */
  readonly magic?: readonly string[];
  readonly ending?: RegExp;
  /** How to convert a file. */
  readonly advice: string;
}

const NUMPY = 'numpy.save("x.npy", array)';

const FORMATS: readonly ForeignFormat[] = [
  {
    name: "a pointer of Git LFS",
    magic: ["version https://git-lfs"],
    advice: "fetch the file itself with git lfs pull",
  },
  {
    name: "a file of PyTorch",
    ending: /\.(pt|pth|bin)$/i,
    advice: 'save it with numpy.save("x.npy", tensor.float().cpu().numpy())',
  },
  {
    name: "a pickle of Python",
    magic: ["\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05"],
    ending: /\.(p|pkl|pickle|joblib)$/i,
    advice: `save its arrays with ${NUMPY}`,
  },
  {
    name: "an HDF5 file",
    magic: ["\x89HDF"],
    ending: /\.(h5|hdf5)$/i,
    advice: `save its arrays with ${NUMPY}`,
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
    advice: `save its arrays with ${NUMPY}, or as .csv`,
  },
  {
    name: "a compressed file",
    magic: ["\x1f\x8b", "BZh", "\xfd7zXZ", "\x28\xb5\x2f\xfd"],
    advice: "unpack it first",
  },
];

/** What a file of a known other format is, and how to convert it. */
export function foreignFormat(
  bytes: Uint8Array,
  path: string,
): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 32));
  const found = FORMATS.find(({ magic, ending }) =>
    magic?.some((bytes) => start.startsWith(bytes)) || ending?.test(path)
  );
  return found && `it is ${found.name}; ${found.advice}`;
}
