import { randomInt } from "node:crypto";
import net from "node:net";

const host = "127.0.0.1";

function listen(port: number): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

const close = (server: net.Server) => new Promise<void>((resolve) => server.close(() => resolve()));

/**
 * Where ports are looked for: below those that systems give to outgoing connections, one of which could take a port between our
 * finding it free and our listening on it.
 */
const lowest = 15_000;
const highest = 32_000;

/** Listens on a free port, which is chosen at random so that processes that look at the same time do not meet. */
async function listenSomewhere(attempts = 100): Promise<net.Server> {
  try {
    return await listen(randomInt(lowest, highest));
  } catch (error) {
    if (attempts === 0) throw error;
    return listenSomewhere(attempts - 1);
  }
}

/** So many different ports of 127.0.0.1 that are free now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenSomewhere()));
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("A TCP server has an address and a port.");
    return address.port;
  });
  await Promise.all(servers.map(close));
  return ports;
}

/** Whether a port of 127.0.0.1 could be listened on now; 0 always can. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}
