import { PencilLine, Replace, Trash2 } from 'lucide-react';
import type { SearchPage } from '../../../shared/contract/searches';
import { showPlainText } from '../../../shared/show-plain-text';
import { IconButton } from '../../ui/controls/icon-button';
import { HealthMark } from '../../ui/marks/health-mark';
import { CopyButton } from '../../ui/text/copy-button';
import { searchLink } from './search-link';

interface SearchRowProps {
  name?: string;
  page: SearchPage;
  query: string;
  /** Why the backend in use refuses it. */
  refused?: string | undefined;
  onRun: () => void;
  onEdit: () => void;
  /** Gives the query that runs now to this name. */
  onRename?: () => void;
  onDelete?: () => void;
}

/** Longer queries are shown by their beginning. */
const mostShown = 400;

/** One search: a click runs it; beside it what else can be done with it. */
export function SearchRow({ name, page, query, refused, onRun, onEdit, onRename, onDelete }: SearchRowProps) {
  const called = name === undefined ? 'this search' : `“${showPlainText(name)}”`;
  const shown = showPlainText(query.slice(0, mostShown));
  return (
    <li className="group flex items-start gap-1 rounded-md hover:bg-hover">
      <button type="button" onClick={onRun} title="Run it" className="min-w-0 flex-1 px-1.5 py-1 text-left">
        {name !== undefined && <span className="block truncate text-sm font-medium">{showPlainText(name)}</span>}
        <code className="line-clamp-2 font-mono text-xs wrap-anywhere text-muted">{shown}</code>
        {refused !== undefined && (
          <span className="mt-0.5 flex items-baseline gap-1.5 text-xs text-bad">
            <HealthMark health="bad" size={9} />
            <span className="wrap-anywhere">No longer taken: {refused}</span>
          </span>
        )}
      </button>
      <span className="flex shrink-0 items-center pt-0.5 pr-1 opacity-60 group-focus-within:opacity-100 group-hover:opacity-100">
        <IconButton label={`Edit ${called}`} size="sm" onClick={onEdit}>
          <PencilLine size={13} />
        </IconButton>
        {onRename && (
          <IconButton label={`Replace ${called} by what runs now, or rename it`} size="sm" onClick={onRename}>
            <Replace size={13} />
          </IconButton>
        )}
        <CopyButton text={() => searchLink(page, query)} what={`the link to ${called}`} />
        {onDelete && (
          <IconButton label={`Delete ${called}`} size="sm" onClick={onDelete}>
            <Trash2 size={13} />
          </IconButton>
        )}
      </span>
    </li>
  );
}
