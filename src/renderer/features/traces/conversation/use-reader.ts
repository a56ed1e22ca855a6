import { useDeferredValue, useMemo, useState } from 'react';
import type { ToolOutcome, Turn } from '../../../../shared/genai/reading/turn';
import { findSpellings } from '../../../ui/text/find-spellings';
import { type ConversationRow, conversationRows, textsOfRow } from './conversation-rows';
import type { ReaderState } from './reader-state';

export interface Reader {
  rows: readonly ConversationRow[];
  state: ReaderState;
  text: string;
  setText: (text: string) => void;
  /** Indices of the rows that hold what is searched for. */
  found: readonly number[];
  selected: number;
  /** The selected row, where it is to be scrolled to; -1 where it was pointed at. */
  goTo: number;
  point: (index: number) => void;
  moveBy: (step: 1 | -1) => void;
  /** To the next row that holds what is searched for, around the end. */
  nextFound: (step?: 1 | -1) => void;
  toggleAll: () => void;
}

/** What the reader of a conversation has done to it. `at`: id of the span at which it opens. */
export function useReader(
  turns: readonly Turn[],
  outcomes: ReadonlyMap<string, ToolOutcome>,
  at: string | undefined,
): Reader {
  const rows = useMemo(() => conversationRows(turns), [turns]);
  const [text, setText] = useState('');
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [allOpen, setAllOpen] = useState(false);
  const [chosen, setChosen] = useState<{ key?: string | undefined; go: boolean }>({ key: at, go: true });
  const searched = useDeferredValue(text.trim());
  const searches = searched !== '';
  const texts = useMemo(
    () => (searches ? rows.map((row) => textsOfRow(row, outcomes)) : []),
    [rows, outcomes, searches],
  );
  const needles = useMemo(() => findSpellings(searched, texts.flat()), [searched, texts]);
  const found = useMemo(
    () =>
      needles.length === 0
        ? []
        : texts.flatMap((each, index) =>
            each.some((part) => needles.some((needle) => part.includes(needle))) ? [index] : [],
          ),
    [needles, texts],
  );
  const selected = rows.findIndex(({ key }) => key === chosen.key);
  const select = (index: number, go = true) =>
    setChosen({ key: rows[Math.max(0, Math.min(rows.length - 1, index))]?.key, go });
  return {
    rows,
    state: {
      needles,
      folds,
      fold: (key, open) => setFolds((before) => new Map(before).set(key, open)),
      allOpen,
    },
    text,
    setText,
    found,
    selected,
    goTo: chosen.go ? selected : -1,
    point: (index) => select(index, false),
    moveBy: (step) => select(selected + step),
    nextFound: (step = 1) => {
      const next = step === 1 ? found.find((index) => index > selected) : found.findLast((index) => index < selected);
      const place = next ?? found.at(step === 1 ? 0 : -1);
      if (place !== undefined) select(place);
    },
    toggleAll: () => {
      setFolds(new Map());
      setAllOpen(!allOpen);
    },
  };
}
