import { attribute, FLOAT, rawOp, tf } from "../engine/engine.ts";

/**
 * The name by which TensorFlow makes a variable of its own at each call. Any
 * other one makes a kernel that it keeps for good, some kilobytes each.
 */
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/**
 * A variable that TensorFlow's fused optimizer operations update in place. It
 * is no part of TensorFlow.js' own bookkeeping: dispose it.
 */
export interface ResourceVariable {
  /** The handle that raw operations take. */
  readonly handle: tf.Tensor;
  /** The current value as a new tensor, which shares memory until a write. */
  read(): tf.Tensor;
  assign(value: tf.Tensor): void;
  dispose(): void;
}

/** A float32 resource variable that starts with the value of `initial`. */
export function resourceVariable(initial: tf.Tensor): ResourceVariable {
  const dtype = attribute.type("dtype", FLOAT);
  const [handle] = rawOp(
    "VarHandleOp",
    [
      attribute.string("container", ""),
      attribute.string("shared_name", ANONYMOUS),
      dtype,
      attribute.shape("shape", initial.shape),
    ],
    [],
    1,
  );
  tf.keep(handle);
  const assign = (value: tf.Tensor) => {
    rawOp("AssignVariableOp", [dtype], [handle, value], 0);
  };
  assign(initial);
  return {
    handle,
    assign,
    read: () => rawOp("ReadVariableOp", [dtype], [handle], 1)[0],
    dispose: () => {
      rawOp(
        "DestroyResourceOp",
        [
          attribute.bool("ignore_lookup_error", true),
        ],
        [handle],
        0,
      );
      handle.dispose();
    },
  };
}
