import { expect, it } from 'vitest';
import { TicketBook } from './ticket-book';

it('lets each ticket in once, and only while it is young', () => {
  let now = 0;
  const book = new TicketBook(() => now);
  const [first, second] = [book.issue(), book.issue()];
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(book.redeem('never issued')).toBe(false);
  expect([book.redeem(first), book.redeem(first)]).toEqual([true, false]);
  now = 60_000;
  expect(book.redeem(second)).toBe(false);
});
