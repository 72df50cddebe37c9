/**
 * The numbers of bfloat16 values as float32.
 *
 * @param halves the upper 16 bits of each float32 number
 */
export function bfloat16ToFloat32(
  halves: Uint16Array,
): Float32Array<ArrayBuffer> {
  const bits = Uint32Array.from(halves, (half) => half * 2 ** 16);
  return new Float32Array(bits.buffer);
}
