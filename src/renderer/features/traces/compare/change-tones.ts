import type { PathChange } from '../../../../shared/trace-diff/compare-paths';

export const changeTones: Readonly<Record<PathChange, 'neutral' | 'accent' | 'ok' | 'warn' | 'bad'>> = {
  new: 'accent',
  gone: 'neutral',
  fails: 'bad',
  recovered: 'ok',
  slower: 'warn',
  faster: 'ok',
  more: 'warn',
  fewer: 'ok',
  same: 'neutral',
};

/** A shape beside the colour. */
export const changeSigns: Readonly<Record<PathChange, string>> = {
  new: '+',
  gone: '−',
  fails: '✕',
  recovered: '✓',
  slower: '▲',
  faster: '▼',
  more: '▲',
  fewer: '▼',
  same: '',
};
