import { ExternalLink } from 'lucide-react';
import { Button } from '../../../ui/controls/button';
import { CopyButton } from '../../../ui/text/copy-button';

/** Both are set in the compose file; Grafana asks to change the password itself. */
const login = { user: 'admin', password: 'watchtower' };

/** Where Grafana is, and how to get in. */
export function GrafanaLink({ url }: { url: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2 text-sm">
      <Button
        tone="primary"
        render={
          <a href={url} target="_blank" rel="noreferrer">
            Open Grafana
            <ExternalLink size={13} aria-hidden />
          </a>
        }
      />
      <code className="font-mono text-xs">{url}</code>
      <CopyButton text={url} what="the Grafana URL" />
      <span className="text-muted">
        Log in as <code className="font-mono text-xs text-ink">{login.user}</code> with{' '}
        <code className="font-mono text-xs text-ink">{login.password}</code>
      </span>
      <CopyButton text={login.password} what="the password" />
    </div>
  );
}
