// deno-lint-ignore-file no-console -- prints the checksums
/**
 * Makes `data/excerpt/`: real images of Fashion-MNIST for tests that must not depend
 * on the complete data set. It has 100 training and 20 test images per class, drawn
 * with a fixed seed, in the order of the complete data set.
 *
 *   deno run -R -W=data -E=ILS_DATA_DIR tools/make_excerpt.ts
 *
 * Prints the SHA-256 of each decompressed file, for `lib/data/named/excerpt.ts`.
 */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "../lib/files/project_root.ts";
import { sha256 } from "../lib/files/sha256.ts";
import { loadDataset } from "../lib/data/dataset.ts";
import { encodeIdx } from "../lib/data/formats/idx.ts";
import type { ImageSet } from "../lib/data/image_set.ts";
import { stream } from "../lib/random.ts";

const SEED = 20170828;
const FOLDER = join(ROOT, "data", "excerpt");

const { train, test, height, width, classNames } = await loadDataset(
  "fashionmnist",
);
await Deno.mkdir(FOLDER, { recursive: true });
await writePair("train", train, 100);
await writePair("t10k", test, 20);

async function writePair(part: string, set: ImageSet, perClass: number) {
  const chosen = choose(set.labels, perClass, part);
  const size = height * width;
  const images = new Uint8Array(chosen.length * size);
  chosen.forEach((index, i) => {
    images.set(set.images.subarray(index * size, (index + 1) * size), i * size);
  });
  const labels = Uint8Array.from(chosen, (index) => set.labels[index]);
  await write(`${part}-images-idx3-ubyte`, {
    shape: [chosen.length, height, width],
    data: images,
  });
  await write(`${part}-labels-idx1-ubyte`, {
    shape: [chosen.length],
    data: labels,
  });
}

function choose(labels: Int32Array, perClass: number, part: string) {
  const chosen = classNames.flatMap((_, label) => {
    const members = [...labels.keys()].filter((i) => labels[i] === label);
    const order = stream(SEED, `excerpt/${part}/${label}`)
      .permutation(members.length);
    return Array.from(order.subarray(0, perClass), (i) => members[i]);
  });
  return chosen.sort((a, b) => a - b);
}

async function write(name: string, array: Parameters<typeof encodeIdx>[0]) {
  const bytes = encodeIdx(array);
  await Deno.writeFile(`${FOLDER}/${name}.gz`, gzipSync(bytes, { level: 9 }));
  console.log(sha256(bytes), name);
}
