import type { Revision } from '../../../../shared/runs/run';
import { showPlainText } from '../../../../shared/show-plain-text';
import { Badge } from '../../../ui/marks/badge';

const shortLength = 8;

/** Branch, short commit, and whether files differ from it. */
export function RevisionText({ revision }: { revision: Revision | undefined }) {
  if (!revision) return <span className="text-faint">no git</span>;
  const { branch, commit, dirty, repository } = revision;
  const title = `${showPlainText(repository)}, ${branch === undefined ? 'no branch' : showPlainText(branch)}, ${showPlainText(commit)}`;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={title}>
      {branch !== undefined && <span className="min-w-0 truncate">{showPlainText(branch)}</span>}
      <code className="shrink-0 font-mono text-xs text-muted">{showPlainText(commit.slice(0, shortLength))}</code>
      {dirty && <Badge>changed files</Badge>}
    </span>
  );
}
