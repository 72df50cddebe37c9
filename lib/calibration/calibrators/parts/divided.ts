import { asLogits, type Logits } from "../../../matrix_kinds.ts";

/** Logits divided by a number, in float64. */
export function divided(
  { data, rows, columns }: Logits,
  divisor: number,
): Logits<Float64Array> {
  const quotients = Float64Array.from(data, (z) => z / divisor);
  return asLogits({ data: quotients, rows, columns });
}
