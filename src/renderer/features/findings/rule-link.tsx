import { useState } from 'react';
import type { FindingRule } from '../../../shared/runs/finding';
import { loadPart } from '../../client/loading/load-part';
import { Popover } from '../../ui/overlays/popover';
import { nameRule } from './name-rule';
import { type RuleText, readRule } from './read-rule';

/** The name of a rule, which opens its section of docs/findings.md. */
export function RuleLink({ rule }: { rule: FindingRule }) {
  const [text, setText] = useState<RuleText | null>(null);
  const [missing, setMissing] = useState(false);
  const load = async (open: boolean) => {
    if (!open || text) return;
    setMissing(false);
    const loaded = await loadPart(() => import('../../../../docs/findings.md?raw')).catch(() => null);
    if (loaded) setText(readRule(loaded.default, rule));
    else setMissing(true);
  };
  return (
    <Popover
      onOpenChange={(open) => void load(open)}
      className="w-[30rem] text-sm"
      trigger={
        <button
          type="button"
          title="What this rule looks for"
          className="rounded border border-line-strong px-1.5 text-2xs font-medium text-muted hover:bg-hover hover:text-ink"
        >
          {nameRule(rule)}
        </button>
      }
    >
      <h3 className="font-semibold">{nameRule(rule)}</h3>
      {text && (
        <>
          <p className="mt-1">
            <Marked text={text.lead} />
          </p>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5">
            {text.points.map(({ name, text: told }) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd>
                  <Marked text={told} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {missing && (
        <p className="mt-1 text-warn">What it looks for could not be loaded. Close this and open it again.</p>
      )}
      <p className="mt-2 font-mono text-xs text-muted">docs/findings.md#{rule}</p>
    </Popover>
  );
}

/** Text with what stands between back quotes as code. */
function Marked({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which stay
      <code key={index} className="font-mono text-xs">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
