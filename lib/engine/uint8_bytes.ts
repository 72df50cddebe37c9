import { attribute, INT32, UINT8 } from "./attributes.ts";
import { rawOp, tf } from "./engine.ts";

const RESHAPE = [attribute.type("T", UINT8), attribute.type("Tshape", INT32)];
const PAD = [attribute.type("T", UINT8), attribute.type("Tpaddings", INT32)];
const BITCAST = [attribute.type("T", UINT8), attribute.type("type", INT32)];

/**
 * The bytes of a uint8 tensor. The binding cannot read this type, so four bytes are
 * read as one int32, which needs no more memory than the bytes.
 */
export function uint8Bytes(tensor: tf.Tensor): Uint8Array {
  const { size } = tensor;
  const words = Math.ceil(size / 4);
  let bytes!: Uint8Array;
  // `tidy()` looks for tensors in its result, in each element of an array.
  tf.tidy(() => {
    const [flat] = rawOp("Reshape", RESHAPE, [tensor, shapeOf([size])], 1);
    const padding = tf.tensor2d([0, 4 * words - size], [1, 2], "int32");
    const [padded] = size % 4 === 0
      ? [flat]
      : rawOp("Pad", PAD, [flat, padding], 1);
    const [quads] = rawOp("Reshape", RESHAPE, [padded, shapeOf([words, 4])], 1);
    const [cast] = rawOp("Bitcast", BITCAST, [quads], 1);
    const { buffer, byteOffset } = cast.dataSync();
    bytes = new Uint8Array(buffer, byteOffset, size);
  });
  return bytes;
}

function shapeOf(shape: number[]): tf.Tensor1D {
  return tf.tensor1d(shape, "int32");
}
