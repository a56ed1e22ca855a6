import { ChevronDown, ChevronRight, Lightbulb } from 'lucide-react';

const indent = 14;
/** Deeper levels keep this indentation, so that the name stays readable. */
const deepest = 16;

/** Pixels before a label of this depth. */
export function indentOf(depth: number): number {
  return 6 + Math.min(depth, deepest) * indent;
}

/** The level in digits, where the indentation does not tell it any more. */
export function LevelMark({ depth }: { depth: number }) {
  if (depth <= deepest) return null;
  return (
    <span className="shrink-0 rounded bg-hover px-1 text-2xs text-muted tabular" title={`Level ${depth + 1}`}>
      {depth + 1}
    </span>
  );
}

interface FoldButtonProps {
  folded: boolean;
  /** Completes "Show …" and "Hide …". */
  hides: string;
  onToggle: () => void;
}

/** Opens or closes a line; the keyboard has its own keys for it. */
export function FoldButton({ folded, hides, onToggle }: FoldButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={folded ? `Show ${hides}` : `Hide ${hides}`}
      className="flex size-4 shrink-0 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      {folded ? <ChevronRight size={13} /> : <ChevronDown size={13} />}
    </button>
  );
}

/** Something that a rule found stands here; which sentence, on hover and read out. */
export function FindingMark({ sentence, name }: { sentence: string; name?: string }) {
  return (
    <span
      role="img"
      aria-label={`Finding: ${sentence}`}
      title={sentence}
      className="inline-flex min-w-5.25 shrink-[20] items-center gap-1 overflow-hidden rounded border border-warn/50 px-1 text-2xs text-warn"
    >
      <Lightbulb size={11} className="shrink-0" aria-hidden />
      {name !== undefined && <span className="truncate">{name}</span>}
    </span>
  );
}
