import { expect, it } from 'vitest';
import { showCommand } from './show-command';

it('quotes what a shell would take apart, and shows what hides', () => {
  expect(showCommand(['npm', 'run', 'test:unit', '--', '-t', "it's a"])).toBe(`npm run test:unit -- -t 'it'\\''s a'`);
  expect(showCommand(['node', '', 'a\u202eb'])).toBe(`node '' 'a‹U+202E›b'`);
});
