/**
 * Sets a label as Loki does, where the last of several values counts; an empty one is none. A value that has to give way
 * to another stays under the name with a number behind it.
 */
export function putLabel(labels: Map<string, string>, name: string, value: string): void {
  if (value === '') return;
  const before = labels.get(name);
  labels.set(name, value);
  if (before === undefined || before === value) return;
  let copy = 2;
  while (labels.has(`${name}_${copy}`)) copy++;
  labels.set(`${name}_${copy}`, before);
}

/** The label that a name like `x_2` may hold a value of; undefined where it has no number. */
export function originalOf(name: string): string | undefined {
  return /^(.+)_[2-9]\d*$/.exec(name)?.[1] ?? /^(.+)_1\d+$/.exec(name)?.[1];
}
