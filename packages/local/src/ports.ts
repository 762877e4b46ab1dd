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
 * Lowest and highest port to pick. The range lies below the ephemeral ports that systems use for outgoing connections.
 * An ephemeral port could be taken between the check and the call of `listen`.
 */
const lowest = 15_000;
const highest = 32_000;

/** Listens on a random free port. Random ports keep processes that search at the same time from colliding. */
async function listenSomewhere(attempts = 100): Promise<net.Server> {
  try {
    return await listen(randomInt(lowest, highest));
  } catch (error) {
    if (attempts === 0) throw error;
    return listenSomewhere(attempts - 1);
  }
}

/** Returns `count` different free ports of 127.0.0.1. */
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

/** Returns whether a port of 127.0.0.1 is free. 0 is always free. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}
