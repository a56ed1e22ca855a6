import { expect, it } from 'vitest';
import { traceField } from '../../../shared/trace-query/trace-condition';
import { attributeFilter } from './attribute-filter';

it.each([
  [{ key: 'http.route', value: '/a "b"\\' }, '{ span.http.route = "/a \\"b\\"\\\\" }'],
  [{ key: 'retries', value: 3 }, '{ span.retries = 3 }'],
  [{ key: 'cached', value: true }, '{ span.cached = true }'],
  [{ key: 'a b"c', value: 'x' }, '{ span."a b\\"c" = "x" }'],
  [{ key: 'list', value: [1] }, null],
  [{ key: 'long', value: 'x'.repeat(2000) }, null],
])('writes the filter of %j', (attribute, query) => {
  expect(attributeFilter(attribute, 'span', 'include')).toBe(query);
});

it('leaves out what has the value, and nothing that has no such attribute', () => {
  expect(attributeFilter({ key: 'k8s.pod.name', value: 'a' }, 'resource', 'exclude')).toBe(
    '{ (resource.k8s.pod.name != "a" || resource.k8s.pod.name = nil) }',
  );
  expect(attributeFilter({ key: 'service.name', value: 'a' }, 'resource', 'exclude')).toBe(
    '{ resource.service.name != "a" }',
  );
  expect(traceField('resource', '1st')).toBe('resource."1st"');
});
