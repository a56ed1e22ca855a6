import { describe, expect, it } from 'vitest';
import { fieldValue } from './field-value';

const of = (line: string, name: string, labels: Record<string, string> = {}) => fieldValue({ line, labels }, name);

describe('the value of a field', () => {
  it('is that of the label, else of the text', () => {
    expect(of('{"user":"ann"}', 'user', { user: 'bob' })).toBe('bob');
    expect(of('{"user":{"id":7},"n":12345678901}', 'user_id')).toBe('7');
    expect(of('level=info msg="a \\"b\\"" user.id=7', 'msg')).toBe('a "b"');
    expect(of('level=info user.id=7', 'user_id')).toBe('7');
  });

  it('is none where no line has it', () => {
    for (const line of ['', 'plain', '{"a":', '{"a":null}', '[1]']) expect(of(line, 'a')).toBeUndefined();
  });
});
