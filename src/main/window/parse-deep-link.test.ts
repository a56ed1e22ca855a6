import { describe, expect, it } from 'vitest';
import { findDeepLink, parseDeepLink } from './parse-deep-link';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('parseDeepLink', () => {
  it('leads to a trace, to a run, or to a page', () => {
    expect(parseDeepLink('watchtower://run/abcd2345')).toBe('/runs/abcd2345');
    expect(parseDeepLink(`watchtower://trace/${traceId}`)).toBe(`/traces/${traceId}`);
    expect(parseDeepLink(`WATCHTOWER://TRACE/${traceId.toUpperCase()}/`)).toBe(`/traces/${traceId}`);
    expect(parseDeepLink('watchtower://destinations')).toBe('/destinations');
    expect(parseDeepLink('watchtower://open')).toBe('/');
  });

  it.each([
    `watchtower://trace/${traceId}?next=https://evil.example`,
    `watchtower://trace/${traceId.slice(1)}`,
    'watchtower://trace/../settings',
    'watchtower://trace',
    `watchtower://trace/${'z'.repeat(32)}`,
    'watchtower://run/abcd1890',
    'watchtower://run/abcd234',
    'watchtower://run',
    'watchtower://settings/1',
    'watchtower://evil.example',
    `https://trace/${traceId}`,
    '--watchtower://open',
    'javascript:alert(1)',
    '',
  ])('takes %j for none', (text) => {
    expect(parseDeepLink(text)).toBeNull();
  });

  it('finds the link among the arguments of a second start', () => {
    expect(findDeepLink(['/opt/watchtower', '--hidden', `watchtower://trace/${traceId}`])).toBe(`/traces/${traceId}`);
    expect(findDeepLink(['/opt/watchtower', '.'])).toBeNull();
  });
});
