import { Link } from '@tanstack/react-router';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Skeleton } from '../../ui/layout/skeleton';
import { HealthMark } from '../../ui/marks/health-mark';
import { CodeBlock } from '../../ui/text/code-block';
import { DemoCommand } from '../demo/demo-command';
import { SendDemoData } from '../demo/send-demo-data';
import { useEnvBlock } from './use-env-block';

/** Nothing has come yet: the lines to run, and the sign that it worked. */
export function FirstRun({ lit }: { lit: boolean }) {
  const { env, problem } = useEnvBlock();
  return (
    <section
      aria-live="polite"
      className={`col-span-full rounded-lg border p-5 transition-colors duration-500 ${lit ? 'border-ok bg-ok-soft' : 'border-line-strong bg-surface'}`}
    >
      <h2 className="flex items-center gap-2.5 text-base font-semibold">
        <HealthMark health={lit ? 'ok' : 'waiting'} size={14} />
        {lit ? 'Your telemetry arrives' : 'Waiting for your first span'}
      </h2>
      {lit ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button tone="primary" render={<Link to="/traces" search={{ live: true }} />}>
            Watch traces arrive
          </Button>
          <Button render={<Link to="/logs" search={{ live: true }} />}>Watch logs arrive</Button>
        </div>
      ) : (
        <>
          <p className="mt-1 text-muted">
            Set these where your app starts. Any OpenTelemetry SDK reads them; start the app after.
          </p>
          <div className="mt-3">
            {problem ? (
              <ProblemCard problem={problem} />
            ) : env ? (
              <CodeBlock code={env.code} syntax={env.syntax} what={`the env block for ${env.shell}`} />
            ) : (
              <Skeleton className="h-24" />
            )}
          </div>
          <p className="mt-3 text-muted">
            Not instrumented yet?{' '}
            <Link to="/connect" className="text-accent underline underline-offset-2">
              Steps for your language
            </Link>
            . No app at hand? See it work with the traces, logs and metrics of a small shop:
          </p>
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <SendDemoData />
            <DemoCommand />
          </div>
        </>
      )}
    </section>
  );
}
