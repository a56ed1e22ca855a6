import { useMutation } from '@tanstack/react-query';
import { Sparkles } from 'lucide-react';
import { orpc } from '../../client/contract-client';
import { describeError, isAnswerLost } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { useCanSend } from '../../page/use-can-send';
import { Button, type ButtonProps } from '../../ui/controls/button';
import { HealthMark } from '../../ui/marks/health-mark';
import { showToast } from '../../ui/overlays/toast';

/** Sends the telemetry of an imaginary shop, which every page then shows as it comes; not there where nobody takes it. */
export function SendDemoData({ size }: Pick<ButtonProps, 'size'>) {
  const canSend = useCanSend();
  const send = useMutation(
    orpc.host.sendDemo.mutationOptions({
      onSuccess: ({ traces, spans, logs }) =>
        showToast(
          'Demo data sent',
          `${formatCount(traces)} traces, ${formatCount(spans)} spans, ${formatCount(logs)} logs`,
        ),
      onError: (error) => {
        if (isAnswerLost(error)) return;
        const { message, hint } = describeError(error);
        showToast(message, hint);
      },
    }),
  );
  if (!canSend) return null;
  return (
    <Button size={size} disabled={send.isPending} onClick={() => send.mutate(undefined)}>
      {send.isPending ? <HealthMark health="busy" size={12} /> : <Sparkles size={14} aria-hidden />}
      {send.isPending ? 'Sending demo data' : 'Send demo data'}
    </Button>
  );
}
