import { ChevronRight } from 'lucide-react';
import type { SetupChange } from '../../../shared/contract/agents';
import { showPlainText } from '../../../shared/show-plain-text';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Badge } from '../../ui/marks/badge';
import { DiffBlock } from './diff-block';

const parts: Record<SetupChange['part'], string> = {
  mcp: 'MCP server',
  rules: 'what it is told',
  hooks: 'hooks',
  telemetry: 'telemetry',
};
const actions: Record<SetupChange['action'], string> = {
  create: 'new file',
  change: 'will be changed',
  delete: 'will be removed',
  none: 'as it should be',
};

/** Each file with what will be written into it, to read and to copy. */
export function SetupChanges({ title, changes }: { title: string; changes: readonly SetupChange[] }) {
  return (
    <ul aria-label={`Files of ${title}`} className="divide-y divide-line">
      {changes.map(({ path, part, shown, action, diff, problem }) => (
        <li key={`${path} ${part}`} className="px-3 py-2">
          {problem ? (
            <ProblemCard problem={problem} />
          ) : diff === '' ? (
            <p className="flex items-center gap-2">
              <code className="min-w-0 truncate font-mono text-xs">{showPlainText(shown)}</code>
              <span className="text-muted">{parts[part]}</span>
              <Badge tone="ok" className="ml-auto">
                {actions[action]}
              </Badge>
            </p>
          ) : (
            <details className="group">
              <summary className="flex cursor-pointer list-none items-center gap-2">
                <ChevronRight
                  size={14}
                  aria-hidden
                  className="shrink-0 text-muted transition-transform group-open:rotate-90"
                />
                <code className="min-w-0 truncate font-mono text-xs">{showPlainText(shown)}</code>
                <span className="text-muted">{parts[part]}</span>
                <Badge tone="accent" className="ml-auto">
                  {actions[action]}
                </Badge>
              </summary>
              <div className="mt-2">
                <DiffBlock diff={diff} what={`what is written into ${shown}`} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
