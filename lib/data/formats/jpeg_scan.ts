import { type HuffmanTable, NO_SYMBOL, type ScanBits } from "./jpeg_bits.ts";

/** A component of a JPEG image, such as its luma. */
export interface JpegComponent {
  readonly id: number;
  /** Blocks of 8 x 8 samples in a unit (MCU) of a scan of several components. */
  readonly across: number;
  readonly down: number;
  /** Size in blocks, without those that only fill a unit. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Number of blocks in a row, with those that fill a unit. */
  readonly stride: number;
  /** By coefficient: whether it is not 0, for progressive images. */
  readonly nonzero: Uint8Array | undefined;
  /** Number of low bits of each coefficient that no scan has had, 255 for all. */
  readonly missingBits: Uint8Array;
}

/** A component in a scan, with its tables. */
export interface ScanComponent {
  readonly component: JpegComponent;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
}

/** What a scan contains: ITU-T T.81, B.2.3. */
export interface JpegScan {
  readonly progressive: boolean;
  readonly components: readonly ScanComponent[];
  /** First and last coefficient of the blocks. */
  readonly first: number;
  readonly last: number;
  /** Position of the bit before and after a progressive scan; 0 before the first. */
  readonly high: number;
  readonly low: number;
  /** Number of units between restart markers, 0 without markers. */
  readonly restartInterval: number;
  /** Size of the image in units of several components. */
  readonly unitsWide: number;
  readonly unitsHigh: number;
}

/** Rows of units of a scan. */
interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Reads a scan without computing its pixels.
 *
 * @returns the number of complete rows of units, and the number of all
 */
export function readScan(
  scan: JpegScan,
  bits: ScanBits,
): { complete: number; rows: number } {
  const { components, restartInterval } = scan;
  const [{ component }] = components;
  const single = components.length === 1;
  const { rows, columns }: Extent = single
    ? { rows: component.blocksHigh, columns: component.blocksWide }
    : { rows: scan.unitsHigh, columns: scan.unitsWide };
  const state = { endOfBand: 0 };
  for (let row = 0, unit = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, unit++) {
      if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
        state.endOfBand = 0;
        if (!bits.restart()) return { complete: row, rows };
      }
      const read = single
        ? readBlock(scan, components[0], {
          bits,
          state,
          block: row * component.stride + column,
        })
        : readUnit(scan, { bits, state, row, column });
      if (!read || bits.isShort) return { complete: row, rows };
    }
  }
  return { complete: rows, rows };
}

interface State {
  /** Number of following blocks without a coefficient in this scan. */
  endOfBand: number;
}

function readUnit(
  scan: JpegScan,
  { bits, state, row, column }: {
    readonly bits: ScanBits;
    readonly state: State;
    readonly row: number;
    readonly column: number;
  },
): boolean {
  for (const part of scan.components) {
    const { across, down, stride } = part.component;
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++) {
        const block = (row * down + y) * stride + column * across + x;
        if (!readBlock(scan, part, { bits, state, block })) return false;
      }
    }
  }
  return true;
}

interface BlockAt {
  readonly bits: ScanBits;
  readonly state: State;
  readonly block: number;
}

/** @returns whether all codes are in the tables */
function readBlock(
  scan: JpegScan,
  part: ScanComponent,
  at: BlockAt,
): boolean {
  if (!scan.progressive) {
    return readConstant(part, at) && readCoefficients(scan, part, at);
  }
  if (scan.first === 0) {
    if (scan.high === 0) return readConstant(part, at);
    at.bits.take(1);
    return true;
  }
  return scan.high === 0
    ? readCoefficients(scan, part, at)
    : refineCoefficients(scan, part, at);
}

function readConstant({ dc }: ScanComponent, { bits }: BlockAt): boolean {
  const size = bits.symbol(dc!);
  if (size > 15) return false;
  if (size > 0) bits.take(size);
  return size !== NO_SYMBOL;
}

/** The first scan of coefficients other than the constant one (G.1.2.2). */
function readCoefficients(
  { progressive, first, last }: JpegScan,
  { ac, component: { nonzero } }: ScanComponent,
  { bits, state, block }: BlockAt,
): boolean {
  if (state.endOfBand > 0) {
    state.endOfBand--;
    return true;
  }
  for (let k = Math.max(first, 1); k <= last; k++) {
    const symbol = bits.symbol(ac!);
    if (symbol === NO_SYMBOL) return false;
    const run = symbol >>> 4;
    const size = symbol & 15;
    if (size > 0) {
      k += run;
      bits.take(size);
      if (progressive && k <= last) nonzero![64 * block + k] = 1;
    } else if (run === 15) k += 15;
    else {
      if (progressive) state.endOfBand = (1 << run) + bits.take(run) - 1;
      return true;
    }
  }
  return true;
}

/** A further bit of coefficients (G.1.2.3). */
function refineCoefficients(
  { first, last }: JpegScan,
  { ac, component }: ScanComponent,
  { bits, state, block }: BlockAt,
): boolean {
  const nonzero = component.nonzero!;
  const start = 64 * block;
  let k = first;
  while (k <= last && state.endOfBand === 0) {
    const symbol = bits.symbol(ac!);
    if (symbol === NO_SYMBOL) return false;
    const size = symbol & 15;
    let run = symbol >>> 4;
    if (size > 0) bits.take(1);
    else if (run < 15) {
      state.endOfBand = (1 << run) + bits.take(run);
      break;
    }
    for (; k <= last; k++) {
      if (nonzero[start + k] === 1) bits.take(1);
      else if (--run < 0) break;
    }
    if (size > 0 && k <= last) nonzero[start + k] = 1;
    k++;
  }
  if (state.endOfBand === 0) return true;
  for (; k <= last; k++) if (nonzero[start + k] === 1) bits.take(1);
  state.endOfBand--;
  return true;
}
