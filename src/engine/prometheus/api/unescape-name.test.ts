import { expect, test } from 'vitest';
import { unescapeName } from './unescape-name';

test.each([
  ['job', 'job'],
  ['U__http_2e_route', 'http.route'],
  ['U___433__43e__440__43e__434_', 'город'],
  ['U__a__b', 'a_b'],
  ['U___1f680_', '🚀'],
  ['U__not_valid', 'U__not_valid'],
  ['U___ffffff_', '\ufffd'],
])('%s names the label %s', (written, name) => {
  expect(unescapeName(written)).toBe(name);
});
