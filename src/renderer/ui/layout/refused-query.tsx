import { SearchX } from 'lucide-react';
import { QueryExcerpt } from '../controls/query-excerpt';
import { EmptyState } from './empty-state';

interface RefusedQueryProps {
  language: 'TraceQL' | 'LogQL' | 'PromQL';
  query: string;
  problem: { message: string; hint?: string; position?: number };
  onChoose: (query: string) => void;
}

/** How each language begins, and queries that hold for any telemetry. */
const lessons: Record<RefusedQueryProps['language'], { rule: string; examples: string[] }> = {
  TraceQL: {
    rule: 'TraceQL puts conditions on spans between braces, then may count or compare them behind a bar:',
    examples: ['{ resource.service.name = "my-app" && status = error }', '{ duration > 100ms }', '{} | count() > 10'],
  },
  LogQL: {
    rule: 'LogQL starts with a selector of labels, then filters the lines:',
    examples: ['{service_name="my-app"} |= "timeout"', '{service_name=~".+"} | detected_level="error"'],
  },
  PromQL: {
    rule: 'PromQL selects series by name and labels, takes the rate of counters, then sums or compares:',
    examples: ['sum by (service) (rate(traces_spanmetrics_calls_total[5m]))', 'up == 0'],
  },
};

/** In place of an answer: what is wrong with the query, where, and what to write instead. */
export function RefusedQuery({ language, query, problem, onChoose }: RefusedQueryProps) {
  const { rule, examples } = lessons[language];
  return (
    <EmptyState icon={SearchX} title="The query was refused">
      <p className="wrap-anywhere text-bad">{problem.message}</p>
      {problem.position !== undefined && (
        <p className="mt-1.5 rounded-md border border-line bg-surface px-3 py-1.5 text-left font-mono text-xs wrap-anywhere">
          <QueryExcerpt query={query} position={problem.position} before={160} after={160} />
        </p>
      )}
      {problem.hint && <p className="mt-1.5 wrap-anywhere">{problem.hint}</p>}
      <p className="mt-4">{rule}</p>
      <ul className="mt-1.5 grid justify-items-center gap-1">
        {examples.map((example) => (
          <li key={example}>
            <button
              type="button"
              title="Ask this instead"
              onClick={() => onChoose(example)}
              className="rounded px-1.5 py-0.5 font-mono text-xs text-accent hover:bg-hover"
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
