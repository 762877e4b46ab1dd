import type http from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "./closing.ts";

/** A server that listens on this machine only. */
export interface Listening {
  readonly port: number;
  /** Closes every connection. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 * @param port 0 picks a free port
 * @param graceMs time that requests in progress have to finish when the server closes
 * @throws if the port is in use
 */
export async function listen(server: http.Server, port: number, graceMs = 0): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  // A server that listens on a TCP port has an address with a port.
  const address = server.address() as AddressInfo;
  let closing = false;
  server.on("request", (_, response) =>
    response.once("close", () => {
      // A connection that is kept alive is idle from now on, and would keep the server open.
      if (closing) server.closeIdleConnections();
    }),
  );
  const close = once(async () => {
    closing = true;
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    await new Promise((resolve) => server.close(resolve).closeIdleConnections());
    clearTimeout(timer);
  });
  return { port: address.port, close };
}

/**
 * Returns whether a request comes from another site. Checking `Host` stops DNS rebinding: a foreign name that resolves
 * to 127.0.0.1 cannot read anything. Checking `Origin` stops forms of other sites.
 */
export function isForeign({ headers: { host, origin } }: http.IncomingMessage): boolean {
  const own = (url: string) => ["localhost", "127.0.0.1", "[::1]"].includes(URL.parse(url)?.hostname ?? "");
  return !own(`http://${host}`) || (origin !== undefined && !own(origin));
}

/** Host name or address with an optional port: an authority in HTTP (RFC 3986, section 3.2). */
const hostForm = /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i;

/**
 * Returns why a request is malformed for an origin server, or undefined if it is well formed. The message contains no
 * part of the request.
 */
export function faultOf({ httpVersion, url = "", headersDistinct }: http.IncomingMessage): string | undefined {
  if (httpVersion === "0.9") return "HTTP/0.9 is not supported.";
  if (!url.startsWith("/")) return "The request target must be a path.";
  const [host = "", ...others] = headersDistinct.host ?? [];
  const form = hostForm.exec(host);
  if (!form || others.length > 0 || Number(form[1] ?? 0) > 65_535) return "The request needs one valid Host header.";
  return undefined;
}
