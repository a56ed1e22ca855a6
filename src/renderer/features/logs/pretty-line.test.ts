import { describe, expect, it } from 'vitest';
import { prettyLine } from './pretty-line';

describe('prettyLine', () => {
  it('indents JSON and keeps the digits of big integers', () => {
    expect(prettyLine('{"id":9007199254740993,"a":[1,{"b":"x, {y}"}],"e":{},"f":[]}')).toBe(
      '{\n  "id": 9007199254740993,\n  "a": [\n    1,\n    {\n      "b": "x, {y}"\n    }\n  ],\n  "e": {},\n  "f": []\n}',
    );
  });

  it('gives back what is not JSON as it is', () => {
    expect(prettyLine('{not json}')).toBe('{not json}');
    expect(prettyLine('plain 12')).toBe('plain 12');
  });
});
