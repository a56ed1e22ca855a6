/** Whether a value of an answer stands for none: of an attribute that a span has not, Tempo writes the word. */
export function isNil(value: unknown): boolean {
  return value === 'nil' || value === '<nil>';
}
