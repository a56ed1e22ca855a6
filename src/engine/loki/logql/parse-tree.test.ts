import { expect, it } from 'vitest';
import { parseSelection } from './parse-logql';

it('reads labels that are called as members of every object of JavaScript', () => {
  for (const label of ['constructor', 'Constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect(parseSelection(`{${label}="constructor"} | ${label}="v"`)).toMatchObject({
      matchers: [{ name: label, value: 'constructor' }],
    });
  }
});
