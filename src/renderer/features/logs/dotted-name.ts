/** Names of OpenTelemetry's conventions in which an underscore stays one: Loki writes every other character as one, too. */
const withUnderscores = `
  http.request.method_original http.response.status_code http.request.resend_count http.request.body.size
  http.response.body.size network.protocol.name network.protocol.version network.peer.address network.peer.port
  rpc.grpc.status_code db.query.text db.operation.name db.collection.name db.response.status_code db.system.name
  messaging.destination.name messaging.batch.message_count process.command_args process.command_line
  process.executable.name process.executable.path process.runtime.name process.runtime.version process.runtime.description
  process.parent_pid deployment.environment.name service.instance.id service.namespace service.version service.name
  telemetry.sdk.name telemetry.sdk.version telemetry.sdk.language telemetry.distro.name telemetry.distro.version
  telemetry.auto.version host.name host.id host.arch host.type os.type os.version os.name os.description container.id
  container.name container.image.name container.image.tags k8s.pod.name k8s.pod.uid k8s.namespace.name k8s.node.name
  k8s.deployment.name k8s.container.name k8s.container.restart_count k8s.cluster.name cloud.provider cloud.region
  cloud.account.id cloud.availability_zone code.function.name code.file.path code.line.number code.function code.filepath
  code.lineno code.namespace thread.id thread.name exception.type exception.message exception.stacktrace
  exception.escaped error.type enduser.id user.id session.id url.full url.path url.query url.scheme server.address
  server.port client.address client.port user_agent.original http.request.method http.route http.method http.url
  http.status_code http.target http.user_agent net.host.name net.peer.name net.peer.port log.file.name log.file.path
  log.iostream log.logger gen_ai.system gen_ai.request.model gen_ai.response.model gen_ai.usage.input_tokens
  gen_ai.usage.output_tokens feature_flag.key feature_flag.provider_name peer.service scope.name scope.version
`;
const byLabel = new Map(
  withUnderscores
    .trim()
    .split(/\s+/)
    .map((name) => [name.replaceAll('.', '_'), name]),
);

/** A label as OpenTelemetry's conventions write the attribute; the label itself where they do not know it. */
export function dottedName(label: string): string {
  return byLabel.get(label) ?? label;
}
