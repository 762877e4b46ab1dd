import { type Protocol, ServiceError, type ServiceResponse } from "./iam/protocols.ts";

/** A failure that a service is told to have. */
export interface Fault {
  /** The operation that fails; any one by default. */
  readonly operation?: string;
  /** How many calls fail; 1 by default. */
  readonly times?: number;
  /** `before`, the default: the request has no effect. `after`: it is carried out, and only its answer is lost. */
  readonly when?: "before" | "after";
  /** What the caller is told; `cut` closes the connection without a word. */
  readonly error: { readonly status?: number; readonly code: string; readonly message?: string } | "cut";
}

/** Failures on request, so that a test can show what a caller does about them. */
export interface Faults {
  /** The next calls that fit fail; several faults are taken in the order in which they were added. */
  next(fault: Fault): void;
  /** Takes back what has not happened yet. */
  clear(): void;
}

const cut = "ConnectionCut";

function errorOf({ error }: Fault): ServiceError {
  if (error === "cut") return new ServiceError(500, cut, "The connection is cut.");
  return new ServiceError(error.status ?? 400, error.code, error.message ?? `${error.code}, on request of a test`);
}

/** @returns `faults` for tests, and `around`, which a service calls for each operation */
export function createFaults() {
  const pending: { fault: Fault; left: number }[] = [];

  function take(operation: string): Fault | undefined {
    const next = pending.find(({ fault }) => (fault.operation ?? operation) === operation);
    if (!next) return undefined;
    next.left -= 1;
    if (next.left === 0) pending.splice(pending.indexOf(next), 1);
    return next.fault;
  }

  const faults: Faults = {
    next: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
    clear: () => void pending.splice(0),
  };

  async function around(
    operation: string,
    run: () => ServiceResponse | Promise<ServiceResponse>,
  ): Promise<ServiceResponse> {
    const fault = take(operation);
    if (fault && fault.when !== "after") throw errorOf(fault);
    const response = await run();
    if (fault) throw errorOf(fault);
    return response;
  }

  return { faults, around };
}

/** A protocol whose connections can be cut: the front closes the connection of a request whose answer cannot be formatted. */
export const withCuts = (protocol: Protocol): Protocol => ({
  ...protocol,
  format(error, requestId) {
    if (error.code === cut) throw error;
    return protocol.format(error, requestId);
  },
});
