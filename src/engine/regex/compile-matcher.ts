import { compileWhole } from './compile-whole';

/** As PromQL and LogQL select by a label. */
export interface LabelTest {
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A test of a label's value; a label that is absent has the value ''. Throws as `compileRegex` does. */
export function compileMatcher({ operator, value: wanted }: LabelTest): (value: string) => boolean {
  if (operator === '=') return (value) => value === wanted;
  if (operator === '!=') return (value) => value !== wanted;
  const matches = compileWhole(wanted);
  return operator === '=~' ? matches : (value) => !matches(value);
}
