/** Paths of runtimes and of installed packages. */
const paths =
  /node_modules|^node:|\bnode:|\(internal\/|^internal\/|site-packages|dist-packages|\/vendor\/|^vendor\/|<frozen |\/lib\/python\d|\/lib\/ruby\/|\/gems\/|\/usr\/local\/go\/|\/go\/pkg\/mod\/|\.cargo\/registry|\/rustc\/|^\[native code\]|^native$|^<anonymous>$|^index \d+$|\.pnpm\/|\.yarn\/|webpack\/(?:bootstrap|runtime)|\/_next\/static\/chunks\/(?:framework|main|polyfills)/;
/** Namespaces of runtimes and of common frameworks, where files say nothing. */
const names =
  /^(?:(?:app\/\/|platform\/\/|[\w.-]+\/)?(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|clojure|akka|org\.(?:springframework|apache|hibernate|eclipse|jboss|junit|gradle|postgresql|slf4j|aspectj|jooq|thymeleaf)|io\.(?:netty|undertow|grpc|vertx|micronaut|quarkus|opentelemetry|reactivex|micrometer)|reactor|com\.(?:zaxxer|mysql|fasterxml|google\.common|google\.inject|mongodb|rabbitmq)|ch\.qos|feign|redis\.clients|okhttp3|retrofit2)\.|System\.|Microsoft\.|Npgsql\.|MySql\.|StackExchange\.|Grpc\.|runtime\.|reflect\.|net\/http|net\.|database\/sql|testing\.|syscall\.|core::|std::|alloc::|tokio::|hyper::|rust_begin_unwind)/;
/** Classes and methods that frameworks write at run time. */
const made =
  /\$\$(?:EnhancerBy|FastClassBy|SpringCGLIB|Lambda)|\bGeneratedMethodAccessor|\$Proxy\d+|^<(?:anonymous|frozen)/;

/** Whether a frame is of a runtime or of a package rather than of one's own code, as far as its path and name tell it. */
export function isLibraryFrame(name: string, file: string): boolean {
  return paths.test(file) || names.test(name) || made.test(name);
}
