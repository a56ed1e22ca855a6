import { useMemo } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import type { SessionDetail } from '../../../../shared/sessions/session';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { PageBody } from '../../../page/page-body';
import { Section } from '../../../ui/layout/section';
import { Table, Td, Th } from '../../../ui/layout/table';
import { CostText } from '../marks/cost-text';
import { PriceNote } from '../marks/price-note';
import { TokensText } from '../marks/tokens-text';
import { UsageChart } from './usage-chart';
import { usageOverTime } from './usage-over-time';

const slots = 80;

/** What a session used, by model, over time, and by tool. */
export function SessionUsage({ detail, entries }: { detail: SessionDetail; entries: readonly SessionEntry[] }) {
  const { session, tools, prices } = detail;
  const overTime = useMemo(() => usageOverTime(entries, slots), [entries]);
  return (
    <PageBody paired>
      <Section title="By model" aside={<PriceNote prices={prices} />}>
        {session.models.length === 0 ? (
          <p className="p-3 text-sm text-faint">No model was called, or none was told.</p>
        ) : (
          <Table className="tabular">
            <thead>
              <tr>
                <Th>Model</Th>
                <Th className="text-right">Calls</Th>
                <Th className="text-right">Read anew</Th>
                <Th className="text-right">From a cache</Th>
                <Th className="text-right">Into a cache</Th>
                <Th className="text-right">Written</Th>
                <Th className="text-right">Cost</Th>
              </tr>
            </thead>
            <tbody>
              {session.models.map(({ model, calls, tokens, cost }) => (
                <tr key={model}>
                  <Td className="font-mono text-xs wrap-anywhere">{showPlainText(model) || 'not told'}</Td>
                  <Td className="text-right">{formatCount(calls)}</Td>
                  <Td className="text-right">{formatCount(tokens.input)}</Td>
                  <Td className="text-right">{formatCount(tokens.cacheRead)}</Td>
                  <Td className="text-right">{formatCount(tokens.cacheCreation)}</Td>
                  <Td className="text-right">{formatCount(tokens.output)}</Td>
                  <Td className="text-right">
                    <CostText cost={cost} />
                  </Td>
                </tr>
              ))}
              <tr className="font-medium">
                <Td>In all</Td>
                <Td className="text-right">{formatCount(session.modelCalls)}</Td>
                <Td className="text-right">{formatCount(session.tokens.input)}</Td>
                <Td className="text-right">{formatCount(session.tokens.cacheRead)}</Td>
                <Td className="text-right">{formatCount(session.tokens.cacheCreation)}</Td>
                <Td className="text-right">{formatCount(session.tokens.output)}</Td>
                <Td className="text-right">
                  <CostText cost={session.cost} />
                </Td>
              </tr>
            </tbody>
          </Table>
        )}
      </Section>
      {overTime.some(({ read, cached, written }) => read + cached + written > 0) && (
        <Section
          title="Over time"
          aside={
            <span className="text-xs text-muted">
              <TokensText tokens={session.tokens} /> tokens
            </span>
          }
        >
          <UsageChart slots={overTime} />
        </Section>
      )}
      {tools.length > 0 && (
        <Section title="Tools">
          <Table className="tabular">
            <thead>
              <tr>
                <Th>Tool</Th>
                <Th className="text-right">Calls</Th>
                <Th className="text-right">Failed</Th>
                <Th className="text-right">Same as before</Th>
                <Th className="text-right">Took</Th>
              </tr>
            </thead>
            <tbody>
              {tools.map(({ tool, calls, failed, redundant, totalMs }) => (
                <tr key={tool}>
                  <Td className="font-mono text-xs wrap-anywhere">{showPlainText(tool)}</Td>
                  <Td className="text-right">{formatCount(calls)}</Td>
                  <Td className={failed > 0 ? 'text-right text-bad' : 'text-right text-faint'}>
                    {formatCount(failed)}
                  </Td>
                  <Td className={redundant > 0 ? 'text-right text-warn' : 'text-right text-faint'}>
                    {formatCount(redundant)}
                  </Td>
                  <Td className="text-right">{formatDuration(totalMs * 1e6)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
    </PageBody>
  );
}
