/** Reads a part of the date, in UTC, that a value in seconds since 1970 stands for. */
export function dateFunction(read: (date: Date) => number): (value: number) => number {
  return (value) => read(new Date(Math.trunc(value) * 1000));
}
