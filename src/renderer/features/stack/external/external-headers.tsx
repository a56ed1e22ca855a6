import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { ExternalHeader, QueryApi } from '../../../../shared/contract/external';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { Input } from '../../../ui/controls/input';
import { Select } from '../../../ui/controls/select';
import type { HeaderDraft } from './read-external-form';

interface ExternalHeadersProps {
  /** Those whose values are known. */
  saved: readonly ExternalHeader[];
  error?: string | undefined;
}

interface Row extends Pick<HeaderDraft, 'name' | 'api' | 'kept'> {
  id: number;
}

const mostHeaders = 20;
const apis: readonly { value: QueryApi | 'all'; label: string }[] = [
  { value: 'all', label: 'all APIs' },
  { value: 'tempo', label: 'Tempo' },
  { value: 'loki', label: 'Loki' },
  { value: 'prometheus', label: 'Prometheus' },
];

/** Headers as fields of the form around, read by `readHeaders`. The values stand in the fields alone. */
export function ExternalHeaders({ saved, error }: ExternalHeadersProps) {
  const [rows, setRows] = useState<readonly Row[]>(() =>
    saved.map(({ name, api }, id) => ({ id, name, api: api ?? 'all', kept: true })),
  );
  const add = () =>
    setRows((before) => [...before, { id: (before.at(-1)?.id ?? -1) + 1, name: '', api: 'all', kept: false }]);
  const choose = (id: number, api: Row['api']) =>
    setRows((before) => before.map((row) => (row.id === id ? { ...row, api, kept: false } : row)));
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-xs font-medium text-muted">Headers</legend>
      {rows.map(({ id, name, api, kept }) => (
        <div key={id} className="flex gap-2">
          <input type="hidden" name="header-api" value={api} />
          <input type="hidden" name="header-kept" value={kept ? name : ''} />
          <Input
            mono
            name="header-name"
            aria-label="Header name"
            placeholder="authorization"
            className="w-40"
            defaultValue={name}
          />
          <Select label="Sent to" className="w-32" value={api} onChange={(next) => choose(id, next)} options={apis} />
          <Input
            mono
            name="header-value"
            type="password"
            autoComplete="new-password"
            aria-label="Header value"
            placeholder={kept ? 'as it is known' : 'kept as a secret'}
            className="flex-1"
          />
          <IconButton label="Remove the header" onClick={() => setRows(rows.filter((each) => each.id !== id))}>
            <X size={15} />
          </IconButton>
        </div>
      ))}
      <Button size="sm" className="justify-self-start" disabled={rows.length >= mostHeaders} onClick={add}>
        <Plus size={13} aria-hidden />
        Add a header
      </Button>
      <p className={error ? 'text-xs text-bad' : 'text-xs text-muted'}>
        {error ?? 'Values are kept as secrets and shown nowhere again. Leave one empty to keep the one that is known.'}
      </p>
    </fieldset>
  );
}

/** What the fields hold now. */
export function readHeaders(form: FormData): HeaderDraft[] {
  const [kept, api, values] = ['header-kept', 'header-api', 'header-value'].map((name) =>
    form.getAll(name).map(String),
  );
  return form.getAll('header-name').map((given, index) => {
    const name = String(given);
    // Another name or API than before is another header, whose value is not known.
    return { name, api: api![index] as HeaderDraft['api'], value: values![index]!, kept: kept![index] === name.trim() };
  });
}
