import { ChevronDown, ChevronUp, FoldVertical, UnfoldVertical } from 'lucide-react';
import { IconButton } from '../../../ui/controls/icon-button';
import { SearchInput } from '../../../ui/controls/search-input';
import { CopyButton } from '../../../ui/text/copy-button';
import type { Reader } from './use-reader';

interface ReaderToolbarProps {
  reader: Reader;
  /** The key `/` goes to its search. */
  pageSearch?: boolean;
  copyWhole: () => string;
  copyForAgent: () => string;
}

/** Search inside a conversation, folding, and copies of it. */
export function ReaderToolbar({ reader, pageSearch = false, copyWhole, copyForAgent }: ReaderToolbarProps) {
  const { found, selected, text } = reader;
  const place = found.indexOf(selected) + 1;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-1.5">
      <SearchInput
        pageSearch={pageSearch}
        aria-label="Search inside the conversation"
        placeholder="Search inside the conversation"
        className="w-64"
        value={text}
        onChange={reader.setText}
        onKeyDown={(event) => event.key === 'Enter' && reader.nextFound(event.shiftKey ? -1 : 1)}
      />
      {text.trim() !== '' && (
        <>
          <span className="text-xs text-muted tabular" role="status">
            {found.length === 0 ? 'nothing matches' : `${place || '–'} of ${found.length}`}
          </span>
          <IconButton
            label="Previous match"
            size="sm"
            disabled={found.length === 0}
            onClick={() => reader.nextFound(-1)}
          >
            <ChevronUp size={14} />
          </IconButton>
          <IconButton label="Next match" size="sm" disabled={found.length === 0} onClick={() => reader.nextFound()}>
            <ChevronDown size={14} />
          </IconButton>
        </>
      )}
      <span className="ml-auto flex items-center gap-1.5">
        <IconButton
          label={reader.state.allOpen ? 'Fold long texts' : 'Unfold everything'}
          size="sm"
          pressed={reader.state.allOpen}
          onClick={reader.toggleAll}
        >
          {reader.state.allOpen ? <FoldVertical size={14} /> : <UnfoldVertical size={14} />}
        </IconButton>
        <CopyButton text={copyWhole} what="the conversation" label="Conversation" />
        <CopyButton text={copyForAgent} what="the conversation for an agent" label="For an agent" />
      </span>
    </div>
  );
}
