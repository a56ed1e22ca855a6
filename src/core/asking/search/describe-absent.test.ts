import { expect, it } from 'vitest';
import { describeAbsent } from './describe-absent';

const known = ['http.route', 'service.name', 'customer.tier', 'http_status'];

it.each([
  ['http.rout', 'No span has an attribute "http.rout": did you mean http.route?'],
  ['span.route', 'No span has an attribute "span.route": did you mean http.route?'],
  ['customer.tier', 'No matching span has customer.tier.'],
  ['resource.service.name', 'No matching span has resource.service.name.'],
  ['http.status', 'No matching span has http.status.'],
  ['event.exception.type', 'No matching span has event.exception.type.'],
  ['qqqqqq', 'No span has an attribute "qqqqqq".'],
])('says of %s that nothing has it, and what is nearest', (given, told) => {
  expect(describeAbsent([given], known, 'span')).toEqual([told]);
});

it('claims nothing where nobody can say which attributes there are', () => {
  expect(describeAbsent(['http.rout'], null, 'span')).toEqual(['No matching span has http.rout.']);
});
