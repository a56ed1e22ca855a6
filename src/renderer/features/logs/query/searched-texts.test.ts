import { describe, expect, it } from 'vitest';
import { searchedTexts } from './searched-texts';

describe('searchedTexts', () => {
  it('finds the texts that lines must contain, in either quotes', () => {
    expect(searchedTexts('{a="b"} |= "time \\"out\\"" | json |= `raw\\n` != "not" |~ "re.*"')).toEqual([
      'time "out"',
      'raw\\n',
    ]);
  });

  it('finds none inside of another string, and none of nothing', () => {
    expect(searchedTexts('{a="x |= `y`"} |= ""')).toEqual([]);
    expect(searchedTexts('{a="b"}')).toEqual([]);
  });
});
