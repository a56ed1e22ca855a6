import type { HostStatus } from '../../../shared/contract/host';
import { useDismissProblem } from '../../client/use-dismiss-problem';
import { ProblemList } from '../../page/problem-list';
import { Section } from '../../ui/layout/section';
import { ServiceTable } from './service-table';

const abilities = {
  lifecycle: 'Start and stop',
  services: 'Logs and restarts of its services',
  storage: 'Retention, deleting and export',
  forwarding: 'Copies to destinations',
  ingest: 'Rates of what arrives',
  traces: 'Traces',
  logs: 'Log lines',
  metrics: 'Metrics',
} as const;

/** A backend that is not run from here: where it answers, what is wrong with it, and what is left to those who run it. */
export function ForeignView({ status }: { status: HostStatus }) {
  const dismiss = useDismissProblem();
  const { capabilities, problems } = status;
  const left = (Object.keys(abilities) as (keyof typeof abilities)[]).filter((each) => !capabilities[each]);
  return (
    <>
      {problems.length > 0 && <ProblemList problems={problems} onDismiss={dismiss} />}
      <ServiceTable status={status} />
      <Section title="Not from here">
        {left.map((each) => (
          <div key={each} className="grid gap-x-6 px-3 py-2 min-[760px]:grid-cols-[16rem_minmax(0,1fr)]">
            <span className="text-faint">{abilities[each]}</span>
            <span className="text-muted">{capabilities.because[each]}</span>
          </div>
        ))}
      </Section>
    </>
  );
}
