import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import type { SavedSearch, SearchPage } from '../../../shared/contract/searches';
import { describeError } from '../../client/describe-error';
import { Button } from '../../ui/controls/button';
import { Input } from '../../ui/controls/input';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Spinner } from '../../ui/marks/spinner';
import { Popover } from '../../ui/overlays/popover';
import { searchPages } from './search-pages';
import { SearchRow } from './search-row';
import { useRefusedSearches } from './use-refused-searches';
import { useSearches } from './use-searches';

interface SearchesMenuProps {
  page: SearchPage;
  /** The query that runs now. */
  query: string;
  onRun: (query: string) => void;
  /** To be changed before it runs. */
  onEdit: (query: string) => void;
}

/** What was asked on this page, and what of it is kept under a name. */
export function SearchesMenu(props: SearchesMenuProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-[34rem] p-0"
      trigger={
        <Button title="Saved searches, and what was asked last">
          <Bookmark size={14} aria-hidden />
          Searches
        </Button>
      }
    >
      <SearchesList {...props} close={() => setOpen(false)} />
    </Popover>
  );
}

function SearchesList({ page, query, onRun, onEdit, close }: SearchesMenuProps & { close: () => void }) {
  const { searches, error, save, remove } = useSearches(true);
  const [editing, setEditing] = useState<SavedSearch | null>(null);
  const saved = searches?.saved.filter((search) => search.page === page) ?? [];
  const past = searches?.past.filter((search) => search.page === page) ?? [];
  const refused = useRefusedSearches(searchPages[page].language, saved);
  const leave = (act: () => void) => () => {
    close();
    act();
  };
  if (error) return <ProblemCard problem={describeError(error)} />;
  if (!searches) {
    return (
      <div className="p-4">
        <Spinner />
      </div>
    );
  }
  return (
    <>
      <SaveForm
        key={editing?.name ?? ''}
        query={query}
        was={editing}
        onSave={(name) => save({ name, page, query, was: editing?.name }, () => setEditing(null))}
      />
      <div className="max-h-[min(26rem,60vh)] overflow-y-auto pb-2">
        <SearchGroup title="Saved" empty="None yet: run a query, then give it a name above.">
          {saved.map((search) => (
            <SearchRow
              key={search.name}
              {...search}
              refused={refused.get(search.query)}
              onRun={leave(() => onRun(search.query))}
              onEdit={leave(() => onEdit(search.query))}
              onRename={() => setEditing(search)}
              onDelete={() => remove(search)}
            />
          ))}
        </SearchGroup>
        <SearchGroup title="Asked last" empty="What you ask here stands here afterwards.">
          {past.map((search) => (
            <SearchRow
              key={search.query}
              {...search}
              onRun={leave(() => onRun(search.query))}
              onEdit={leave(() => onEdit(search.query))}
            />
          ))}
        </SearchGroup>
      </div>
    </>
  );
}

interface SaveFormProps {
  query: string;
  /** The one that gets this query and name; null for another. */
  was: SavedSearch | null;
  onSave: (name: string) => void;
}

function SaveForm({ query, was, onSave }: SaveFormProps) {
  const [name, setName] = useState(was?.name ?? '');
  const isSaveable = query !== '' && name.trim() !== '';
  return (
    <form
      className="flex items-center gap-2 border-b border-line p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSaveable) onSave(name.trim());
      }}
    >
      <Input
        aria-label="Name of the search"
        maxLength={100}
        autoFocus={was !== null}
        className="flex-1"
        placeholder={query === '' ? 'Run a query to save it' : 'Save what runs now as …'}
        disabled={query === ''}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" tone="primary" disabled={!isSaveable}>
        {was ? 'Replace' : 'Save'}
      </Button>
    </form>
  );
}

function SearchGroup({ title, empty, children }: { title: string; empty: string; children: React.ReactNode[] }) {
  return (
    <section className="px-2 pt-2">
      <h3 className="px-1.5 pb-1 text-xs font-medium text-muted">{title}</h3>
      {children.length === 0 ? <p className="px-1.5 pb-1 text-sm text-faint">{empty}</p> : <ul>{children}</ul>}
    </section>
  );
}
