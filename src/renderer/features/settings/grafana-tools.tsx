import { useQuery } from '@tanstack/react-query';
import type { GrafanaDoors } from '../../../shared/contract/grafana-doors';
import { grafanaToolVariables } from '../../../shared/grafana/grafana-tool-variables';
import { orpc } from '../../client/contract-client';
import { Switch } from '../../ui/controls/switch';
import { Section } from '../../ui/layout/section';
import { CopyButton } from '../../ui/text/copy-button';
import { SettingRow } from './setting-row';

interface GrafanaToolsProps {
  doors: GrafanaDoors;
  wanted: boolean;
  pending: boolean;
  onChange: (wanted: boolean) => void;
}

/** Whether Grafana's own tools may ask here as if this were a Grafana, and what they are told to find it. */
export function GrafanaTools({ doors, wanted, pending, onChange }: GrafanaToolsProps) {
  return (
    <Section title="Grafana's tools">
      <SettingRow
        name="Grafana's doors"
        note="mcp-grafana, gcx and OATs ask here as they ask a Grafana. They read; no pages."
      >
        <Switch label="Grafana's doors" checked={wanted} disabled={pending} onChange={onChange} />
      </SettingRow>
      {wanted && doors.state === 'open' && <OpenDoors doors={doors} />}
      {wanted && doors.because && (
        <p role="status" className={`px-3 py-2.5 text-xs ${doors.state === 'held' ? 'text-warn' : 'text-muted'}`}>
          {doors.state === 'held' ? 'Closed, and tried again every ten seconds: ' : 'Closed: '}
          {doors.because}
        </p>
      )}
    </Section>
  );
}

function OpenDoors({ doors }: { doors: GrafanaDoors }) {
  const access = useQuery(orpc.host.grafanaAccess.queryOptions({ staleTime: 60_000 })).data;
  return (
    <>
      <SettingRow name="Answers at" note={access && `Sign in as ${access.user} / ${access.password}, or with a token.`}>
        <span className="flex items-center gap-2">
          <code className="font-mono text-xs">{doors.url}</code>
          <CopyButton text={doors.url} what="the address for Grafana's tools" />
        </span>
      </SettingRow>
      {access?.url === doors.url &&
        grafanaToolVariables(access).map(({ tools, line }) => (
          <SettingRow key={tools} name={tools} note="Address and token, as variables of the environment.">
            <CopyButton text={line} what={`the variables for ${tools}`} label="Copy variables" />
          </SettingRow>
        ))}
      {doors.missing.length > 0 && (
        <SettingRow name="Asked for, and not here" note="Calls of tools that no route of these doors answers.">
          <ul aria-label="Calls that are not here" className="basis-full space-y-0.5">
            {doors.missing.map(({ call, count }) => (
              <li key={call} className="flex justify-between gap-4 font-mono text-xs">
                <span className="min-w-0 truncate" title={call}>
                  {call}
                </span>
                <span className="text-muted">{count}</span>
              </li>
            ))}
          </ul>
        </SettingRow>
      )}
    </>
  );
}
