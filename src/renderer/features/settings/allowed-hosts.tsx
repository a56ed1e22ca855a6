import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { HostName } from '../../../shared/contract/host-name';
import { Button } from '../../ui/controls/button';
import { IconButton } from '../../ui/controls/icon-button';
import { Input } from '../../ui/controls/input';
import { Section } from '../../ui/layout/section';
import { SettingRow } from './setting-row';

interface AllowedHostsProps {
  saved: readonly string[];
  pending: boolean;
  onSave: (hosts: string[]) => void;
}

/** Names by which containers and virtual machines may reach this machine's ports, beside those that are always known. */
export function AllowedHosts({ saved, pending, onSave }: AllowedHostsProps) {
  const [name, setName] = useState('');
  const note = useId();
  const wanted = name.trim().toLowerCase();
  const isKnown = saved.includes(wanted);
  const isValid = HostName.safeParse(wanted).success && !isKnown;
  const invalid = wanted !== '' && !isValid;
  return (
    <Section
      title="Reached by other names"
      aside={<span className="text-xs text-muted">Taken over at the next start</span>}
    >
      <SettingRow
        name="Allowed hosts"
        note="A request under any other name is refused, so that no web page can reach these ports through DNS."
      >
        <form
          className="flex items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid) onSave([...saved, wanted]);
          }}
        >
          <Input
            mono
            aria-label="Name of a host"
            placeholder="host.lima.internal"
            className="w-56"
            value={name}
            invalid={invalid}
            aria-describedby={invalid ? note : undefined}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit" disabled={!isValid || pending}>
            Add
          </Button>
        </form>
        {invalid && (
          <p id={note} role="alert" className="basis-full text-right text-xs text-bad">
            {isKnown ? 'It is in the list already.' : 'Write a name alone, without a scheme, a port or a path.'}
          </p>
        )}
      </SettingRow>
      {saved.length > 0 && (
        <ul aria-label="Allowed hosts" className="divide-y divide-line">
          {saved.map((host) => (
            <li key={host} className="flex h-8 items-center justify-between px-3">
              <code className="min-w-0 truncate font-mono text-xs">{host}</code>
              <IconButton
                label={`Remove ${host}`}
                size="sm"
                disabled={pending}
                onClick={() => onSave(saved.filter((each) => each !== host))}
              >
                <X size={14} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
