import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { backendNames, theBackend } from '../../../shared/backend-names';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { useSettings, useUpdateSettings } from '../../client/use-settings';
import { PageBody } from '../../page/page-body';
import { PageHeader } from '../../page/page-header';
import { Button } from '../../ui/controls/button';
import { Select } from '../../ui/controls/select';
import { Switch } from '../../ui/controls/switch';
import { Tabs } from '../../ui/controls/tabs';
import { Facts } from '../../ui/layout/facts';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { Spinner } from '../../ui/marks/spinner';
import { ServiceNameInput } from '../connect/service-name-input';
import { shells } from '../connect/shells';
import { AllowedHosts } from './allowed-hosts';
import { CleanData } from './clean-data';
import { DesktopSettings } from './desktop-settings';
import { Diagnosis } from './diagnosis';
import { GrafanaTools } from './grafana-tools';
import { RetentionForm } from './retention-form';
import { ScrapeTargets } from './scrape-targets';
import { SettingRow } from './setting-row';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function SettingsPage() {
  const settings = useSettings();
  const status = useHostStatus();
  const update = useUpdateSettings();
  return (
    <>
      <PageHeader title="Settings" />
      <PageBody className="items-start min-[1200px]:grid-cols-2">
        {update.isError && (
          <div className="col-span-full">
            <ProblemCard problem={describeError(update.error)} />
          </div>
        )}
        <Column>
          {settings ? (
            <>
              <Section title="Panel">
                <SettingRow name="Theme">
                  <Tabs
                    label="Theme"
                    look="segment"
                    value={settings.theme}
                    onChange={(theme) => update.mutate({ theme })}
                    tabs={themes}
                  />
                </SettingRow>
                <SettingRow name="Service name" note="Filled into env blocks and snippets.">
                  <ServiceNameInput
                    value={settings.serviceName}
                    onCommit={(serviceName) => update.mutate({ serviceName })}
                  />
                </SettingRow>
                <SettingRow name="Shell" note="Of the env block to copy.">
                  <Select
                    label="Shell"
                    value={settings.shell}
                    onChange={(shell) => update.mutate({ shell })}
                    options={shells}
                  />
                </SettingRow>
              </Section>
              {window.watchtowerShell?.desktop && (
                <DesktopSettings
                  desktop={settings.desktop}
                  pending={update.isPending}
                  onChange={(desktop) => update.mutate({ desktop })}
                />
              )}
              <Section title="Data of the embedded engine">
                <RetentionForm retention={settings.retention} onSave={(retention) => update.mutate({ retention })} />
                {status?.capabilities.storage === false ? (
                  <SettingRow
                    name="Delete all telemetry"
                    note={`The embedded engine rests: ${theBackend(status.backend)} is in use. ${status.capabilities.because.storage ?? ''}`}
                  >
                    {status.capabilities.services ? (
                      <Button render={<Link to="/stack" />}>{backendNames[status.backend]}</Button>
                    ) : (
                      <Button disabled>Delete</Button>
                    )}
                  </SettingRow>
                ) : (
                  <CleanData />
                )}
              </Section>
            </>
          ) : (
            <Spinner />
          )}
          <Diagnosis />
        </Column>
        <Column>
          {settings && (
            <>
              <AllowedHosts
                key={JSON.stringify(settings.allowedHosts ?? [])}
                saved={settings.allowedHosts ?? []}
                pending={update.isPending}
                onSave={(allowedHosts) => update.mutate({ allowedHosts })}
              />
              {status?.grafanaDoors && (
                <GrafanaTools
                  doors={status.grafanaDoors}
                  wanted={settings.grafanaDoors === true}
                  pending={update.isPending}
                  onChange={(grafanaDoors) => update.mutate({ grafanaDoors })}
                />
              )}
              <Section
                title="Docker stack"
                aside={<span className="text-xs text-muted">Additions to its pipeline, taken over while it runs</span>}
              >
                <SettingRow
                  name="Faro receiver"
                  note="Takes what the Grafana Faro SDK sends from browsers, on port 12347."
                >
                  <Switch
                    label="Faro receiver"
                    checked={settings.pipeline.faro}
                    disabled={update.isPending}
                    onChange={(faro) => update.mutate({ pipeline: { ...settings.pipeline, faro } })}
                  />
                </SettingRow>
                <ScrapeTargets
                  key={JSON.stringify(settings.pipeline.scrapeTargets)}
                  saved={settings.pipeline.scrapeTargets}
                  onSave={(scrapeTargets) => update.mutate({ pipeline: { ...settings.pipeline, scrapeTargets } })}
                />
              </Section>
            </>
          )}
          {status && (
            <Section title="About">
              <Facts
                facts={[
                  {
                    name: 'Version',
                    value: `Watchtower ${status.version}, ${status.host}`,
                    copy: `Watchtower ${status.version}, ${status.host}`,
                  },
                  {
                    name: 'Data',
                    value: <code className="font-mono text-xs">{status.storage.dataDir}</code>,
                    copy: status.storage.dataDir,
                  },
                  { name: 'Process', value: `pid ${status.pid}` },
                  { name: 'Licence', value: 'MIT' },
                  {
                    name: 'Privacy',
                    value: 'No telemetry of its own, no remote fonts, no requests to other machines.',
                  },
                ]}
              />
            </Section>
          )}
        </Column>
      </PageBody>
    </>
  );
}

/** One of two columns, each as long as what is in it. */
function Column({ children }: { children: ReactNode }) {
  return <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4">{children}</div>;
}
