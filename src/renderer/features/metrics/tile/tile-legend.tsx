import { formatValue } from '../../../ui/charts/format-value';
import { classNames } from '../../../ui/class-names';

interface TileLegendProps {
  entries: readonly { name: string; colour: string; last: number | null | undefined }[];
  unit: string;
  /** What is not drawn; empty where all is. */
  note: string;
}

/** So many long names are cut rather than left out. */
const mostShrunk = 3;

/** Names of the lines of a small chart, one line high: the last value of a single one. */
export function TileLegend({ entries, unit, note }: TileLegendProps) {
  const [only] = entries;
  return (
    <p className="flex h-4.5 gap-3 pt-1 pl-15 text-2xs text-muted tabular">
      {entries.length === 1 ? (
        <span className="truncate">
          <Swatch colour={only!.colour} /> {only!.name}{' '}
          <b className="font-semibold text-ink">{formatValue(only!.last, unit)}</b>
        </span>
      ) : (
        <span
          className={classNames(
            'flex h-4 min-w-0 flex-1 gap-x-3 overflow-hidden',
            entries.length > mostShrunk && 'flex-wrap',
          )}
          title={entries.map(({ name }) => name).join('\n')}
        >
          {entries.map(({ name, colour }) => (
            <span key={`${name} ${colour}`} title={name} className="min-w-0 max-w-40 truncate leading-4">
              <Swatch colour={colour} /> {name}
            </span>
          ))}
        </span>
      )}
      {note && <span className="ml-auto shrink-0 text-faint">{note}</span>}
    </p>
  );
}

function Swatch({ colour }: { colour: string }) {
  return (
    <span
      aria-hidden
      className="mr-0.5 inline-block h-0.75 w-2.5 rounded-full align-middle"
      style={{ background: colour }}
    />
  );
}
