import type { LabelNoise } from "../../runs/spec.ts";

/** What distinguishes the cells of a study of regimes. */
export interface CellKey {
  readonly network: string;
  /** Number of training images. */
  readonly images: number;
  /** Kind and rate of label noise: "20 % even"; "none" without. */
  readonly noise: string;
}

/** Returns kind and rate of label noise: "20 % even"; "none" without. */
export function noiseName(noise: LabelNoise | undefined): string {
  if (noise === undefined) return "none";
  return `${Number((100 * noise.rate).toPrecision(4))} % ${noise.kind}`;
}

/**
 * Returns the names of cells, with the sizes of a network and a kind of noise
 * together: "mlp, 20 % even noise, 1,000 and 4,000 images; lenet, no noise, …".
 */
export function cellNames(keys: readonly CellKey[]): string {
  const groups = Map.groupBy(
    keys,
    ({ network, noise }) =>
      `${network}, ${noise === "none" ? "no" : noise} noise`,
  );
  return [...groups].map(([name, own]) => {
    const sizes = own.map(({ images }) => images.toLocaleString("en"));
    const last = sizes.pop()!;
    const all = sizes.length === 0 ? last : `${sizes.join(", ")} and ${last}`;
    return `${name}, ${all} images`;
  }).join("; ");
}
