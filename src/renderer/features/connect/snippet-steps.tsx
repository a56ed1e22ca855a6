import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Shell } from '../../../shared/contract/snippets';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Skeleton } from '../../ui/layout/skeleton';
import { CodeBlock } from '../../ui/text/code-block';
import { CopyButton } from '../../ui/text/copy-button';

type SnippetInput = { serviceName: string; protocol: 'grpc' | 'http' } & (
  | { kind: 'env'; shell: Shell }
  | { kind: 'language'; language: string }
);

/** The blocks of one snippet, each to copy as it is. */
export function SnippetSteps({ input }: { input: SnippetInput }) {
  const endpoints = useHostStatus()?.endpoints;
  const snippet = useQuery({
    // What is copied names where it listens now.
    queryKey: ['snippet', input, endpoints?.otlpGrpc, endpoints?.otlpHttp],
    queryFn: ({ signal }) =>
      input.kind === 'env' ? client.snippets.env(input, { signal }) : client.snippets.snippet(input, { signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  if (snippet.isError) return <ProblemCard problem={describeError(snippet.error)} />;
  if (!snippet.data) return <Skeleton className="h-32" />;
  const { steps, notes, title } = snippet.data;
  const numbered = steps.length > 1;
  return (
    <div className="grid grid-cols-1 gap-4">
      <ol className="grid grid-cols-1 gap-4">
        {steps.map((step, index) => (
          <li key={step.title + step.code} className="min-w-0">
            <p className="mb-1.5 flex items-center gap-2 text-sm font-medium">
              {numbered && (
                <span className="inline-flex size-5 items-center justify-center rounded-full bg-selected text-xs text-accent tabular">
                  {index + 1}
                </span>
              )}
              {step.title}
            </p>
            <CodeBlock
              code={step.code}
              syntax={step.syntax}
              filename={step.filename}
              what={numbered ? `step ${index + 1} for ${title}` : `the env block for ${title}`}
            />
          </li>
        ))}
      </ol>
      {notes.length > 0 && (
        <ul className="list-disc space-y-1 pl-5 text-muted">
          {notes.map((note) => (
            <li key={note}>
              <NoteText note={note} />
            </li>
          ))}
        </ul>
      )}
      {numbered && (
        <div>
          <CopyButton
            size="md"
            label="Copy all for an agent"
            what={`all steps for ${title}`}
            text={() =>
              steps
                .map((step) => `${step.title}${step.filename ? ` (${step.filename})` : ''}:\n${step.code.trimEnd()}`)
                .join('\n\n')
            }
          />
        </div>
      )}
    </div>
  );
}

/** Words between backticks are code. */
function NoteText({ note }: { note: string }) {
  return note.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code key={part} className="font-mono text-xs text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
