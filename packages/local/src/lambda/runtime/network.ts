import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** Domains of AWS endpoints, including API Gateway and function URLs. */
const awsHost = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|on\.aws)\.?$/i;

/** Error of a client that tries to connect to AWS. */
export class AwsUnreachableError extends Error {
  override readonly name = "AwsUnreachableError";
  readonly code = "ECONNREFUSED";

  constructor(host: string) {
    super(
      `The local cloud does not connect to AWS: ${host}. Use the SDK's default endpoint, or one of the AWS_ENDPOINT_URL_ variables.`,
    );
  }
}

type Options = Readonly<Record<string, unknown>>;
type Connection = { readonly options: Options; with(options: Options): readonly unknown[] };

const isOptions = (value: unknown): value is Options => typeof value === "object" && value !== null;

/**
 * Reads the arguments of `Socket.connect`: `(options, …)`, `(port, host, …)` or, from `net.connect`, one array of
 * normalized arguments.
 */
function connectionOf(args: readonly unknown[]): Connection | undefined {
  const [first, second, ...rest] = args;
  if (Array.isArray(first)) {
    const [options] = first;
    if (!isOptions(options)) return undefined;
    const changedInPlace = (changed: Options) => {
      // Node marks this array as normalized. It would read a copy as an address.
      first[0] = changed;
      return args;
    };
    return { options, with: changedInPlace };
  }
  if (isOptions(first)) return { options: first, with: (options) => [options, second, ...rest] };
  return { options: { port: first, host: second }, with: (options) => [options, ...rest] };
}

/**
 * Blocks connections of this process's JavaScript to AWS. Otherwise a client that builds its endpoint itself would
 * leave the machine. Every TCP and TLS connection of Node passes through `Socket.connect`. Clients that resolve names
 * themselves use `node:dns`.
 *
 * @param onRefused receives the host, even if the handler ignores the error
 */
export function refuseAws(onRefused: (host: string) => void): void {
  const refusalOf = (host: unknown): AwsUnreachableError | undefined => {
    if (typeof host !== "string" || !awsHost.test(host)) return undefined;
    onRefused(host);
    return new AwsUnreachableError(host);
  };

  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function refusing(this: net.Socket, ...args: unknown[]) {
    const connection = connectionOf(args);
    const refusal = refusalOf(connection?.options.host);
    if (!connection || !refusal) return Reflect.apply(connect, this, args);
    // The connection fails like one whose host name cannot be resolved.
    const lookup = (_host: string, _options: unknown, done: (error: Error) => void) => done(refusal);
    return Reflect.apply(connect, this, connection.with({ ...connection.options, lookup }));
  };

  for (const name of ["lookup", "resolve", "resolve4", "resolve6"] as const) {
    const [inCallbacks, inPromises] = [dns[name], dns.promises[name]];
    const withCallback = (...args: unknown[]) => {
      const refusal = refusalOf(args[0]);
      const callback = args.at(-1);
      if (!refusal || typeof callback !== "function") return Reflect.apply(inCallbacks, dns, args);
      process.nextTick(() => callback(refusal));
    };
    const withPromise = async (...args: unknown[]) => {
      const refusal = refusalOf(args[0]);
      if (refusal) throw refusal;
      return Reflect.apply(inPromises, dns.promises, args);
    };
    Object.defineProperty(dns, name, { value: Object.assign(withCallback, inCallbacks) });
    Object.defineProperty(dns.promises, name, { value: withPromise });
  }
  syncBuiltinESMExports();
}
