import { expect, it } from 'vitest';
import { exceptProbes } from './except-probes';

const own = 'service_name!="watchtower-probe"';

it.each([
  ['', `{service_name=~".+", ${own}}`],
  ['{service_name="shop"} |= "}" | json', `{service_name="shop", ${own}} |= "}" | json`],
  [' { job = `a}b`, x!="}\\"}" , } != "y"', ` { job = \`a}b\`, x!="}\\"}" , ${own}} != "y"`],
  ['{}', '{}'],
  ['rate({a="b"}[5m])', 'rate({a="b"}[5m])'],
])('%s is asked without the lines of probes', (query, asked) => {
  expect(exceptProbes(query)).toBe(asked);
});
