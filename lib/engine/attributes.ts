/**
 * Attributes of TensorFlow's operations, with the numbers of its C API for types.
 *
 * @see https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/c/tf_datatype.h
 * @see https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/c/tf_attrtype.h
 */

/** TensorFlow's number of float32. */
export const FLOAT = 1;
/** TensorFlow's number of int32. */
export const INT32 = 3;
/** TensorFlow's number of uint8. */
export const UINT8 = 4;
/** TensorFlow's number of int64. */
export const INT64 = 9;
/** TensorFlow's number of booleans. */
export const BOOL = 10;

/** Values of `Attribute.type`, by kind of value. */
export const ATTRIBUTE_TYPE = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
} as const;

/** The value of an attribute. */
export type AttributeValue =
  | number
  | boolean
  | string
  | readonly number[]
  | readonly string[];

/** An attribute of an operation, created by a function of `attribute`. */
export interface Attribute {
  readonly name: string;
  /** One of `ATTRIBUTE_TYPE`. */
  readonly type: number;
  readonly value: AttributeValue;
}

/** Functions that create attributes, one per kind of value. */
export const attribute = {
  type: (name: string, value: number): Attribute => (
    { name, type: ATTRIBUTE_TYPE.type, value }
  ),
  float: (name: string, value: number): Attribute => (
    { name, type: ATTRIBUTE_TYPE.float, value }
  ),
  int: (name: string, value: number | readonly number[]): Attribute => (
    { name, type: ATTRIBUTE_TYPE.int, value }
  ),
  bool: (name: string, value: boolean): Attribute => (
    { name, type: ATTRIBUTE_TYPE.bool, value }
  ),
  string: (name: string, value: string | readonly string[]): Attribute => (
    { name, type: ATTRIBUTE_TYPE.string, value }
  ),
  shape: (name: string, value: readonly number[]): Attribute => (
    { name, type: ATTRIBUTE_TYPE.shape, value }
  ),
};
