import { CopyButton } from '../../ui/text/copy-button';
import { useEnvBlock } from './use-env-block';

/** The lines that point an application here, to be copied. */
export function EnvQuickCopy() {
  const { env } = useEnvBlock();
  if (!env) return null;
  return <CopyButton text={env.code} what={`the env block for ${env.shell}`} label={`Copy for ${env.shell}`} />;
}
