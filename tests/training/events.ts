/** A reader of TensorBoard's event files, for scalars only. */
import { join } from "node:path";

/** A number in an event file. */
export interface Scalar {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

/** Reads the scalars of all event files in a folder, in the order of the files. */
export function readScalars(folder: string): Scalar[] {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.includes("tfevents")).sort();
  return names.flatMap((name) =>
    [...records(Deno.readFileSync(join(folder, name)))].flatMap(scalarsOf)
  );
}

/** Records of a TFRecord file: length (8 bytes), check (4), data, check (4). */
function* records(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    yield bytes.subarray(at + 12, at + 12 + length);
    at += 16 + length;
  }
}

/** Event: step = 2, summary = 5; Summary: value = 1; Value: tag = 1, number = 2. */
function scalarsOf(event: Uint8Array): Scalar[] {
  const fields = [...messageFields(event)];
  const step = Number(fields.find(({ field }) => field === 2)?.value ?? 0);
  return fields.filter(({ field }) => field === 5)
    .flatMap(({ value }) => [...messageFields(value as Uint8Array)])
    .map(({ value }) => {
      const parts = [...messageFields(value as Uint8Array)];
      const tag = parts.find(({ field }) => field === 1)!.value as Uint8Array;
      const number = parts.find(({ field }) => field === 2)!.value as number;
      return { tag: new TextDecoder().decode(tag), step, value: number };
    });
}

/** Fields of a Protocol Buffers message. */
function* messageFields(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const field = key >> 3;
    const kind = key & 7;
    if (kind === 0) yield { field, value: varint() };
    else if (kind === 1) {
      yield { field, value: view.getFloat64(at, true) };
      at += 8;
    } else if (kind === 2) {
      const length = varint();
      yield { field, value: bytes.subarray(at, at + length) };
      at += length;
    } else {
      yield { field, value: view.getFloat32(at, true) };
      at += 4;
    }
  }
}
