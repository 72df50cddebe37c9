import type { z } from "zod";

/** A type with every property and entry read-only, to any depth. */
export type Immutable<Type> = Type extends object
  ? { readonly [Key in keyof Type]: Immutable<Type[Key]> }
  : Type;

type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true
  : false;

/**
 * Declares the schema of a record whose documented interface is written separately.
 * A schema for another type does not compile, so the two always agree.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { z } from "zod";
 * import { schemaOf } from "./record_schema.ts";
 *
 * interface Point {
 *   readonly x: number;
 *   readonly label?: string;
 * }
 * const POINT = schemaOf<Point>()(
 *   z.object({ x: z.number(), label: z.string().exactOptional() }),
 * );
 * strictEqual(POINT.parse({ x: 1 }).x, 1);
 * ```
 */
export function schemaOf<Type>() {
  return <Schema extends z.ZodType>(
    schema: Schema,
    ..._same: IsSame<Immutable<z.output<Schema>>, Immutable<Type>> extends true
      ? []
      : ["The schema and the type differ"]
  ): z.ZodType<Type> => schema as unknown as z.ZodType<Type>;
}
