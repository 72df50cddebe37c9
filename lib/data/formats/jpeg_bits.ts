/** Length of the codes that are looked up at once. */
const FAST = 8;
const LONGEST = 16;

/** The code of no symbol. */
export const NO_SYMBOL = -1;

/** A Huffman code of JPEG (ITU-T T.81, annex C). */
export interface HuffmanTable {
  /** By the next 8 bits: `length << 8 | symbol`, or 0 if the code is longer. */
  readonly fast: Uint16Array;
  /** Largest code of each length, -1 if there is none. */
  readonly last: Int32Array;
  /** By length: what to add to a code for the index of its symbol. */
  readonly shift: Int32Array;
  readonly symbols: Uint8Array;
}

/**
 * The table with the given number of codes of each length, 1 to 16 bits.
 *
 * @returns undefined if there are more codes than a length allows
 */
export function huffmanTable(
  counts: Uint8Array,
  symbols: Uint8Array,
): HuffmanTable | undefined {
  const fast = new Uint16Array(1 << FAST);
  const last = new Int32Array(LONGEST + 1).fill(-1);
  const shift = new Int32Array(LONGEST + 1);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= LONGEST; length++) {
    shift[length] = index - code;
    for (let i = 0; i < counts[length - 1]; i++, code++, index++) {
      if (length > FAST) continue;
      const start = code << (FAST - length);
      const end = (code + 1) << (FAST - length);
      fast.fill(length << 8 | symbols[index], start, end);
    }
    if (code > 1 << length) return undefined;
    if (counts[length - 1] > 0) last[length] = code - 1;
    code <<= 1;
  }
  return { fast, last, shift, symbols };
}

/** Reads the bits of a scan up to its end or the next marker. */
export class ScanBits {
  private held = 0;
  private window = 0;
  /** Number of bits read that are not in the file. */
  private padding = 0;

  /**
   * @param at offset of the first byte
   * @param end offset of the marker after the scan
   */
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly end: number,
  ) {}

  /** Whether more bits were taken than there are. */
  get isShort(): boolean {
    return this.padding > this.held;
  }

  /** Offset after the last byte of which a bit was taken. */
  get takenEnd(): number {
    let { at } = this;
    for (let left = this.held - this.padding; left >= 8; left -= 8) {
      at -= this.bytes[at - 1] === 0 && this.bytes[at - 2] === 0xff ? 2 : 1;
    }
    return at;
  }

  /** Takes up to 16 bits. */
  take(count: number): number {
    if (this.held < count) this.fill();
    this.held -= count;
    return (this.window >>> this.held) & ((1 << count) - 1);
  }

  /** Takes the code of a symbol, `NO_SYMBOL` if the table has no such code. */
  symbol({ fast, last, shift, symbols }: HuffmanTable): number {
    if (this.held < LONGEST) this.fill();
    const next = (this.window >>> (this.held - LONGEST)) & 0xffff;
    const found = fast[next >>> (LONGEST - FAST)];
    if (found > 0) {
      this.held -= found >>> 8;
      return found & 0xff;
    }
    for (let length = FAST + 1; length <= LONGEST; length++) {
      const code = next >>> (LONGEST - length);
      if (code > last[length]) continue;
      this.held -= length;
      return symbols[code + shift[length]];
    }
    return NO_SYMBOL;
  }

  /**
   * Goes on after the next restart marker.
   *
   * @returns whether there is one
   */
  restart(): boolean {
    const { bytes, end } = this;
    this.held = this.window = this.padding = 0;
    while (this.at + 1 < end) {
      const isMarker = bytes[this.at] === 0xff && isRestart(bytes[this.at + 1]);
      this.at += isMarker ? 2 : 1;
      if (isMarker) return true;
    }
    this.padding = 1;
    return false;
  }

  /** Reads bytes until there are at least 16 bits. */
  private fill(): void {
    const { bytes, end } = this;
    while (this.held <= LONGEST) {
      const byte = this.at < end ? bytes[this.at] : 0xff;
      const next = this.at + 1 < end ? bytes[this.at + 1] : 0xff;
      // A byte 0 after 255 is left out; anything else there is a marker.
      if (byte !== 0xff || next === 0) {
        this.at += byte === 0xff ? 2 : 1;
        this.window = this.window << 8 | byte;
      } else {
        this.padding += 8;
        this.window = this.window << 8;
      }
      this.held += 8;
    }
  }
}

/** Whether the second byte of a marker is that of a restart marker. */
export function isRestart(byte: number): boolean {
  return byte >= 0xd0 && byte <= 0xd7;
}
