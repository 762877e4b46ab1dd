import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";

const isDistribution = (options: unknown, port: number): options is { host: string; port: number } => {
  if (typeof options !== "object" || options === null) return false;
  const { host, port: asked }: { host?: unknown; port?: unknown } = options;
  return host === "localhost" && Number(asked) === port;
};

/**
 * Sends HTTPS requests to the distribution as plain HTTP. On AWS, a distribution has a certificate, and code builds its
 * URL as `https://` and the request's host. The local distribution has none. Clients of Node, such as `https` and
 * `fetch`, open their connections with `tls.connect`.
 *
 * @param port port of the distribution on this machine
 */
export function plainHttpsTo(port: number): void {
  const { connect } = tls;
  const connectPlainly = (...args: readonly unknown[]): unknown => {
    const [options] = args;
    if (!isDistribution(options, port)) return Reflect.apply(connect, tls, args);
    const socket = net.connect({ host: options.host, port });
    return socket.once("connect", () => socket.emit("secureConnect"));
  };
  Object.assign(tls, { connect: connectPlainly });
  syncBuiltinESMExports();
}
