import type { ExplainInput } from '../../../../shared/contract/explain';
import type { TimeWindow } from '../../../../shared/contract/telemetry';

/** Spans that are held against the rest: those of a rectangle of time and duration, those that failed, those that took longer. */
export type SpanSelection =
  | { kind: 'box'; from: number; to: number; lowNs: number; highNs: number }
  | { kind: 'errors' }
  | { kind: 'slow'; overNs: number };

const box = /^(\d{1,15})-(\d{1,15})_(\d{1,19})-(\d{1,19})$/;
const slow = /^slow_(\d{1,19})$/;

/** Of a link; null for what is none. */
export function readSelection(text: string | undefined): SpanSelection | null {
  if (text === 'errors') return { kind: 'errors' };
  const over = slow.exec(text ?? '');
  if (over) return { kind: 'slow', overNs: Number(over[1]) };
  const [from, to, lowNs, highNs] = (box.exec(text ?? '')?.slice(1) ?? []).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return from < to && lowNs < highNs ? { kind: 'box', from, to, lowNs, highNs } : null;
}

export function writeSelection(selection: SpanSelection): string {
  switch (selection.kind) {
    case 'errors':
      return 'errors';
    case 'slow':
      return `slow_${Math.round(selection.overNs)}`;
    case 'box': {
      const { from, to, lowNs, highNs } = selection;
      return `${Math.round(from)}-${Math.round(to)}_${Math.round(lowNs)}-${Math.round(highNs)}`;
    }
  }
}

/** TraceQL of what is selected among a query's spans. */
export function selectionCondition(selection: SpanSelection): string {
  switch (selection.kind) {
    case 'errors':
      return 'status = error';
    case 'slow':
      return `duration > ${Math.round(selection.overNs)}ns`;
    case 'box':
      return `duration > ${Math.round(selection.lowNs)}ns && duration <= ${Math.round(selection.highNs)}ns`;
  }
}

/** The call that says what differs: the selection against everything else of the query and window. Durations are those above the lower bound. */
export function explainInputOf(selection: SpanSelection, query: string, window: TimeWindow): ExplainInput {
  const whole = { window, ...(query !== '{}' && query !== '' && { query }) };
  const chosen = {
    errors: { errors: true },
    slow: selection.kind === 'slow' ? { slowerThanMs: (selection.overNs + 1) / 1e6 } : {},
    box:
      selection.kind === 'box'
        ? {
            window: { from: selection.from, to: selection.to },
            slowerThanMs: (selection.lowNs + 1) / 1e6,
            fasterThanMs: selection.highNs / 1e6,
          }
        : {},
  }[selection.kind];
  return { signal: 'traces', selection: { ...whole, ...chosen }, against: { kind: 'rest', of: whole } };
}
