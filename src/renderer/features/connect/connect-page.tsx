import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { noOtlpEndpoint } from '../../../shared/no-otlp-endpoint';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { useSettings, useUpdateSettings } from '../../client/use-settings';
import { PageBody } from '../../page/page-body';
import { PageHeader } from '../../page/page-header';
import { useCanSend } from '../../page/use-can-send';
import { Button } from '../../ui/controls/button';
import { Select } from '../../ui/controls/select';
import { Tabs } from '../../ui/controls/tabs';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Spinner } from '../../ui/marks/spinner';
import { FirstSpan } from './first-span';
import { ServiceNameInput } from './service-name-input';
import { shells } from './shells';
import { SnippetSteps } from './snippet-steps';

type Protocol = 'grpc' | 'http';

/** From nothing to the first span: the lines for the reader's shell and language, with the reader's names in them. */
export function ConnectPage() {
  const settings = useSettings();
  const status = useHostStatus();
  const canSend = useCanSend();
  const update = useUpdateSettings();
  const [protocol, setProtocol] = useState<Protocol>('grpc');
  const languages = useQuery(orpc.snippets.languages.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  if (!settings || !languages.data) {
    return languages.isError ? (
      <div className="p-4">
        <ProblemCard problem={describeError(languages.error)} />
      </div>
    ) : (
      <div className="p-6">
        <Spinner />
      </div>
    );
  }
  const { serviceName, shell, language } = settings;
  const canAsk = !status || status.capabilities.traces || status.capabilities.logs;
  return (
    <>
      <PageHeader title="Connect">
        <span className="text-muted">Service name</span>
        <ServiceNameInput value={serviceName} onCommit={(name) => update.mutate({ serviceName: name })} />
        <Tabs
          label="Protocol"
          look="segment"
          value={protocol}
          onChange={setProtocol}
          tabs={[
            { value: 'grpc', label: 'gRPC' },
            { value: 'http', label: 'HTTP' },
          ]}
        />
      </PageHeader>
      <PageBody className="gap-x-6 gap-y-5 min-[1200px]:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]">
        {update.isError && (
          <div className="min-[1200px]:col-span-2">
            <ProblemCard problem={describeError(update.error)} />
          </div>
        )}
        {!canSend && (
          <div className="min-[1200px]:col-span-2">
            <ProblemCard
              problem={noOtlpEndpoint}
              action={
                <Button size="sm" render={<Link to="/stack" search={{ setup: 'external' }} />}>
                  Give the endpoint
                </Button>
              }
            />
          </div>
        )}
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          {canAsk && <FirstSpan serviceName={serviceName} />}
          {canSend && (
            <section>
              <header className="mb-2 flex items-center gap-2">
                <h2 className="text-sm font-semibold">Environment for</h2>
                <Select
                  label="Shell"
                  value={shell}
                  onChange={(next) => update.mutate({ shell: next })}
                  options={shells}
                />
              </header>
              <SnippetSteps input={{ kind: 'env', serviceName, protocol, shell }} />
            </section>
          )}
        </div>
        {canSend && (
          <section className="min-w-0">
            <h2 className="mb-2 text-sm font-semibold">Steps for your language</h2>
            <Tabs
              label="Language"
              className="mb-4 overflow-x-auto"
              value={language}
              onChange={(next) => update.mutate({ language: next })}
              tabs={languages.data.map(({ id, title }) => ({ value: id, label: title }))}
            />
            <SnippetSteps input={{ kind: 'language', serviceName, protocol, language }} />
          </section>
        )}
      </PageBody>
    </>
  );
}
