import { tf } from "../../engine.ts";
import { adamNumbers, adamUpdate } from "../optimizer.ts";
import {
  type ResourceVariable,
  resourceVariable,
} from "../resource_variable.ts";
import type { StackParameters } from "./stacked_mlp.ts";

/** A parameter with the two moments that Adam keeps of it. */
type Slots = readonly [ResourceVariable, ResourceVariable, ResourceVariable];

/**
 * The parameters of a stack and the state of their Adam, all replicas at the
 * same step. Replicas can leave.
 */
export class AdamVariables {
  #slots: readonly Slots[];
  #steps = 0;
  /** The parameters as they are now, read at most once a step. */
  #read: readonly tf.Tensor[] = [];

  constructor(initial: StackParameters) {
    this.#slots = initial.map((value) => {
      const zeros = tf.zerosLike(value);
      const [weight, mean, square] = [value, zeros, zeros].map(
        resourceVariable,
      );
      zeros.dispose();
      return [weight, mean, square];
    });
  }

  /** The parameters as they are, until the next step; this owns them. */
  read(): readonly tf.Tensor[] {
    if (this.#read.length === 0) {
      this.#read = this.#slots.map(([value]) => tf.keep(value.read()));
    }
    return this.#read;
  }

  /** One step, in place where nobody has a clone of what `read` gave. */
  step(gradients: StackParameters, learningRate: number): void {
    this.#forget();
    this.#steps++;
    tf.tidy(() => {
      const numbers = adamNumbers(learningRate, this.#steps)
        .map((number) => tf.scalar(number));
      this.#slots.forEach((slots, i) => {
        const handles = slots.map(({ handle }) => handle);
        adamUpdate(handles, gradients[i], numbers);
      });
    });
  }

  /**
   * Keeps some replicas and lets the others go.
   *
   * @param places int32, those that stay, in their new order
   */
  keep(places: tf.Tensor1D): void {
    this.#forget();
    const old = this.#slots;
    this.#slots = old.map((slots) => {
      const [weight, mean, square] = slots
        .map((variable) => packed(variable, places));
      return [weight, mean, square];
    });
    disposeAll(old);
  }

  /** Takes in the replicas of another stack, which has to be at the same step. */
  join(other: AdamVariables): void {
    this.#forget();
    const old = this.#slots;
    this.#slots = old.map((slots, i) => {
      const [weight, mean, square] = slots
        .map((variable, j) => joined(variable, other.#slots[i][j]));
      return [weight, mean, square];
    });
    disposeAll(old);
  }

  dispose(): void {
    this.#forget();
    disposeAll(this.#slots);
  }

  /** While a reading is held, a step would copy what it changes. */
  #forget(): void {
    this.#read.forEach((value) => value.dispose());
    this.#read = [];
  }
}

function packed(
  variable: ResourceVariable,
  places: tf.Tensor1D,
): ResourceVariable {
  const all = variable.read();
  const kept = tf.gather(all, places);
  const result = resourceVariable(kept);
  tf.dispose([all, kept]);
  return result;
}

function joined(a: ResourceVariable, b: ResourceVariable): ResourceVariable {
  const parts = [a.read(), b.read()];
  const whole = tf.concat(parts);
  const result = resourceVariable(whole);
  tf.dispose([...parts, whole]);
  return result;
}

function disposeAll(slots: readonly Slots[]): void {
  slots.flat().forEach((variable) => variable.dispose());
}
