import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HostClient } from '../../../core/http/client/create-host-client';
import { withoutExported } from '../../../core/run-command/exported-lines';
import { outputRequest } from '../../../core/run-command/otlp-json';
import type { OutputRecord } from '../../../core/run-command/output-record';
import { OutputSender } from '../../../core/run-command/output-sender';
import { postOtlp } from '../../../core/run-command/post-otlp';
import { unsentFileOf } from '../../../core/run-command/unsent-lines';
import type { RunFacts } from '../../../core/run-environment/compose-environment';
import { createFolder } from '../../../ground/create-folder';
import { runIdLabel } from '../../../shared/runs/run-attributes';

export interface KeptOutput {
  sender: OutputSender;
  /** Where lines are that no host took. */
  spool: string;
}

export interface OutputKeeping {
  client: HostClient;
  run: RunFacts;
  service: string;
  home: string;
  /** OTLP/HTTP base URL. */
  endpoint: string;
}

/** An app writes its line and exports its record at about the same time. */
const aroundMs = 10_000;
const mostExported = 5_000;

/** Sends the output of a run to the host as log records; what a host that is gone cannot take goes into a file of the home. */
export function keepOutput({ client, run, service, home, endpoint }: OutputKeeping): KeptOutput {
  const spool = unsentFileOf(home, run.id);
  const encode = (records: readonly OutputRecord[]) => outputRequest(run, service, records);
  const sender = new OutputSender({
    send: (records) => postOtlp(endpoint, 'logs', encode(records)),
    async spool(records) {
      createFolder(dirname(spool));
      await appendFile(spool, `${encode(records)}\n`, { mode: 0o600 });
    },
    async withoutExported(records) {
      const times = records.map(({ timeNs }) => Number(BigInt(timeNs) / 1_000_000n));
      const { records: exported } = await client.logs.query({
        query: `{service_name=~".+"} | ${runIdLabel}="${run.id}" | log_iostream=""`,
        window: { from: times[0]! - aroundMs, to: times.at(-1)! + aroundMs },
        limit: mostExported,
        direction: 'forward',
      });
      return withoutExported(
        records,
        // A console's formatter prints the stack below the line.
        exported.flatMap(({ line, labels }) => [line, ...(labels.exception_stacktrace?.split('\n') ?? [])]),
      );
    },
  });
  return { sender, spool };
}
