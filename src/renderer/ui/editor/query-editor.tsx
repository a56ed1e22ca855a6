import { CornerDownLeft } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { loadPart } from '../../client/loading/load-part';
import { classNames } from '../class-names';
import { Input } from '../controls/input';
import { QueryExcerpt } from '../controls/query-excerpt';
import { checkQuery } from './check-query';
import { hostNames } from './completion/host-names';
import type { QueryEditorView } from './create-editor';
import type { QueryLanguage } from './query-language';

interface QueryEditorProps {
  language: QueryLanguage;
  /** The query that runs now. */
  value: string;
  placeholder?: string | undefined;
  onSubmit: (query: string) => void;
  /** Why the backend refused `value`; `position` is 0-based. */
  problem?: { message: string; position?: number } | null;
  /** Where names and values are looked for. */
  window: () => TimeWindow;
  /** A text that is to be changed before it runs; another object is another one. */
  draft?: { text: string } | null;
  /** Controls at the right end. */
  children?: ReactNode;
  /** The key `/` focuses it. */
  pageSearch?: boolean | undefined;
}

/** Where the caret is put by a pointer, which the editor cannot do without. */
const canEdit = 'caretPositionFromPoint' in document || 'caretRangeFromPoint' in document;

/**
 * A query that is typed: runs on Enter, completes names and values, shows a mistake at its place; Escape brings back what
 * runs. A plain field until the editor is loaded, and where it cannot be.
 */
export function QueryEditor(props: QueryEditorProps) {
  const { language, value, placeholder, onSubmit, problem, draft, children, pageSearch } = props;
  const [text, setText] = useState(value);
  const [editor, setEditor] = useState<QueryEditorView | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const host = useRef<HTMLDivElement>(null);
  // Blanks around a query, as a link may carry, change nothing.
  const changed = text.trim() !== value.trim();
  const refused = problem && !changed ? problem : null;
  const asked = useRef<string | null>(null);
  const submit = (query: string) => {
    asked.current = query;
    onSubmit(query);
  };
  const now = { ...props, text, changed, submit };
  const latest = useRef(now);
  latest.current = now;

  const giveUp = (leave: () => void) => (latest.current.changed ? setText(latest.current.value) : leave());
  useEffect(() => {
    // What was typed on while one's own query came to run stays.
    if (asked.current !== value) setText(value);
    asked.current = null;
  }, [value]);
  // Before anything more can be typed: later it would write over that.
  useLayoutEffect(() => editor?.write(text), [editor, text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each draft
  useEffect(() => {
    if (!draft) return;
    setText(draft.text);
    editor?.write(draft.text);
    if (editor) editor.focus();
    else input.current?.focus();
  }, [draft]);
  // Again where the refusal is another object of the same words, it is the same.
  const blamed = refused?.message;
  const blamedAt = refused?.position;
  useEffect(() => {
    editor?.blame(blamed === undefined ? null : { message: blamed, position: blamedAt });
  }, [editor, blamed, blamedAt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor is of one language; the rest is read when it is needed
  useEffect(() => {
    let view: QueryEditorView | null = null;
    let gone = false;
    if (!canEdit) return;
    const load = async () => {
      const loaded = await loadPart(() => import('./create-editor')).catch(() => null);
      if (gone || !loaded || !host.current) return;
      const field = input.current;
      const isFocused = document.activeElement === field;
      const created = loaded.createEditor({
        host: host.current,
        language,
        placeholder: placeholder ?? '',
        text: latest.current.text,
        names: hostNames(() => latest.current.window()),
        // What the page asks by itself it is told of.
        check: async (query) => (latest.current.changed ? checkQuery(language, query) : null),
        onChange: setText,
        onRun: (query) => latest.current.submit(query.trim()),
        onEscape: () => giveUp(() => created.blur()),
      });
      view = created;
      host.current.hidden = false;
      if (isFocused && field) created.select(field.selectionStart ?? 0, field.selectionEnd ?? 0);
      // At once: who comes to a field that is about to go would type into nothing.
      flushSync(() => setEditor(created));
    };
    void load();
    return () => {
      gone = true;
      view?.remove();
      setEditor(null);
    };
  }, [language]);

  const goTo = (position: number) => {
    if (editor) editor.select(position, position + 1);
    input.current?.focus();
    input.current?.setSelectionRange(position, position + 1);
  };
  return (
    <form
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        submit(text.trim());
      }}
    >
      <div className="flex items-start gap-2">
        <div className="relative min-w-0 flex-1">
          <div
            ref={host}
            hidden={!editor}
            data-page-search={(editor && pageSearch) || undefined}
            className={classNames('rounded-md border bg-surface', refused ? 'border-bad' : 'border-line-strong')}
          />
          {!editor && (
            <Input
              ref={input}
              mono
              aria-label={language}
              data-page-search={pageSearch || undefined}
              placeholder={placeholder}
              value={text}
              invalid={Boolean(refused)}
              className="w-full pr-20"
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => event.key === 'Escape' && giveUp(() => input.current?.blur())}
            />
          )}
          {changed && (
            <button
              type="submit"
              className="absolute top-1 right-1 inline-flex h-5 items-center gap-1 rounded bg-selected px-1.5 text-2xs font-medium text-accent"
            >
              Run <CornerDownLeft size={11} aria-hidden />
            </button>
          )}
        </div>
        {children}
      </div>
      {refused && <QueryProblemLine query={value} problem={refused} goTo={goTo} />}
    </form>
  );
}

const before = 24;
const after = 32;

function QueryProblemLine({
  query,
  problem: { message, position },
  goTo,
}: {
  query: string;
  problem: { message: string; position?: number };
  goTo: (position: number) => void;
}) {
  return (
    <p role="alert" className="mt-1 flex flex-wrap items-baseline gap-x-3 text-xs text-bad">
      <span className="wrap-anywhere">{message}</span>
      {position !== undefined && position <= query.length && (
        <button type="button" onClick={() => goTo(position)} className="font-mono text-muted" title="Go to this place">
          <QueryExcerpt query={query} position={position} before={before} after={after} />
        </button>
      )}
    </p>
  );
}
