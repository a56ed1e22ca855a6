import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/controls/button';
import { IconButton } from '../../ui/controls/icon-button';
import { Input } from '../../ui/controls/input';
import { Badge } from '../../ui/marks/badge';

interface HeaderFieldsProps {
  names: readonly string[];
  /** Their values are known; otherwise they have to be given again. */
  hasSecret: boolean;
  error?: string;
}

const maxHeaders = 20;

/** Names and values of headers as fields `header-name` and `header-value` of the form around; without them, the known stay. */
export function HeaderFields({ names, hasSecret, error }: HeaderFieldsProps) {
  const [keeps, setKeeps] = useState(hasSecret && names.length > 0);
  const [rows, setRows] = useState(() => names.map((name, id) => ({ id, name })));
  const add = () => setRows((before) => [...before, { id: (before.at(-1)?.id ?? -1) + 1, name: '' }]);
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-xs font-medium text-muted">Headers</legend>
      {keeps ? (
        <p className="flex flex-wrap items-center gap-1.5 text-sm">
          {names.map((name) => (
            <Badge key={name}>
              <code className="font-mono">{name}</code>
            </Badge>
          ))}
          <span className="text-muted">kept as they are</span>
          <Button size="sm" onClick={() => setKeeps(false)}>
            Replace them
          </Button>
        </p>
      ) : (
        <>
          <input type="hidden" name="headers-given" value="yes" />
          {rows.map(({ id, name }) => (
            <div key={id} className="flex gap-2">
              <Input
                mono
                name="header-name"
                aria-label="Header name"
                placeholder="authorization"
                className="w-44"
                defaultValue={name}
              />
              <Input
                mono
                name="header-value"
                type="password"
                autoComplete="new-password"
                aria-label="Header value"
                placeholder="kept as a secret"
                className="flex-1"
              />
              <IconButton label="Remove the header" onClick={() => setRows(rows.filter((each) => each.id !== id))}>
                <X size={15} />
              </IconButton>
            </div>
          ))}
          <Button size="sm" className="justify-self-start" disabled={rows.length >= maxHeaders} onClick={add}>
            <Plus size={13} aria-hidden />
            Add a header
          </Button>
        </>
      )}
      <p className={error ? 'text-xs text-bad' : 'text-xs text-muted'}>
        {error ?? 'Values are kept as secrets and shown nowhere again.'}
      </p>
    </fieldset>
  );
}
