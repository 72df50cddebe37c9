import { attribute, FLOAT } from "./attributes.ts";
import { rawOp, tf } from "./engine.ts";

/**
 * The name that makes TensorFlow create an anonymous variable. Any other name adds a
 * kernel of a few kilobytes that is never released.
 */
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/**
 * A variable that TensorFlow's fused optimizer operations update in place.
 * TensorFlow.js does not track it; its owner must dispose it.
 */
export interface ResourceVariable {
  /** The handle for raw operations. */
  readonly handle: tf.Tensor;
  /** The current value as a new tensor, which shares memory until a write. */
  read(): tf.Tensor;
  assign(value: tf.Tensor): void;
  dispose(): void;
}

/** A float32 resource variable with the initial value `initial`. */
export function resourceVariable(initial: tf.Tensor): ResourceVariable {
  const [handle] = rawOp(
    "VarHandleOp",
    [
      attribute.string("container", ""),
      attribute.string("shared_name", ANONYMOUS),
      DTYPE,
      attribute.shape("shape", initial.shape),
    ],
    [],
    1,
  );
  tf.keep(handle);
  const assign = (value: tf.Tensor) => writeResource(handle, value);
  assign(initial);
  return {
    handle,
    assign,
    read: () => readResource(handle),
    dispose: () => {
      const ignore = attribute.bool("ignore_lookup_error", true);
      rawOp("DestroyResourceOp", [ignore], [handle], 0);
      handle.dispose();
    },
  };
}

/** The current value of a float32 resource variable, by its handle. */
export function readResource(handle: tf.Tensor): tf.Tensor {
  return rawOp("ReadVariableOp", [DTYPE], [handle], 1)[0];
}

/** Sets the value of a float32 resource variable, by its handle. */
export function writeResource(handle: tf.Tensor, value: tf.Tensor): void {
  rawOp("AssignVariableOp", [DTYPE], [handle, value], 0);
}

const DTYPE = attribute.type("dtype", FLOAT);
