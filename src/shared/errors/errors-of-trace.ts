import type { Attribute, Span, Trace } from '../contract/telemetry';
import { layoutTrace } from '../trace/layout-trace';
import type { ToldError } from './error-key';
import { failureTypeKeys } from './failure-type-keys';
import { takeThrown } from './take-thrown';

/** An error that a trace tells. */
export interface TracedError extends ToldError {
  readonly span: Span;
  /** Unix nanoseconds as digits. */
  readonly timeNs: string;
  readonly resource: readonly Attribute[];
  readonly handling: 'handled' | 'unhandled' | null;
  /** Further spans that record the same. */
  readonly alsoTold: number;
}

/**
 * The errors of one whole trace, each once: told by the innermost span that recorded it. A span that says no more than that it failed is
 * one where none below it failed.
 */
export function errorsOfTrace(trace: Trace): TracedError[] {
  const { nodes } = layoutTrace(trace);
  const below = nodes.map(() => false);
  const told = new Map<string, TracedError & { alsoTold: number }>();
  const inner = new Map<number, Set<string>>();
  // Children stand behind their parents: from the end, they come first.
  for (let at = nodes.length - 1; at >= 0; at--) {
    const { span, parent } = nodes[at]!;
    const failed = span.status.code === 'error';
    const keys = inner.get(at) ?? new Set<string>();
    const events = span.events.filter(({ name }) => name === 'exception');
    for (const event of events) {
      const text = (key: string) => textOf(event.attributes, key);
      const stack = text('exception.stacktrace');
      const thrown = text('exception.type') === '' ? takeThrown(stack) : null;
      const type = text('exception.type') || (thrown?.type ?? '');
      const message = text('exception.message') || (thrown?.message ?? '');
      const key = `${type.slice(type.lastIndexOf('.') + 1)}\n${message}`;
      const known = [...keys].find((each) => each.startsWith(`${key}\n#`));
      if (known !== undefined) {
        told.get(known)!.alsoTold++;
        continue;
      }
      const own = `${key}\n#${at}`;
      const escaped = text('exception.escaped').toLowerCase() === 'true';
      const handling = escaped ? 'unhandled' : failed ? null : 'handled';
      const common = { span, timeNs: event.timeNs, resource: resourceOf(trace, span), handling, alsoTold: 0 } as const;
      told.set(own, { kind: 'exception', type, message, stack, place: '', ...common });
      keys.add(own);
    }
    if (failed && events.length === 0 && !below[at]) {
      const type = failureTypeKeys.map((key) => textOf(span.attributes, key)).find((text) => text !== '') ?? '';
      const common = {
        span,
        timeNs: span.startNs,
        resource: resourceOf(trace, span),
        handling: null,
        alsoTold: 0,
      } as const;
      told.set(`#${at}`, {
        kind: 'status',
        type,
        message: span.status.message,
        stack: '',
        place: span.name,
        ...common,
      });
    }
    if (parent < 0) continue;
    below[parent] ||= below[at]! || failed || events.length > 0;
    const above = inner.get(parent) ?? new Set<string>();
    for (const key of keys) above.add(key);
    inner.set(parent, above);
  }
  return [...told.values()];
}

function resourceOf({ resources }: Trace, { resource }: Span): readonly Attribute[] {
  return resources[resource]?.attributes ?? [];
}

function textOf(attributes: readonly Attribute[], key: string): string {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return typeof value === 'string' ? value : value == null ? '' : String(value);
}
