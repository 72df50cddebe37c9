/** The positions of each class's samples, classes in the order they come. */
export function membersByClass(labels: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const list = members.get(label);
    if (list === undefined) members.set(label, [index]);
    else list.push(index);
  });
  return members;
}
