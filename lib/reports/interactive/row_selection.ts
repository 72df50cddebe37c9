/** Rows that a reader has selected, and why. */
export interface SelectedRows {
  readonly rows: readonly number[];
  /** What they have in common: "CE takes 12 images of Shirt for Coat". */
  readonly words: string;
  /** Whether a figure shows them apart from the others. */
  readonly marked: boolean;
}

/** The selection that all figures of a page share. */
export interface RowSelection {
  select(selected: SelectedRows): void;
  /** Goes back to the first selection. */
  clear(): void;
  /** Calls a function now and with each new selection. */
  follow(listener: (selected: SelectedRows) => void): void;
}

/** A selection that many figures change and follow. */
export function rowSelection(first: SelectedRows): RowSelection {
  const listeners: ((selected: SelectedRows) => void)[] = [];
  let current = first;
  const select = (selected: SelectedRows) => {
    current = selected;
    for (const listener of listeners) listener(selected);
  };
  return {
    select,
    clear: () => select(first),
    follow(listener) {
      listeners.push(listener);
      listener(current);
    },
  };
}
