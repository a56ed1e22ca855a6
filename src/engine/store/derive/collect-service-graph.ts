import type { Columns, StoreReader } from '../reader/reader';
import { type DerivedUpdate, withoutEmpty } from './collect-span-metrics';
import { type ArrivalWindows, CALLS, countedSpans, FINISHED, inRange } from './counted-spans';
import type { Latencies } from './instruments';
import { durationOf, LatencyBounds } from './latency-columns';
import type { PeerAttributes } from './peer-attributes';

const TOTAL = 'traces_service_graph_request_total';
const FAILED = 'traces_service_graph_request_failed_total';
const SERVER = 'traces_service_graph_request_server_seconds';
const CLIENT = 'traces_service_graph_request_client_seconds';
const BOUNDS = new LatencyBounds(0.1, 8);

/** OTLP's kinds of spans: 2 server, 3 client, 4 producer, 5 consumer. */
const CLIENTS = 'kind IN (3, 4)';
const SERVERS = 'kind IN (2, 5)';
const FAILURES = 'count(*) FILTER (WHERE failed)::DOUBLE';
const FAILED_CALLS = 'count(*) FILTER (WHERE failed AND is_call)::DOUBLE';

interface Edge {
  readonly client: string;
  readonly server: string;
  readonly connectionType: '' | 'messaging_system' | 'database' | 'virtual_node';
  /** All of them; those of unknown duration are not among the seconds. */
  readonly requests: number;
  readonly failed: number;
  readonly clientSeconds: Latencies;
  readonly serverSeconds: Latencies;
}

/**
 * Requests between services, as Tempo's service graph: a client span and the server span below it, calls of databases,
 * requests of users (root server spans), and calls of services that never answered with a span of their own.
 */
export async function collectServiceGraph(
  reader: StoreReader,
  windows: ArrivalWindows,
  peers: PeerAttributes,
  repeated: readonly bigint[],
): Promise<DerivedUpdate> {
  const counted = countedSpans(windows, repeated);
  await peers.refresh(reader.database);
  const edges = [
    ...(await pairs(reader, windows)),
    ...(await userRequests(reader, counted)),
    ...(await databaseCalls(reader, counted, peers)),
    ...(await virtualNodes(reader, windows, peers)),
  ];
  return (instruments, sink, nowMs) => {
    for (const { client, server, connectionType, requests, failed, clientSeconds, serverSeconds } of edges) {
      const labels = withoutEmpty(['client', client, 'connection_type', connectionType, 'server', server]);
      instruments.count(sink, nowMs, TOTAL, labels, requests);
      if (failed > 0) instruments.count(sink, nowMs, FAILED, labels, failed);
      const observe = (name: string, seconds: Latencies) => {
        if (seconds.buckets.at(-1)! > 0) instruments.observe(sink, nowMs, name, BOUNDS.texts, labels, seconds);
      };
      observe(SERVER, serverSeconds);
      observe(CLIENT, clientSeconds);
    }
    if (edges.length === 0) return;
    sink.metadata(TOTAL, 'counter', '', 'Total count of requests between two nodes');
    sink.metadata(FAILED, 'counter', '', 'Total count of failed requests between two nodes');
    sink.metadata(SERVER, 'histogram', 'seconds', 'Time for a request between two nodes as seen from the server');
    sink.metadata(CLIENT, 'histogram', 'seconds', 'Time for a request between two nodes as seen from the client');
  };
}

async function pairs(reader: StoreReader, { previous, current }: ArrivalWindows): Promise<Edge[]> {
  const answer = await reader.database.columns(
    `WITH half AS (SELECT seq, trace_hi, trace_lo, span_id, parent_id, kind, status, resource, ${durationOf()} AS duration_ns FROM spans WHERE seq >= $1 AND seq < $3 AND kind >= 2 AND ${FINISHED}),
     edge AS (
       SELECT c.resource AS client, s.resource AS server, c.kind = 4 OR s.kind = 5 AS messaging,
         c.status = 2 OR s.status = 2 AS failed, c.duration_ns AS client_ns, s.duration_ns AS server_ns
       FROM half c JOIN half s ON s.trace_lo = c.trace_lo AND s.trace_hi = c.trace_hi AND s.parent_id = c.span_id
       WHERE c.${CLIENTS} AND s.${SERVERS} AND s.parent_id <> 0 AND greatest(c.seq, s.seq) >= $2)
     SELECT client, server, messaging, count(*)::DOUBLE, ${FAILURES}, ${BOUNDS.columns('client_ns')}, ${BOUNDS.columns('server_ns')}
     FROM edge GROUP BY client, server, messaging`,
    [previous.from, current.from, current.to],
  );
  const [client, server, messaging, requests, failed] = answer.columns as [
    Uint32Array,
    Uint32Array,
    Uint8Array,
    Float64Array,
    Float64Array,
  ];
  return edgesOf(answer, (row) => ({
    client: serviceOf(reader, client[row]!),
    server: serviceOf(reader, server[row]!),
    connectionType: messaging[row] === 1 ? 'messaging_system' : '',
    requests: requests[row]!,
    failed: failed[row]!,
    clientSeconds: BOUNDS.read(answer, row, 5),
    serverSeconds: BOUNDS.read(answer, row, 5 + BOUNDS.width),
  }));
}

async function userRequests(reader: StoreReader, counted: string): Promise<Edge[]> {
  const answer = await reader.database.columns(
    `SELECT resource, ${CALLS}, ${FAILED_CALLS}, ${BOUNDS.columns('known_ns')}
     FROM (SELECT *, ${durationOf()} AS known_ns, status = 2 AS failed FROM ${counted} WHERE ${SERVERS} AND parent_id = 0)
     GROUP BY resource`,
  );
  const [resource, requests, failed] = answer.columns as [Uint32Array, Float64Array, Float64Array];
  return edgesOf(answer, (row) => {
    const serverSeconds = BOUNDS.read(answer, row, 3);
    return {
      client: 'user',
      server: serviceOf(reader, resource[row]!),
      connectionType: 'virtual_node',
      requests: requests[row]!,
      failed: failed[row]!,
      clientSeconds: BOUNDS.zeros(serverSeconds.buckets.at(-1)!),
      serverSeconds,
    };
  });
}

async function databaseCalls(reader: StoreReader, counted: string, peers: PeerAttributes): Promise<Edge[]> {
  const { ids, ofDatabase } = peers.all();
  if (!ofDatabase.includes(true)) return [];
  const answer = await reader.database.columns(
    `WITH ${callsWithPeers(counted, '$1', '$2')}
     SELECT resource, peers, ${CALLS}, ${FAILED_CALLS}, ${BOUNDS.columns('duration_ns')} FROM call WHERE of_database GROUP BY resource, peers`,
    [ids, ofDatabase],
  );
  const [resource, called, requests, failed] = answer.columns as [Uint32Array, number[][], Float64Array, Float64Array];
  return edgesOf(answer, (row) => {
    const seconds = BOUNDS.read(answer, row, 4);
    return {
      client: serviceOf(reader, resource[row]!),
      server: peers.databaseName(called[row]!) ?? '',
      connectionType: 'database',
      requests: requests[row]!,
      failed: failed[row]!,
      clientSeconds: seconds,
      serverSeconds: seconds,
    };
  });
}

/** Calls of the previous window that named their peer and were not answered until now. */
async function virtualNodes(
  reader: StoreReader,
  { older, previous, current }: ArrivalWindows,
  peers: PeerAttributes,
): Promise<Edge[]> {
  const { ids, ofDatabase } = peers.services();
  if (!ofDatabase.includes(false) || previous.from === previous.to) return [];
  const answer = await reader.database.columns(
    `WITH ${callsWithPeers(`(SELECT *, true AS is_call FROM spans WHERE ${inRange(previous)} AND ${FINISHED})`, '$3', '$4')},
     answer AS (SELECT trace_hi, trace_lo, parent_id AS span_id FROM spans WHERE seq >= $1 AND seq < $2 AND ${SERVERS})
     SELECT resource, peers[1], count(*)::DOUBLE, ${FAILURES}, ${BOUNDS.columns('duration_ns')}
     FROM (FROM call WHERE NOT of_database) ANTI JOIN answer USING (trace_hi, trace_lo, span_id)
     GROUP BY resource, peers[1]`,
    [older.from, current.to, ids, ofDatabase],
  );
  const [resource, peer, requests, failed] = answer.columns as [Uint32Array, Uint32Array, Float64Array, Float64Array];
  return edgesOf(answer, (row) => {
    const clientSeconds = BOUNDS.read(answer, row, 4);
    return {
      client: serviceOf(reader, resource[row]!),
      server: peers.text(peer[row]!),
      connectionType: 'virtual_node',
      requests: requests[row]!,
      failed: failed[row]!,
      clientSeconds,
      serverSeconds: BOUNDS.zeros(clientSeconds.buckets.at(-1)!),
    };
  });
}

/**
 * `call`: client spans that have one of the attributes `ids`, these as `peers`. Attributes are joined a row each:
 * searched as lists they cost fifty times as much.
 */
function callsWithPeers(spans: string, ids: string, ofDatabase: string): string {
  return `attribute AS (SELECT seq, unnest(attributes) AS id FROM ${spans} WHERE ${CLIENTS}),
    known AS (SELECT unnest(${ids}) AS id, unnest(${ofDatabase}) AS of_database),
    peer AS (
      SELECT seq, list(id ORDER BY id) AS peers, bool_or(of_database) AS of_database
      FROM attribute JOIN known USING (id) GROUP BY seq),
    call AS (
      SELECT trace_hi, trace_lo, span_id, resource, status = 2 AS failed, is_call, ${durationOf()} AS duration_ns, peers, of_database
      FROM ${spans} JOIN peer USING (seq))`;
}

function edgesOf({ rowCount }: Columns, edge: (row: number) => Edge): Edge[] {
  return Array.from({ length: rowCount }, (_, row) => edge(row));
}

function serviceOf({ dictionary }: StoreReader, resource: number): string {
  return dictionary.resources().get(resource)?.service ?? 'unknown_service';
}
