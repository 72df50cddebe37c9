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
