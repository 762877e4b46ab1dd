import { type Protocol, ServiceError, type ServiceResponse } from "./iam/protocols.ts";

/** A failure that a service is told to have. */
export interface Fault {
  /** The operation that fails, such as `PutItem`; any one by default. */
  readonly operation?: string;
  /** Whose calls fail: the name of the function. Everybody's by default. */
  readonly caller?: string;
  /** How many calls fail; 1 by default. */
  readonly times?: number;
  /** `before`, the default: the request has no effect. `after`: it is carried out, and only its answer is lost. */
  readonly when?: "before" | "after";
  /** What the caller is told; `cut` closes the connection without a word. */
  readonly error: FaultError | "cut";
}

/** An error by the service's own name for it; status and message are the service's where a test gives none. */
export interface FaultError {
  readonly status?: number;
  readonly code: string;
  readonly message?: string;
}

/** Failures on request, so that a test can show what a caller does about them. */
export interface Faults {
  /** The next calls that fit fail; several faults are taken in the order in which they were added. */
  next(fault: Fault): void;
  /** Takes back what has not happened yet. */
  clear(): void;
}

const cut = "ConnectionCut";

const plainError = ({ code, status = 400, message = `${code}, on request of a test` }: FaultError) =>
  new ServiceError(status, code, message);

/** What a service says of a call beyond its operation. */
export interface FaultyCall {
  /** The name of who calls. */
  readonly caller?: string | undefined;
  /** The service's own wording of an error; a plain one by default. */
  wording?(error: FaultError): ServiceError;
}

/** @returns `faults` for tests, and `around`, which a service calls for each operation */
export function createFaults() {
  const pending: { fault: Fault; left: number }[] = [];

  function take(operation: string, caller: string | undefined): Fault | undefined {
    const next = pending.find(
      ({ fault }) => (fault.operation ?? operation) === operation && (fault.caller ?? caller) === caller,
    );
    if (!next) return undefined;
    next.left -= 1;
    if (next.left === 0) pending.splice(pending.indexOf(next), 1);
    return next.fault;
  }

  const faults: Faults = {
    next: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
    clear: () => void pending.splice(0),
  };

  /** @throws ServiceError when a fault fits the call */
  async function around(
    operation: string,
    run: () => ServiceResponse | Promise<ServiceResponse>,
    { caller, wording = plainError }: FaultyCall = {},
  ): Promise<ServiceResponse> {
    const fault = take(operation, caller);
    const errorOf = ({ error }: Fault): ServiceError =>
      error === "cut" ? new ServiceError(500, cut, "The connection is cut.") : wording(error);
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
