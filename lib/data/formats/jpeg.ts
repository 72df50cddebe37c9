import { type HuffmanTable, huffmanTable, ScanBits } from "./jpeg_bits.ts";
import {
  type JpegComponent,
  type JpegScan,
  readScan,
  type ScanComponent,
} from "./jpeg_scan.ts";
import { type JpegSegment, jpegSegments, MARKER } from "./jpeg_segments.ts";

/** The size of a JPEG image and how it is coded. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** Bits per sample. */
  readonly precision: number;
  /** Second byte of the marker: baseline, extended or progressive if at most C2. */
  readonly marker: number;
  readonly content: Uint8Array;
}

/** Markers of frames: C0 to CF but for three other ones among them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const PROGRESSIVE = 0xc2;

/** What is wrong with a file. */
type Fail = (reason: string) => never;

/** The frame of a JPEG file, undefined if the file ends before it. */
export function jpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  for (const { marker, content } of jpegSegments(bytes)) {
    if (!isFrame(marker) || content.length < 6) continue;
    const [precision, high, low, wide, narrow] = content;
    return {
      width: wide << 8 | narrow,
      height: high << 8 | low,
      precision,
      marker,
      content,
    };
  }
}

/**
 * The part of a JPEG file that contains its image, with an end marker. All rows are in
 * its scans: the codes of the scans are read up to the last one, without computing
 * pixels. An end marker may be missing; then every bit of every coefficient must be
 * there, as a progressive image could lack its last scans.
 *
 * @param frame from `jpegFrame()`, with Huffman codes
 */
export function completeJpeg(
  bytes: Uint8Array,
  frame: JpegFrame,
  fail: Fail,
): Uint8Array {
  const image = imageOf(frame, fail);
  const tables = new Map<number, HuffmanTable>();
  let restartInterval = 0;
  let end = 0;
  let ended = false;
  for (const segment of jpegSegments(bytes)) {
    const { marker, content } = segment;
    if (marker === MARKER.huffmanTables) readTables(content, tables, fail);
    if (marker === MARKER.restartInterval) {
      restartInterval = content[0] << 8 | content[1];
    }
    if (marker === MARKER.startOfScan) {
      const scan = scanOf(segment, { image, tables, restartInterval, fail });
      end = checkScan(bytes, segment, { scan, height: frame.height, fail });
    }
    ended = marker === MARKER.endOfImage;
  }
  const most = ended ? 254 : 0;
  for (const { missingBits } of image.components) {
    const looked = ended ? missingBits.subarray(0, 1) : missingBits;
    if (looked.some((missing) => missing > most)) fail("cut short");
  }
  return withEndMarker(bytes, end);
}

interface Image extends Pick<JpegScan, "unitsWide" | "unitsHigh"> {
  readonly progressive: boolean;
  readonly components: readonly JpegComponent[];
}

function imageOf(
  { width, height, marker, content }: JpegFrame,
  fail: Fail,
): Image {
  const count = content[5];
  if (content.length < 6 + 3 * count) fail("its frame is too short");
  const parts = Array.from({ length: count }, (_, i) => {
    const [id, sampling] = content.subarray(6 + 3 * i, 8 + 3 * i);
    return { id, across: sampling >> 4, down: sampling & 15 };
  });
  if (parts.some(({ across, down }) => across === 0 || down === 0)) {
    fail("its sampling is 0");
  }
  const most = {
    across: Math.max(...parts.map(({ across }) => across)),
    down: Math.max(...parts.map(({ down }) => down)),
  };
  const unitsWide = Math.ceil(width / (8 * most.across));
  const unitsHigh = Math.ceil(height / (8 * most.down));
  const progressive = marker === PROGRESSIVE;
  const components = parts.map(({ id, across, down }): JpegComponent => {
    const stride = unitsWide * across;
    return {
      ...{ id, across, down, stride },
      blocksWide: Math.ceil(Math.ceil(width * across / most.across) / 8),
      blocksHigh: Math.ceil(Math.ceil(height * down / most.down) / 8),
      nonzero: progressive
        ? new Uint8Array(64 * stride * unitsHigh * down)
        : undefined,
      missingBits: new Uint8Array(64).fill(255),
    };
  });
  return { unitsWide, unitsHigh, progressive, components };
}

function readTables(
  content: Uint8Array,
  tables: Map<number, HuffmanTable>,
  fail: Fail,
): void {
  for (let at = 0; at + 17 <= content.length;) {
    const counts = content.subarray(at + 1, at + 17);
    const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
    const table = end <= content.length
      ? huffmanTable(counts, content.subarray(at + 17, end))
      : undefined;
    tables.set(content[at], table ?? fail("a Huffman table is broken"));
    at = end;
  }
}

/** The class of the tables of coefficients other than the constant one. */
const AC = 0x10;

function scanOf(
  { content }: JpegSegment,
  { image, tables, restartInterval, fail }: {
    readonly image: Image;
    readonly tables: ReadonlyMap<number, HuffmanTable>;
    readonly restartInterval: number;
    readonly fail: Fail;
  },
): JpegScan {
  const [count = 0] = content;
  if (count === 0 || content.length < 4 + 2 * count) {
    fail("the header of a scan is too short");
  }
  const components = Array.from({ length: count }, (_, i): ScanComponent => {
    const [id, chosen] = content.subarray(1 + 2 * i, 3 + 2 * i);
    return {
      component: image.components.find((component) => component.id === id) ??
        fail("a scan is of an unknown component"),
      dc: tables.get(chosen >> 4),
      ac: tables.get(AC | chosen & 15),
    };
  });
  const { progressive, unitsWide, unitsHigh } = image;
  const [first, last, bits] = progressive
    ? content.subarray(1 + 2 * count)
    : [0, 63, 0];
  if (first > last || last > 63) fail("a scan has wrong coefficients");
  return {
    ...{ progressive, components, first, last, restartInterval },
    ...{ unitsWide, unitsHigh, high: bits >> 4, low: bits & 15 },
  };
}

/** Reads a scan and returns the offset of the byte after its last code. */
function checkScan(
  bytes: Uint8Array,
  { end, dataEnd }: JpegSegment,
  { scan, height, fail }: {
    readonly scan: JpegScan;
    readonly height: number;
    readonly fail: Fail;
  },
): number {
  const { components, first, last, low } = scan;
  for (const { component } of components) {
    component.missingBits.fill(low, first, last + 1);
  }
  // Without its tables a scan cannot be read; the decoder has standard ones.
  if (lacksTable(scan)) return dataEnd;
  const bits = new ScanBits(bytes, end, dataEnd);
  const { complete, rows } = readScan(scan, bits);
  if (complete === rows) return bits.takenEnd;
  return fail(
    `${bits.isShort ? "cut short" : "broken"} at row ` +
      `${Math.floor(height * complete / rows)} of ${height}`,
  );
}

function lacksTable({ progressive, components, first, high }: JpegScan) {
  const needsDc = !progressive || (first === 0 && high === 0);
  const needsAc = !progressive || first > 0;
  return components.some(({ dc, ac }) =>
    (needsDc && dc === undefined) || (needsAc && ac === undefined)
  );
}

/** The first bytes, followed by an end marker, copied only if it is not there. */
function withEndMarker(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes[length] === 0xff && bytes[length + 1] === MARKER.endOfImage) {
    return bytes.subarray(0, length + 2);
  }
  const image = new Uint8Array(length + 2);
  image.set(bytes.subarray(0, length));
  image.set([0xff, MARKER.endOfImage], length);
  return image;
}
