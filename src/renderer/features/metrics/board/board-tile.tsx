import { Link } from '@tanstack/react-router';
import { GripVertical, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { BoardChart } from '../../../../shared/contract/host';
import { showPlainText } from '../../../../shared/show-plain-text';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { IconButton } from '../../../ui/controls/icon-button';
import { Input } from '../../../ui/controls/input';
import { CopyButton } from '../../../ui/text/copy-button';
import { TileChart } from '../tile/tile-chart';
import { TileFrame } from '../tile/tile-frame';

interface BoardTileProps {
  chart: BoardChart;
  /** Its PromQL with the times of the window. */
  query: string;
  isDragged: boolean;
  onDrag: () => void;
  onDragEnd: () => void;
  /** Another one was dropped here. */
  onDrop: () => void;
  /** So many places further, or back. */
  onMove: (by: number) => void;
  onTitle: (title: string) => void;
  onRemove: () => void;
}

const height = 130;
const places: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** A pinned chart: moved at its grip by pointer or by arrow keys. */
export function BoardTile(props: BoardTileProps) {
  const { chart, query, isDragged, onDrag, onDragEnd, onDrop, onMove, onTitle, onRemove } = props;
  const [over, setOver] = useState(false);
  const shown = showPlainText(chart.title);
  const moveByKey = (event: KeyboardEvent) => {
    const by = places[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(by);
  };
  return (
    <li
      className={classNames(
        'min-w-0 rounded-lg',
        isDragged && 'opacity-50',
        over && !isDragged && 'ring-2 ring-accent',
      )}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      <TileFrame
        title={<BoardTitle title={chart.title} onTitle={onTitle} />}
        actions={
          <>
            <CopyButton text={query} what={`the PromQL of ${shown}`} />
            <IconButton label={`Take ${shown} off the board`} size="sm" onClick={onRemove}>
              <X size={14} />
            </IconButton>
            <button
              type="button"
              draggable
              aria-label={`Move ${shown}`}
              title="Drag, or press the arrow keys"
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', chart.query);
                onDrag();
              }}
              onDragEnd={onDragEnd}
              onKeyDown={moveByKey}
              className="grid size-6 shrink-0 cursor-grab place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
            >
              <GripVertical size={14} aria-hidden />
            </button>
          </>
        }
      >
        <TileChart label={shown} query={query} unit={chart.unit} height={height} />
        <Link
          to="/metrics"
          search={(before) => ({ ...keepTime(before), q: query })}
          title={showPlainText(query)}
          className="mt-1 block truncate pl-15 font-mono text-2xs text-faint underline-offset-2 hover:text-accent hover:underline"
        >
          {showPlainText(query)}
        </Link>
      </TileFrame>
    </li>
  );
}

/** A click renames it. */
function BoardTitle({ title, onTitle }: { title: string; onTitle: (title: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  if (text === null) {
    return (
      <button
        type="button"
        title="Rename"
        aria-label={`Rename ${showPlainText(title)}`}
        onClick={() => setText(title)}
        className="max-w-full truncate rounded hover:text-accent"
      >
        {showPlainText(title)}
      </button>
    );
  }
  const finish = () => {
    const next = text.trim();
    if (next !== '' && next !== title) onTitle(next);
    setText(null);
  };
  return (
    <Input
      autoFocus
      aria-label="Title of the chart"
      maxLength={200}
      className="h-6 w-full"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setText(null);
      }}
    />
  );
}
