import { ExternalLink, RotateCw, ScrollText } from 'lucide-react';
import type { BackendService } from '../../../../shared/contract/backend';
import { formatBytes } from '../../../../shared/format-bytes';
import { formatDuration } from '../../../../shared/format-duration';
import { formatDateTime } from '../../../client/format-time';
import { useNow } from '../../../client/use-now';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Table, Td, Th } from '../../../ui/layout/table';
import { HealthMark } from '../../../ui/marks/health-mark';
import { ProgressBar } from '../../../ui/marks/progress-bar';
import { CopyButton } from '../../../ui/text/copy-button';
import { describeService } from './describe-stack';
import type { StackActions } from './use-stack-actions';

interface StackServicesProps {
  services: readonly BackendService[];
  actions: StackActions;
  /** Whose log is open. */
  logOf: string | null;
  openLog: (service: string) => void;
}

/** The containers, one a row: health, use, where they answer, what can be done with them. */
export function StackServices({ services, actions, logOf, openLog }: StackServicesProps) {
  const now = useNow(1000);
  // Not every backend measures what its services use.
  const hasCpu = services.some(({ cpu }) => cpu !== undefined);
  const hasMemory = services.some((service) => service.memoryBytes !== undefined || service.memoryLimitBytes);
  return (
    <Section title="Services" className="min-w-0">
      <div className="overflow-x-auto">
        <Table>
          <thead>
            <tr>
              <Th>Service</Th>
              <Th>State</Th>
              <Th>Up for</Th>
              {hasCpu && <Th className="text-right">CPU</Th>}
              {hasMemory && <Th>Memory</Th>}
              <Th>Answers at</Th>
              <Th className="w-20" aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {services.map((service) => (
              <tr key={service.name} className="align-top last:[&>td]:border-0">
                <Td className="font-medium">
                  {service.title}
                  <code className="block font-mono text-2xs font-normal wrap-anywhere text-muted" title={service.image}>
                    {shortenDigest(service.image)}
                  </code>
                </Td>
                <Td>
                  <ServiceState service={service} />
                </Td>
                <Td className="whitespace-nowrap">
                  {service.startedAt !== undefined && isUp(service) && (
                    <span title={`Since ${formatDateTime(service.startedAt)}`}>
                      {formatDuration(Math.max(0, Math.round((now - service.startedAt) / 1000)) * 1e9)}
                    </span>
                  )}
                </Td>
                {hasCpu && (
                  <Td className="text-right whitespace-nowrap">
                    {service.cpu !== undefined && (
                      <span title={`${service.cpu.toFixed(3)} cores`}>{(service.cpu * 100).toFixed(1)} %</span>
                    )}
                  </Td>
                )}
                {hasMemory && (
                  <Td className="w-36">
                    <Memory service={service} />
                  </Td>
                )}
                <Td>
                  <Ports service={service} />
                </Td>
                <Td className="text-right whitespace-nowrap">
                  <IconButton
                    label={`Log of ${service.title}`}
                    pressed={logOf === service.name}
                    onClick={() => openLog(service.name)}
                  >
                    <ScrollText size={15} />
                  </IconButton>
                  <IconButton
                    label={`Restart ${service.title}`}
                    disabled={service.instance === undefined || actions.restarting !== null}
                    onClick={() => actions.restart(service.name)}
                  >
                    <RotateCw size={15} className={actions.restarting === service.name ? 'animate-spin' : ''} />
                  </IconButton>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <ServiceProblems services={services} actions={actions} openLog={openLog} />
    </Section>
  );
}

function ServiceState({ service }: { service: BackendService }) {
  const { word, health, note } = describeService(service);
  return (
    <>
      <span className="flex items-center gap-1.5 whitespace-nowrap">
        <HealthMark health={health} size={10} />
        {word}
      </span>
      {note && <span className="block text-xs text-muted">{note}</span>}
    </>
  );
}

function Memory({ service: { memoryBytes, memoryLimitBytes, title } }: { service: BackendService }) {
  if (memoryBytes === undefined) {
    return memoryLimitBytes ? (
      <span className="text-xs text-muted">at most {formatBytes(memoryLimitBytes)}</span>
    ) : null;
  }
  const share = memoryLimitBytes ? memoryBytes / memoryLimitBytes : null;
  const text = memoryLimitBytes
    ? `${formatBytes(memoryBytes)} of ${formatBytes(memoryLimitBytes)}`
    : formatBytes(memoryBytes);
  return (
    <>
      <span className="block text-xs whitespace-nowrap">{text}</span>
      {share !== null && (
        <ProgressBar
          label={`Memory of ${title}`}
          share={share}
          text={text}
          tone={share > nearLimit ? 'bad' : 'accent'}
        />
      )}
    </>
  );
}

/** Beyond this share of its limit a container is soon ended by the engine. */
const nearLimit = 0.9;

function Ports({ service: { title, ports } }: { service: BackendService }) {
  return (
    <ul>
      {ports.map(({ name, address, url }) => (
        <li key={name} className="flex items-center gap-1 whitespace-nowrap">
          <span className="w-20 truncate text-xs text-muted" title={name}>
            {name}
          </span>
          <code className="w-32 font-mono text-xs">{address}</code>
          <CopyButton text={url ?? address} what={`the ${name} address of ${title}`} />
          {url && (
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              aria-label={`Open ${name} of ${title}`}
              title={`Open ${url}`}
              className="inline-flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <ExternalLink size={13} />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function ServiceProblems({ services, actions, openLog }: Omit<StackServicesProps, 'logOf'>) {
  const failing = services.filter(({ problem }) => problem);
  if (failing.length === 0) return null;
  return (
    <div className="grid gap-2 p-3">
      {failing.map(({ name, title, problem, instance }) => (
        <ProblemCard
          key={name}
          problem={problem!}
          action={
            instance !== undefined && (
              <>
                <Button size="sm" disabled={actions.restarting !== null} onClick={() => actions.restart(name)}>
                  Restart {title}
                </Button>
                <Button size="sm" tone="quiet" onClick={() => openLog(name)}>
                  Show its log
                </Button>
              </>
            )
          }
        />
      ))}
    </div>
  );
}

/** As long as is needed to tell two apart. */
function shortenDigest(image: string): string {
  return image.replace(/@sha256:([0-9a-f]{12})[0-9a-f]{52}$/, '@sha256:$1…');
}

function isUp({ state }: BackendService): boolean {
  return state === 'starting' || state === 'ready' || state === 'unready';
}
