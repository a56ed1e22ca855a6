import { Pencil } from 'lucide-react';
import { type ExternalStatus, QueryApi } from '../../../../shared/contract/external';
import { IconButton } from '../../../ui/controls/icon-button';
import { HealthMark } from '../../../ui/marks/health-mark';

/** What is set of the external backend, on its card. */
export function ExternalLine({
  status: { settings, hasSecrets },
  onEdit,
}: {
  status: ExternalStatus;
  onEdit: () => void;
}) {
  if (!settings) return <p className="text-xs text-muted">Not set up yet.</p>;
  const urls = QueryApi.options.map((api) => settings[api]).filter(Boolean);
  return (
    <p className="flex items-center gap-1.5 text-xs">
      <HealthMark health={hasSecrets ? 'off' : 'bad'} size={10} />
      <span className="min-w-0 flex-1 truncate font-mono" title={urls.join(' ')}>
        {hasSecrets ? hostsOf(urls) : 'a header’s value is missing'}
      </span>
      {settings.tenant && <span className="truncate text-muted">tenant {settings.tenant}</span>}
      <IconButton label="Edit the external backend" onClick={onEdit}>
        <Pencil size={14} />
      </IconButton>
    </p>
  );
}

function hostsOf(urls: readonly string[]): string {
  return [...new Set(urls.map((url) => (URL.canParse(url) ? new URL(url).host : url)))].join(', ');
}
