import {
  choice,
  type Flag,
  several,
  withDefault,
} from "../../lib/cli/flags/flags.ts";

/** The networks that are compared with PyTorch. */
export const NETWORK_NAMES = [
  "mlp",
  "lenet",
  "shallownet",
  "resnet8",
  "densenet40",
  "resnet18",
] as const;

/** Name of one of them. */
export type NetworkName = typeof NETWORK_NAMES[number];

/** A network with its batch size and shape: height, width and channels. */
export interface TrainedNetwork {
  readonly network: NetworkName;
  readonly batch: number;
  readonly shape: readonly [number, number, number];
}

const SIZES: Readonly<Record<NetworkName, Omit<TrainedNetwork, "network">>> = {
  mlp: { batch: 128, shape: [28, 28, 1] },
  lenet: { batch: 128, shape: [28, 28, 1] },
  shallownet: { batch: 256, shape: [28, 28, 1] },
  resnet8: { batch: 64, shape: [32, 32, 3] },
  densenet40: { batch: 64, shape: [32, 32, 3] },
  resnet18: { batch: 64, shape: [32, 32, 3] },
};

/** A network to train, with its title in the table. */
export interface ContestTask {
  readonly title: string;
  /** The question to a program, without an amount of steps or epochs. */
  readonly question: TrainedNetwork;
}

/** The task of training a network at the size at which it is compared. */
export function networkTask(network: NetworkName): ContestTask {
  const question = { network, ...SIZES[network] };
  return { title: `${network}, batch ${question.batch}`, question };
}

/** A flag for the networks to measure. */
export function networksFlag(
  defaults: readonly NetworkName[] = NETWORK_NAMES,
): Flag<readonly NetworkName[]> {
  return withDefault(
    defaults,
    several(
      choice(NETWORK_NAMES, { placeholder: "NAME", help: "the networks" }),
    ),
  );
}
