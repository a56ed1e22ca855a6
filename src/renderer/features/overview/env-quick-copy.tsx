import { Link } from '@tanstack/react-router';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { CopyButton } from '../../ui/text/copy-button';
import { useEnvBlock } from './use-env-block';

export function EnvQuickCopy() {
  const { env, problem } = useEnvBlock();
  return (
    <Section
      title="Environment"
      aside={
        env && <CopyButton text={env.code} what={`the env block for ${env.shell}`} label={`Copy for ${env.shell}`} />
      }
    >
      {problem ? (
        <div className="p-3">
          <ProblemCard problem={problem} />
        </div>
      ) : (
        <pre className="overflow-x-auto p-3 font-mono text-xs leading-5">{env?.code ?? '…'}</pre>
      )}
      <p className="px-3 py-2 text-xs text-muted">
        <Link to="/connect" className="text-accent underline-offset-2 hover:underline">
          Other shells, languages and service names
        </Link>
      </p>
    </Section>
  );
}
