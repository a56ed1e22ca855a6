import type { ReactNode } from 'react';
import { useState } from 'react';
import type { SearchPage } from '../../../shared/contract/searches';
import { QueryEditor } from '../../ui/editor/query-editor';
import { useTimeRange } from '../use-time-range';
import { searchPages } from './search-pages';
import { SearchesMenu } from './searches-menu';
import { useSearches } from './use-searches';

interface PageQueryProps {
  page: SearchPage;
  /** The query that runs now; empty for none. */
  value: string;
  placeholder?: string;
  onSubmit: (query: string) => void;
  problem: { message: string; position?: number } | null;
  /** Controls at the right end. */
  children?: ReactNode;
  /** The key `/` focuses it. */
  pageSearch?: boolean;
}

/** The query of a page, in the window of the page, with the searches that are kept of it. */
export function PageQuery({ page, value, onSubmit, children, ...rest }: PageQueryProps) {
  const { resolve } = useTimeRange();
  const { remember } = useSearches(false);
  const [draft, setDraft] = useState<{ text: string } | null>(null);
  const submit = (query: string) => {
    if (query !== '') remember(page, query);
    setDraft(null);
    onSubmit(query);
  };
  return (
    <QueryEditor
      {...rest}
      language={searchPages[page].language}
      value={value}
      draft={draft}
      window={resolve}
      onSubmit={submit}
    >
      {children}
      <SearchesMenu page={page} query={value} onRun={submit} onEdit={(text) => setDraft({ text })} />
    </QueryEditor>
  );
}
