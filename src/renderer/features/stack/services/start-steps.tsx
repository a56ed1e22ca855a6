import type { BackendStatus } from '../../../../shared/contract/backend';
import { showPlainText } from '../../../../shared/show-plain-text';
import { Section } from '../../../ui/layout/section';
import { HealthMark } from '../../../ui/marks/health-mark';
import { isInterrupted } from './describe-stack';

type Step = BackendStatus['steps'][number];

const marks = { waiting: 'off', running: 'busy', done: 'ok', failed: 'bad', skipped: 'off' } as const;
const words: Record<Step['state'], string> = {
  waiting: 'waits',
  running: 'under way',
  done: 'done',
  failed: 'failed',
  skipped: 'not needed',
};

/** A long start, step by step; what is done is not done again. */
export function StartSteps({ stack }: { stack: BackendStatus }) {
  const over = stack.steps.filter(({ state }) => state === 'done' || state === 'skipped').length;
  return (
    <Section
      title="Steps of the start"
      aside={
        <span className="text-xs text-muted tabular">
          {over} of {stack.steps.length} done
        </span>
      }
    >
      <ol>
        {stack.steps.map((step) => (
          <StartStep key={step.name} step={step} />
        ))}
      </ol>
      {isInterrupted(stack) && (
        <p className="px-3 py-2 text-xs text-muted">
          What is done stays. The next start goes on with the first step that is not.
        </p>
      )}
    </Section>
  );
}

function StartStep({ step: { title, state, detail } }: { step: Step }) {
  const rests = state === 'waiting' || state === 'skipped';
  return (
    <li
      aria-current={state === 'running' ? 'step' : undefined}
      className="grid grid-cols-[minmax(0,18rem)_5.5rem_minmax(0,1fr)] items-center gap-3 px-3 py-1.5"
    >
      <span className="flex min-w-0 items-center gap-2">
        <HealthMark health={marks[state]} size={10} />
        <span className={rests ? 'truncate text-muted' : 'truncate font-medium'}>{title}</span>
      </span>
      <span className="text-xs text-muted">{words[state]}</span>
      {detail && (
        <code className={`truncate font-mono text-xs ${state === 'failed' ? 'text-bad' : 'text-muted'}`} title={detail}>
          {showPlainText(detail)}
        </code>
      )}
    </li>
  );
}
