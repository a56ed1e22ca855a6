import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import type { ExternalInput, ExternalStatus } from '../../../../shared/contract/external';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { Button } from '../../../ui/controls/button';
import { Field } from '../../../ui/controls/field';
import { Input } from '../../../ui/controls/input';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Dialog } from '../../../ui/overlays/dialog';
import { ExternalHeaders, readHeaders } from './external-headers';
import { type AddressField, type ExternalField, readExternalForm } from './read-external-form';
import { TrialList } from './trial-list';

interface ExternalDialogProps {
  status: ExternalStatus;
  onSaved: () => void;
  onClose: () => void;
}

interface FormField {
  name: AddressField | 'tenant' | 'caFile';
  label: string;
  example: string;
  note?: string;
}

const asked: readonly FormField[] = [
  { name: 'tempo', label: 'Tempo', example: 'https://tempo.example.com' },
  { name: 'loki', label: 'Loki', example: 'https://loki.example.com' },
  {
    name: 'prometheus',
    label: 'Prometheus or Mimir',
    example: 'https://mimir.example.com/prometheus',
    note: 'Of a Mimir with /prometheus at its end.',
  },
];
const sentTo: readonly FormField[] = [
  { name: 'otlpGrpc', label: 'OTLP gRPC, if apps may send', example: 'https://otlp.example.com:4317' },
  { name: 'otlpHttp', label: 'OTLP HTTP, if apps may send', example: 'https://otlp.example.com:4318' },
];
const access: readonly FormField[] = [
  { name: 'tenant', label: 'Tenant', example: 'team-a', note: 'Sent as X-Scope-OrgID; no secret.' },
  {
    name: 'caFile',
    label: 'Certificate authority',
    example: '/etc/ssl/company-ca.pem',
    note: 'PEM file on the machine of the host, for TLS by a private authority.',
  },
];

/** Where the external backend answers, and what it asks for. Values of headers live in the form's own fields alone. */
export function ExternalDialog({ status, onSaved, onClose }: ExternalDialogProps) {
  const { settings } = status;
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Partial<Record<ExternalField, string>>>({});
  const queries = useQueryClient();
  // What was sent holds secrets: it is not kept for later.
  const save = useMutation(
    orpc.backend.setExternal.mutationOptions({
      gcTime: 0,
      onSuccess: (saved) => {
        queries.setQueryData(orpc.backend.external.queryKey(), saved);
        onSaved();
      },
    }),
  );
  const attempt = useMutation(orpc.backend.tryExternal.mutationOptions({ gcTime: 0 }));
  const pending = save.isPending || attempt.isPending;
  const error = save.error ?? attempt.error;

  const withInput = (use: (input: ExternalInput) => void) => {
    if (!form.current) return;
    const data = new FormData(form.current);
    const text = (name: FormField['name']) => String(data.get(name) ?? '');
    const read = readExternalForm({
      tempo: text('tempo'),
      loki: text('loki'),
      prometheus: text('prometheus'),
      otlpGrpc: text('otlpGrpc'),
      otlpHttp: text('otlpHttp'),
      tenant: text('tenant'),
      caFile: text('caFile'),
      headers: readHeaders(data),
    });
    setProblems('problems' in read ? read.problems : {});
    save.reset();
    if ('input' in read) use(read.input);
    else attempt.reset();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    withInput((input) => {
      attempt.reset();
      save.mutate(input);
    });
  };
  const fields = (list: readonly FormField[]) =>
    list.map(({ name, label, example, note }) => {
      const wrong = name === 'tenant' || name === 'caFile' ? undefined : problems[name];
      return (
        <Field key={name} label={label} note={note} error={wrong}>
          {(ids) => (
            <Input
              {...ids}
              mono
              autoFocus={name === 'tempo'}
              name={name}
              className="w-full"
              defaultValue={settings?.[name] ?? ''}
              placeholder={example}
              invalid={Boolean(wrong)}
            />
          )}
        </Field>
      );
    });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={settings ? 'Edit the external backend' : 'Set up the external backend'}
      className="w-[min(42rem,92vw)]"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={pending} onClick={() => withInput((input) => attempt.mutate(input))}>
            {attempt.isPending ? 'Testing' : 'Test'}
          </Button>
          <Button type="submit" form="external" tone="primary" disabled={pending}>
            {save.isPending ? 'Saving' : 'Save'}
          </Button>
        </>
      }
    >
      <form id="external" ref={form} onSubmit={submit} className="grid gap-3 p-px">
        <p className="text-muted">
          It is searched and followed from here. Nothing of it is started, stopped, deleted or written by Watchtower.
          One of the three APIs is enough: what the others would show is greyed then.
        </p>
        {fields(asked)}
        <div className="grid items-start gap-3 min-[640px]:grid-cols-2">{fields(sentTo)}</div>
        <div className="grid items-start gap-3 min-[640px]:grid-cols-2">{fields(access)}</div>
        <ExternalHeaders saved={status.hasSecrets ? (settings?.headers ?? []) : []} error={problems.headers} />
        <p className="text-xs text-muted">Values of headers are kept in {status.secretStore}.</p>
        {attempt.data && <TrialList trials={attempt.data} />}
        {error && <ProblemCard problem={describeError(error)} />}
      </form>
    </Dialog>
  );
}
