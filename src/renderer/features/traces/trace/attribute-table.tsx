import { useMemo } from 'react';
import type { Attribute } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { AttributeScope } from '../../../page/trace/attribute-filter';
import { classNames } from '../../../ui/class-names';
import { BreakableName } from '../../../ui/text/breakable-name';
import { CopyButton } from '../../../ui/text/copy-button';
import { ExceptionBlock } from '../../../ui/text/exception-block';
import { takeException } from '../../../ui/text/take-exception';
import { ToldValue } from '../../../ui/text/told-value';
import { valueShape } from '../../../ui/text/value-shape';
import { AttributeActions } from './attribute-actions';

/** Longer values show their beginning until asked for; the copy button takes the whole. */
const mostShown = 4000;
/** A longer value, or one of several lines, stands below its name over the whole width. */
const mostBeside = 120;

interface AttributeTableProps {
  attributes: readonly Attribute[];
  empty: string;
  /** Whose they are, where traces can be searched for by them, and of which trace. */
  of?: { readonly scope: AttributeScope; readonly traceId: string };
}

export function AttributeTable({ attributes, empty, of }: AttributeTableProps) {
  if (attributes.length === 0) return <p className="px-3 py-2 text-sm text-faint">{empty}</p>;
  const { exception, rest } = takeException(attributes);
  const sorted = [...rest].sort((a, b) => (a.key < b.key ? -1 : 1));
  return (
    <>
      {exception && (
        <div className="px-3 py-1">
          <ExceptionBlock {...exception} />
        </div>
      )}
      <dl className="divide-y divide-line/60 text-xs">
        {sorted.map((attribute, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same key may stand twice
          <Row key={index} attribute={attribute} of={of} />
        ))}
      </dl>
    </>
  );
}

function Row({ attribute, of }: { attribute: Attribute; of: AttributeTableProps['of'] }) {
  const { key: name, value } = attribute;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shape = useMemo(() => valueShape(name, text), [name, text]);
  const below = shape.kind !== 'text' || text.length > mostBeside || text.includes('\n');
  return (
    <div className={classNames('group relative px-3 py-1', !below && 'flex items-start gap-2')}>
      <dt className={classNames('font-mono wrap-anywhere text-muted', below ? 'pr-7' : 'w-[45%] shrink-0')}>
        <BreakableName name={showPlainText(name.slice(0, mostShown))} />
      </dt>
      <dd className="min-w-0 flex-1 font-mono whitespace-pre-wrap wrap-anywhere">
        <ToldValue text={text} shape={shape} most={mostShown} />
        <span className="absolute top-0 right-3 flex rounded bg-surface opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          {of && <AttributeActions attribute={attribute} {...of} />}
          <CopyButton text={text} what={name} />
        </span>
      </dd>
    </div>
  );
}
