import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../store/reader/reader';
import { errorsAhead } from './errors-ahead';
import { failing, openTestErrors, traceId } from './test-errors';

let errors: Awaited<ReturnType<typeof openTestErrors>>;
beforeEach(async () => {
  errors = await openTestErrors();
});
afterEach(() => errors.store.close());

const never = new AbortController().signal;

/** More lines than one stretch looks at, of which the first and the last are errors. */
async function addManyLines(): Promise<void> {
  await errors.lines({ at: 1, line: 'disk 1 is full' });
  for (let first = 2; first < 132_000; first += 33_000) {
    const at = (index: number) => ({ at: 2 + index, line: `order ${first + index} paid`, severity: 9 });
    await errors.lines(...Array.from({ length: 33_000 }, (_, index) => at(index)));
  }
  await errors.lines({ at: 50_000, line: 'disk 2 is full' });
}

/** The statements that read rows of spans or lines, from now on. */
function watchReading(): string[] {
  const { database } = errors.store.reader;
  const columns: Database['columns'] = database.columns.bind(database);
  const read: string[] = [];
  database.columns = (sql, parameters, options) => {
    if (sql.includes('trace_hi')) read.push(sql);
    return columns(sql, parameters, options);
  };
  return read;
}

it('looks at rows before anybody asks, stretch by stretch, and who asks then reads none of them again', async () => {
  await errors.spans(
    failing(1, { trace: traceId(1), exception: { type: 'PaymentError', message: 'order 1 declined' } }),
  );
  await addManyLines();
  const ahead = errorsAhead(errors.store.reader);
  expect(await ahead(never)).toBe(true);
  expect(await ahead(never)).toBe(false);
  const read = watchReading();
  const { groups } = await errors.list();
  expect(groups.map(({ template, count }) => `${count} ${template}`)).toEqual([
    '2 disk <*> is full',
    '1 order <*> declined',
  ]);
  expect(read).toEqual([]);
});

it('does the rest for who asks in between', async () => {
  await addManyLines();
  const first = errorsAhead(errors.store.reader)(never);
  expect((await errors.list()).groups[0]).toMatchObject({ template: 'disk <*> is full', count: 2 });
  expect(await first).toBe(true);
  await errors.lines({ at: 50_001, line: 'disk 3 is full' });
  expect((await errors.list()).groups[0]).toMatchObject({ template: 'disk <*> is full', count: 3 });
});

it('learns what exceptions are called that come later', async () => {
  const ahead = errorsAhead(errors.store.reader);
  for (const order of [1, 2]) {
    const exception = { type: `Type${order}`, message: `order ${order} declined` };
    await errors.spans(failing(order, { trace: traceId(order), at: order, exception }));
    expect(await ahead(never)).toBe(false);
  }
  expect((await errors.list()).groups.map(({ type }) => type)).toEqual(['Type2', 'Type1']);
});
