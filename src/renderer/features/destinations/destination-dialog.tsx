import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import type { Destination, DestinationInput } from '../../../shared/contract/destinations';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { Button } from '../../ui/controls/button';
import { Field } from '../../ui/controls/field';
import { Input } from '../../ui/controls/input';
import { Tabs } from '../../ui/controls/tabs';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Badge } from '../../ui/marks/badge';
import { Dialog } from '../../ui/overlays/dialog';
import { checkDestination, type DestinationField } from './check-destination';
import { cutPresignedToken } from './cut-presigned-token';
import { destinationKind, destinationKinds } from './destination-kinds';
import { HeaderFields } from './header-fields';

interface DestinationDialogProps {
  /** Absent: a new one. */
  destination?: Destination;
  kind: Destination['kind'];
  /** In words, where the secret will be. */
  secretStore: string;
  /** `test`: a span is to be sent to it now. */
  onSaved: (id: string, test: boolean) => void;
  onClose: () => void;
}

/** What a destination needs. Secrets live in the form's own fields, never in the page's state or markup. */
export function DestinationDialog({ destination, kind: first, secretStore, onSaved, onClose }: DestinationDialogProps) {
  const [kind, setKind] = useState(first);
  const [endpoint, setEndpoint] = useState(destination?.endpoint ?? '');
  const pastedToken = useRef('');
  const [tokenFound, setTokenFound] = useState(false);
  const [problems, setProblems] = useState<Partial<Record<DestinationField, string>>>({});
  const look = destinationKind(kind);
  // What was sent holds a secret: it is not kept for later.
  const add = useMutation(orpc.destinations.add.mutationOptions({ gcTime: 0 }));
  const update = useMutation(orpc.destinations.update.mutationOptions({ gcTime: 0 }));
  const pending = add.isPending || update.isPending;
  const error = add.error ?? update.error;

  const forgetToken = () => {
    pastedToken.current = '';
    setTokenFound(false);
  };
  const takeEndpoint = (text: string, typed: boolean) => {
    // While it is typed letter by letter, the token's first letter is not the whole token.
    const found = typed ? null : cutPresignedToken(text);
    if (!found) return setEndpoint(text);
    pastedToken.current = found.token;
    setKind(destination ? kind : 'sumo');
    setTokenFound(true);
    setEndpoint(found.endpoint);
  };
  const save = (input: DestinationInput, test: boolean) => {
    const options = { onSuccess: ({ id }: Destination) => onSaved(id, test) };
    if (destination) update.mutate({ id: destination.id, destination: input }, options);
    else add.mutate(input, options);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const cut = cutPresignedToken(endpoint);
    const values = form.getAll('header-value');
    const headers = form.getAll('header-name').map((name, index) => ({ name: `${name}`, value: `${values[index]}` }));
    const checked = checkDestination(
      {
        kind,
        name: text('name'),
        endpoint: cut?.endpoint ?? endpoint,
        instanceId: text('instance-id'),
        token: cut?.token ?? (tokenFound ? pastedToken.current : text('token')),
        headers: form.has('headers-given') ? headers : null,
      },
      destination?.hasSecret ?? false,
    );
    setProblems('problems' in checked ? checked.problems : {});
    const { submitter } = event.nativeEvent as globalThis.SubmitEvent;
    if ('input' in checked) save(checked.input, submitter?.getAttribute('value') === 'test');
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={destination ? `Edit ${destination.name}` : 'Add a destination'}
      className="w-[min(38rem,92vw)]"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="destination" value="test" disabled={pending}>
            Save and test
          </Button>
          <Button type="submit" form="destination" value="save" tone="primary" disabled={pending}>
            {pending ? 'Saving' : 'Save'}
          </Button>
        </>
      }
    >
      <form id="destination" onSubmit={submit} className="grid gap-3 p-px">
        {!destination && (
          <Tabs
            label="Kind of destination"
            value={kind}
            onChange={setKind}
            tabs={destinationKinds.map((each) => ({ value: each.kind, label: each.title }))}
          />
        )}
        <p className="text-muted">{look.steps}</p>
        <Field label={look.endpointLabel} error={problems.endpoint} note={endpointNote(kind, tokenFound)}>
          {(ids) => (
            <Input
              {...ids}
              mono
              autoFocus
              className="w-full"
              value={endpoint}
              placeholder={look.endpointExample}
              invalid={Boolean(problems.endpoint)}
              onChange={(event) => {
                const text = event.target.value;
                takeEndpoint(text, Math.abs(text.length - endpoint.length) <= 1);
              }}
              onBlur={() => takeEndpoint(endpoint, false)}
            />
          )}
        </Field>
        {kind === 'grafana-cloud' && (
          <Field label="Instance id" error={problems.instanceId}>
            {(ids) => (
              <Input
                {...ids}
                mono
                name="instance-id"
                inputMode="numeric"
                className="w-44"
                defaultValue={destination?.instanceId}
                placeholder="123456"
                invalid={Boolean(problems.instanceId)}
              />
            )}
          </Field>
        )}
        {look.tokenLabel &&
          (tokenFound ? (
            <p className="flex items-center gap-2">
              <Badge tone="ok">token found</Badge>
              <span className="text-muted">It was cut out of the URL and will be kept as a secret.</span>
              <Button size="sm" tone="quiet" onClick={forgetToken}>
                Give another
              </Button>
            </p>
          ) : (
            <Field
              label={look.tokenLabel}
              error={problems.token}
              note={destination?.hasSecret ? 'Leave it empty to keep the one that is known.' : undefined}
            >
              {(ids) => (
                <Input
                  {...ids}
                  mono
                  name="token"
                  type="password"
                  autoComplete="new-password"
                  className="w-full"
                  invalid={Boolean(problems.token)}
                />
              )}
            </Field>
          ))}
        {kind === 'otlp' && (
          <HeaderFields
            names={destination?.headerNames ?? []}
            hasSecret={destination?.hasSecret ?? false}
            error={problems.headers}
          />
        )}
        <Field label="Name" error={problems.name} note="As it is called in this panel.">
          {(ids) => (
            <Input
              {...ids}
              key={kind}
              name="name"
              maxLength={60}
              className="w-full"
              defaultValue={destination?.name ?? (kind === 'otlp' ? '' : look.title)}
              placeholder="Collector of the staging cluster"
              invalid={Boolean(problems.name)}
            />
          )}
        </Field>
        <p className="text-xs text-muted">
          Secrets are kept in {secretStore}. Nothing is sent before you switch it on.
        </p>
        {error && <ProblemCard problem={describeError(error)} />}
      </form>
    </Dialog>
  );
}

function endpointNote(kind: Destination['kind'], tokenFound: boolean): string {
  if (kind !== 'sumo') return 'Without /v1/traces: the signals’ paths are added.';
  return tokenFound ? 'Recognised as a presigned URL.' : 'A token in the URL is cut out as soon as it is pasted.';
}
