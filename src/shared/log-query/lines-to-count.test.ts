import { expect, it } from 'vitest';
import { linesToCount } from './lines-to-count';

const dropped = ' | drop __error__, __error_details__';

it.each([
  ['', '{service_name=~".+"}'],
  ['{a="b | json"} |= "| logfmt" != `> 5`', '{a="b | json"} |= "| logfmt" != `> 5`'],
  ['{a="b"} | user!="ann" | n=~"1.*"', '{a="b"} | user!="ann" | n=~"1.*"'],
  ['{a="b"} | json | user!="ann"', `{a="b"} | json | user!="ann"${dropped}`],
  ['{a="b"} | logfmt', `{a="b"} | logfmt${dropped}`],
  ['{a="b"} | took > 5', `{a="b"} | took > 5${dropped}`],
])('counts the lines of %s as %s', (query, counted) => {
  expect(linesToCount(query)).toBe(counted);
});
