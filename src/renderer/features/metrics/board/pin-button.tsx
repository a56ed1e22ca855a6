import { Pin } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { IconButton } from '../../../ui/controls/icon-button';
import { useBoard } from './use-board';

interface PinButtonProps {
  title: string;
  query: string;
  unit: string;
}

/** Puts a chart on the board, or takes it off. */
export function PinButton({ title, query, unit }: PinButtonProps) {
  const { isPinned, toggle } = useBoard();
  const pinned = isPinned(query);
  const shown = showPlainText(title);
  return (
    <IconButton
      label={pinned ? `Take ${shown} off the board` : `Pin ${shown} to the board`}
      size="sm"
      pressed={pinned}
      disabled={query === ''}
      onClick={() => toggle({ title: title.slice(0, 200), query, unit: unit.slice(0, 60) })}
    >
      <Pin size={13} className={pinned ? 'fill-current' : undefined} />
    </IconButton>
  );
}
