/**
 * Names of TensorFlow.js types for signatures of the public modules. Loads nothing.
 */
import type * as tf from "@tensorflow/tfjs-node-gpu";

/** A model of layers in TensorFlow.js. */
export type LayersModel = tf.LayersModel;

/** A layer of a TensorFlow.js model. */
export type Layer = tf.layers.Layer;

/** A TensorFlow.js tensor of any rank; its owner disposes it. */
export type Tensor = tf.Tensor;

/** A TensorFlow.js tensor of rank 0. */
export type Scalar = tf.Scalar;

/** A TensorFlow.js tensor of rank 1. */
export type Tensor1D = tf.Tensor1D;

/** A TensorFlow.js tensor of rank 2. */
export type Tensor2D = tf.Tensor2D;

/** A TensorFlow.js tensor of rank 4. */
export type Tensor4D = tf.Tensor4D;

/** A TensorFlow.js variable, such as a trainable weight. */
export type Variable = tf.Variable;
