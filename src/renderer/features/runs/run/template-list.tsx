import { Link } from '@tanstack/react-router';
import type { Run } from '../../../../shared/runs/run';
import { runLogsQuery } from '../../../../shared/runs/run-query';
import type { LogTemplate } from '../../../../shared/runs/run-summary';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { Section } from '../../../ui/layout/section';
import { Table, Td, Th } from '../../../ui/layout/table';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { levelLook } from '../../../ui/marks/level-look';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { TemplateText } from '../../../ui/text/template-text';
import { runWindow } from './run-window';

const shownAtFirst = 50;
/** What is looked at first. */
const order = ['fatal', 'critical', 'error', 'warn'];

/** The kinds of log lines that the run wrote. */
export function TemplateList({ run, templates }: { run: Run; templates: readonly LogTemplate[] }) {
  const sorted = templates.toSorted((one, other) => rank(one) - rank(other) || other.count - one.count);
  const { shown, more } = useMoreRows(sorted, shownAtFirst);
  if (templates.length === 0) return null;
  return (
    <Section title="Log lines, by kind">
      <Table>
        <thead>
          <tr>
            <Th className="text-right">Lines</Th>
            <Th>Level</Th>
            <Th>Pattern</Th>
            <Th className="hidden min-[700px]:table-cell">Service</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((each) => (
            <tr key={`${each.service}\n${each.level}\n${each.template}`} className="last:[&>td]:border-0">
              <Td className="text-right">{formatCount(each.count)}</Td>
              <Td className={classNames('text-xs uppercase', levelLook(each.level).text)}>{each.level}</Td>
              <Td className="w-full max-w-0">
                <Link
                  to="/logs"
                  search={{ q: linesLike(run.id, each), ...runWindow(run, Date.now()), live: false }}
                  title={showPlainText(each.example)}
                  className="block truncate font-mono text-xs hover:text-accent"
                >
                  <TemplateText template={each.template.replaceAll('\n', ' ⏎ ')} />
                </Link>
              </Td>
              <Td className="hidden min-[700px]:table-cell">
                <ServiceDot service={each.service} className="max-w-40 text-muted" />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {more}
    </Section>
  );
}

/** LogQL: lines that hold the longest text of the template that does not vary. */
function linesLike(id: string, { template, service }: LogTemplate): string {
  const parts = template.split('<*>').map((part) => part.trim());
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  return runLogsQuery(id, service) + (longest === '' ? '' : ` |= ${JSON.stringify(longest)}`);
}

function rank({ level }: LogTemplate): number {
  const place = order.indexOf(level);
  return place === -1 ? order.length : place;
}
