import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../shared/contract/host';
import { Button } from '../../ui/controls/button';
import { IconButton } from '../../ui/controls/icon-button';
import { Input } from '../../ui/controls/input';
import { checkScrapeTarget, type ScrapeTargetDraft, scrapeTargetOf } from './scrape-target-draft';

type ScrapeTargets = Settings['pipeline']['scrapeTargets'];

interface ScrapeTargetsProps {
  saved: ScrapeTargets;
  onSave: (targets: ScrapeTargets) => void;
}

const maxTargets = 50;

/** Prometheus endpoints of apps that Alloy scrapes besides what is sent to it. */
export function ScrapeTargets({ saved, onSave }: ScrapeTargetsProps) {
  const [rows, setRows] = useState<ScrapeTargetDraft[]>(() => saved.map((target, id) => ({ ...target, id })));
  const changed = JSON.stringify(rows.map(scrapeTargetOf)) !== JSON.stringify(saved.map((each) => ({ ...each })));
  const valid = rows.every((row) => checkScrapeTarget(row) === null);
  const set = (id: number, fields: Partial<ScrapeTargetDraft>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...fields } : row)));
  const add = () => setRows([...rows, { id: (rows.at(-1)?.id ?? -1) + 1, job: '', address: '', path: '/metrics' }]);
  return (
    <form
      className="grid gap-2 px-3 py-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid && changed) onSave(rows.map(scrapeTargetOf));
      }}
    >
      <div>
        <p className="font-medium">Extra scrape targets</p>
        <p className="text-xs text-muted">
          Apps that offer Prometheus metrics to be fetched. Addresses as Alloy sees them from inside its container.
        </p>
      </div>
      {rows.map((row) => {
        const problem = changed ? checkScrapeTarget(row) : null;
        return (
          <div key={row.id}>
            <div className="flex gap-2">
              <Input
                mono
                aria-label="Job"
                placeholder="job"
                className="w-36"
                value={row.job}
                onChange={(event) => set(row.id, { job: event.target.value })}
              />
              <Input
                mono
                aria-label="Address"
                placeholder="host.docker.internal:8080"
                className="flex-1"
                value={row.address}
                onChange={(event) => set(row.id, { address: event.target.value.trim() })}
              />
              <Input
                mono
                aria-label="Path"
                placeholder="/metrics"
                className="w-36"
                value={row.path}
                onChange={(event) => set(row.id, { path: event.target.value.trim() })}
              />
              <IconButton label="Remove the target" onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}>
                <X size={15} />
              </IconButton>
            </div>
            {problem && <p className="mt-1 text-xs text-muted">{problem}</p>}
          </div>
        );
      })}
      <span className="flex gap-2">
        <Button size="sm" disabled={rows.length >= maxTargets} onClick={add}>
          <Plus size={13} aria-hidden />
          Add a target
        </Button>
        {changed && (
          <Button size="sm" type="submit" tone="primary" disabled={!valid}>
            Save the targets
          </Button>
        )}
      </span>
    </form>
  );
}
