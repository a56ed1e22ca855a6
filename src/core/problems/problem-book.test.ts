import { beforeEach, expect, it } from 'vitest';
import type { Problem } from '../../shared/problem';
import { ProblemBook } from './problem-book';

const full: Problem = { kind: 'disk-full', message: 'The disk is full.' };
const damaged: Problem = { kind: 'database-damaged', message: 'It was damaged.', lifetime: 'until-seen' };
const unread: Problem = { kind: 'settings-unreadable', message: 'They are not read.', lifetime: 'this-run' };
let book: ProblemBook;
const ids = () => book.list().map(({ id }) => id);
beforeEach(() => {
  book = new ProblemBook();
});

it('a state ends with the process that reported it, an event stays until it is dismissed', () => {
  book.show('disk', full, 1);
  book.show('settings', unread, 1);
  book.show('damage', damaged, 1);
  book.endRun(1);
  expect(ids()).toEqual(['damage']);
  expect(book.dismiss('damage')).toBe(true);
  expect(ids()).toEqual([]);
});

it('what a newer process showed meanwhile stays', () => {
  book.show('disk', full, 1);
  book.show('disk', full, 2);
  book.endRun(1);
  expect(ids()).toEqual(['disk-full']);
});

it('a state cannot be dismissed, and what is not there cannot be either', () => {
  book.show('disk', full, 1);
  expect(book.dismiss('disk')).toBe(false);
  expect(book.dismiss('nothing')).toBe(false);
  expect(ids()).toEqual(['disk-full']);
});

it('only what lasts hurts', () => {
  book.show('damage', damaged);
  expect(book.hurts).toBe(false);
  book.show('disk', full);
  expect(book.hurts).toBe(true);
  book.solve('disk');
  expect(book.hurts).toBe(false);
});

it('what happened again after it was dismissed is shown again', () => {
  book.show('damage', damaged);
  book.dismiss('damage');
  book.show('damage', damaged);
  expect(ids()).toEqual(['damage']);
});

it('a full disk is told once, under one id, as long as anything fails of it', () => {
  book.show('journal-disk-full', { ...full, message: 'What arrives is refused.' }, 1);
  book.show('store-unwritable', { ...full, message: 'Telemetry waits.' }, 1);
  book.show('store-maintenance', { kind: 'store-maintenance', message: 'Not tidied up.' }, 1);
  expect(book.list().map(({ id, message }) => [id, message])).toEqual([
    ['disk-full', 'What arrives is refused.'],
    ['store-maintenance', 'Not tidied up.'],
  ]);
  book.solve('journal-disk-full');
  expect(book.list().map(({ id, message }) => [id, message])).toEqual([
    ['disk-full', 'Telemetry waits.'],
    ['store-maintenance', 'Not tidied up.'],
  ]);
  book.solve('store-unwritable');
  expect(ids()).toEqual(['store-maintenance']);
});
