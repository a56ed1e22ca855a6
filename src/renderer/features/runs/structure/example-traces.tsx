import { Link } from '@tanstack/react-router';
import { showPlainText } from '../../../../shared/show-plain-text';
import { keepTime } from '../../../page/time-window';

interface ExampleTracesProps {
  /** Of the span. */
  name: string;
  /** Two runs are shown, not one: one example of each. */
  compares: boolean;
  /** Trace ids. */
  before: readonly string[] | undefined;
  after: readonly string[] | undefined;
}

/** Ways to traces that have a span, by the start of their ids. */
export function ExampleTraces({ name, compares, before = [], after = [] }: ExampleTracesProps) {
  const told = showPlainText(name);
  const shown = compares
    ? [
        ...before.slice(0, 1).map((traceId) => ({ traceId, what: `A trace with ${told}, before` })),
        ...after.slice(0, 1).map((traceId) => ({ traceId, what: `A trace with ${told}, after` })),
      ]
    : after.map((traceId) => ({ traceId, what: `A trace with ${told}` }));
  return (
    <span className="flex justify-end gap-2 whitespace-nowrap">
      {shown.map(({ traceId, what }) => (
        <Link
          key={`${what} ${traceId}`}
          to="/traces/$traceId"
          params={{ traceId }}
          search={keepTime}
          title={what}
          className="font-mono text-xs text-accent underline-offset-2 hover:underline"
        >
          {traceId.slice(0, 6)}
        </Link>
      ))}
    </span>
  );
}
