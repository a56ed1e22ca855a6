import { expect, it } from 'vitest';
import { errorKey } from '../../shared/errors/error-key';
import type { FoundError } from './found-error';
import { joinFound } from './join-found';

type Told = Pick<FoundError['key'], 'kind'> & { type?: string; message?: string; span?: string; trace?: string };

function found({ kind, type = '', message = '', span = '1', trace = 'a' }: Told): FoundError {
  const source = kind === 'line' ? 'log' : 'span';
  const occurrence = { traceId: trace, spanId: span, message, source, stack: '', alsoTold: 0 } as const;
  const key = errorKey({ kind, type, message, stack: '', place: 'pay' });
  return { key, occurrence: occurrence as unknown as FoundError['occurrence'] };
}

const join = (spans: readonly Told[], lines: readonly Told[]) =>
  joinFound(spans.map(found), lines.map(found)).map(
    ({ key, occurrence }) => `${key.kind} ${key.type} ${occurrence.message} ${occurrence.alsoTold}`,
  );

const thrown = { kind: 'exception', type: 'shop.PaymentError', message: 'card declined' } as const;

it('counts an error once that a span recorded and a line of it tells, by its message or behind a colon', () => {
  const lines = ['card declined', 'payment failed: card declined'].map(
    (message) => ({ kind: 'line', message }) as const,
  );
  expect(join([thrown], lines)).toEqual(['exception shop.PaymentError card declined 2']);
});

it('counts an exception once that a line of the trace tells, whichever way its type is written', () => {
  const same = { kind: 'exception', type: 'PaymentError', message: 'card declined', span: '9' } as const;
  expect(join([thrown], [same])).toEqual(['exception shop.PaymentError card declined 1']);
});

it('lets a line say why its span failed that does not', () => {
  expect(join([{ kind: 'status' }], [{ kind: 'line', message: 'no stock' }])).toEqual(['line  no stock 0']);
});

it('keeps apart what another span, another trace or nobody in a trace told, and what says something else', () => {
  const line = { kind: 'line', message: 'card declined' } as const;
  const others = [
    { ...line, span: '2' },
    { ...line, trace: 'b' },
    { ...line, trace: '', span: '' },
    { ...line, message: 'card expired' },
  ];
  expect(join([thrown], others)).toHaveLength(5);
  expect(join([{ kind: 'status', message: 'gone' }], [line])).toHaveLength(2);
});
