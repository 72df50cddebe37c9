/** The largest difference between our numbers and a reference's. */
export interface Deviation {
  /** Key of a metric, name of a calibrator, or what else was compared. */
  readonly name: string;
  /** Libraries with their versions. */
  readonly library: string;
  /** What was compared. */
  readonly compared: string;
  readonly largest: number;
}

/** The versions that a record of reference values was made with. */
export type Versions = Readonly<Record<string, string>>;

/** "netcal 1.4.0, PyTorch 2.14.1". */
export function libraries(
  versions: Versions,
  names: readonly string[],
): string {
  return names.map((name) => {
    const version = versions[name];
    if (version === undefined) throw new Error(`No version of ${name}`);
    return `${TITLES[name] ?? name} ${version}`;
  }).join(", ");
}

const TITLES: Readonly<Record<string, string>> = {
  numpy: "NumPy",
  scipy: "SciPy",
  torch: "PyTorch",
  torchcp: "TorchCP",
};

/** The largest difference of pairs; NaN differs from every number. */
export function largest(pairs: readonly (readonly [number, number])[]): number {
  return pairs.reduce(
    (most, [ours, theirs]) => {
      const difference = Math.abs(ours - theirs);
      return difference <= most ? most : difference;
    },
    0,
  );
}
