import type { McpClient } from '../../../shared/contract/agents';
import { showPlainText } from '../../../shared/show-plain-text';
import { Section } from '../../ui/layout/section';
import { Ago } from '../../ui/marks/ago';
import { HealthMark } from '../../ui/marks/health-mark';

const mostShown = 8;

/** Who asks over MCP now, and who did: the light that tells whether a set-up works. */
export function McpClients({ clients }: { clients: readonly McpClient[] }) {
  const connected = clients.filter((each) => each.connected).length;
  return (
    <Section
      title={
        connected === 0
          ? 'Nobody is connected'
          : connected === 1
            ? 'One agent is connected'
            : `${connected} agents are connected`
      }
    >
      {clients.length === 0 ? (
        <p className="px-3 py-3 text-muted" aria-live="polite">
          Set an agent up below, then ask it what Watchtower sees. It lights up here when it connects.
        </p>
      ) : (
        <ul aria-label="Programs that ask over MCP" aria-live="polite" className="divide-y divide-line">
          {[...clients]
            .sort((one, other) => Number(other.connected) - Number(one.connected))
            .slice(0, mostShown)
            .map((each) => (
              <li key={each.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                <HealthMark health={each.connected ? 'ok' : 'off'} label={each.connected ? 'Connected' : 'Gone'} />
                <span className="font-medium">{showPlainText(each.name)}</span>
                <span className="text-muted tabular">{showPlainText(each.version)}</span>
                <span className="text-muted">over {each.transport === 'stdio' ? 'stdio' : 'HTTP'}</span>
                {each.folder && (
                  <code className="min-w-0 truncate font-mono text-xs text-muted">{showPlainText(each.folder)}</code>
                )}
                <span className="ml-auto text-muted tabular">
                  {each.lastAskedAt === null ? (
                    'has not asked yet'
                  ) : (
                    <>
                      asked {each.asked === 1 ? 'once' : `${each.asked} times`}, last{' '}
                      <code className="font-mono text-xs">{showPlainText(each.lastTool ?? '')}</code>{' '}
                      <Ago at={each.lastAskedAt} />
                    </>
                  )}
                </span>
              </li>
            ))}
        </ul>
      )}
    </Section>
  );
}
