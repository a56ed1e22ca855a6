import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RedactionRule } from '../../../shared/contract/destinations';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { AddRule } from './add-rule';
import { checkRule, draftOf, isSameRules, type RuleDraft, ruleOf } from './redaction-draft';
import { RedactionPreview } from './redaction-preview';
import { RuleRow } from './rule-row';

/** Rules that are tried out on what is kept, and hold once they are saved. */
export function RedactionEditor({ saved }: { saved: readonly RedactionRule[] }) {
  /** Null: as saved. */
  const [drafts, setDrafts] = useState<RuleDraft[] | null>(null);
  const [shown, setShown] = useState(() => saved.map(draftOf));
  const save = useMutation(orpc.destinations.setRedaction.mutationOptions({ onSuccess: () => setDrafts(null) }));
  // Rules changed from elsewhere, by the command line or another window, are taken over unless something is being edited.
  if (drafts === null && !isSameRules(shown, saved)) setShown(saved.map(draftOf));

  const rows = drafts ?? shown;
  const changed = drafts !== null && !isSameRules(drafts, saved);
  const valid = rows.every((row) => Object.keys(checkRule(row)).length === 0);
  const edit = (next: RuleDraft[]) => {
    setDrafts(next);
    setShown(next);
  };
  const discard = () => {
    setDrafts(null);
    save.reset();
  };
  const move = (from: number, to: number) => {
    const next = rows.filter((_, index) => index !== from);
    next.splice(to, 0, rows[from]!);
    edit(next);
  };
  return (
    <Section
      title="Redaction"
      aside={
        <span className="flex items-center gap-2">
          {changed && (
            <>
              <span className="text-xs text-warn">{valid ? 'not saved' : 'not complete'}</span>
              <Button size="sm" onClick={discard}>
                Discard
              </Button>
              <Button
                size="sm"
                tone="primary"
                disabled={!valid || save.isPending}
                onClick={() => save.mutate({ rules: rows.map(ruleOf) })}
              >
                {save.isPending ? 'Saving' : 'Save the rules'}
              </Button>
            </>
          )}
          <AddRule onAdd={(rule) => edit([...rows, draftOf(rule)])} full={rows.length >= maxRules} />
        </span>
      }
    >
      <p className="px-3 py-2 text-muted">
        What happens to attributes and log lines before a copy is sent, from top to bottom, for all destinations. What
        the backend keeps stays as it came.
      </p>
      {save.isError && (
        <div className="p-3">
          <ProblemCard problem={describeError(save.error)} />
        </div>
      )}
      {rows.length > 0 && (
        <ol aria-label="Redaction rules" className="divide-y divide-line">
          {rows.map((row, index) => (
            <RuleRow
              key={row.id}
              rule={row}
              place={index + 1}
              problems={checkRule(row)}
              onChange={(next) => edit(rows.map((each) => (each.id === row.id ? next : each)))}
              onRemove={() => edit(rows.filter((each) => each.id !== row.id))}
              onUp={index > 0 ? () => move(index, index - 1) : undefined}
              onDown={index < rows.length - 1 ? () => move(index, index + 1) : undefined}
            />
          ))}
        </ol>
      )}
      <RedactionPreview rules={valid ? rows.map(ruleOf) : null} />
    </Section>
  );
}

const maxRules = 50;
