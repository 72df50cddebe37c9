/** Settings whose flags have other names, as in the published study's code. */
const FLAG_KEYS = {
  classNames: "classes",
  learningRate: "lr",
  patience: "estop",
  trainFraction: "trSize",
} as const;

/** Key of a setting's flag among the flags of a command. */
export type FlagKey<Key> = Key extends keyof typeof FLAG_KEYS
  ? typeof FLAG_KEYS[Key]
  : Key;

/** Returns the key of a setting's flag among the flags of a command. */
export function flagKey(key: string): string {
  return Object.hasOwn(FLAG_KEYS, key)
    ? FLAG_KEYS[key as keyof typeof FLAG_KEYS]
    : key;
}
