import { type Protocol, ServiceError, type ServiceResponse } from "./iam/protocols.ts";

/** An injected failure of a service. */
export interface Fault {
  /** The operation that fails, such as `PutItem`. Any operation by default. */
  readonly operation?: string;
  /** Name of the function whose calls fail. Calls of any caller fail by default. */
  readonly caller?: string;
  /** Number of calls that fail; 1 by default. */
  readonly times?: number;
  /** `before` (default): the request has no effect. `after`: the request is executed, and only its response is lost. */
  readonly when?: "before" | "after";
  /** The error that the caller receives. `cut` closes the connection without a response. */
  readonly error: FaultError | "cut";
}

/** An error with the service's error code. Status and message default to the service's. */
export interface FaultError {
  readonly status?: number;
  readonly code: string;
  readonly message?: string;
}

/** Injects failures, so that tests can show how callers handle them. */
export interface Faults {
  /** Makes the next matching calls fail. Faults apply in the order in which they were added. */
  next(fault: Fault): void;
  /** Removes all faults that have not occurred yet. */
  clear(): void;
}

const cut = "ConnectionCut";

const plainError = ({ code, status = 400, message = `${code}, injected by a test` }: FaultError) =>
  new ServiceError(status, code, message);

/** Details of a call for fault injection. */
export interface FaultyCall {
  /** Name of the caller. */
  readonly caller?: string | undefined;
  /** Formats the error as this service does. Generic by default. */
  wording?(error: FaultError): ServiceError;
}

/** @returns `faults` for tests, and `around`, which wraps each operation of a service */
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

  /** @throws ServiceError when a fault matches the call */
  async function around(
    operation: string,
    run: () => ServiceResponse | Promise<ServiceResponse>,
    { caller, wording = plainError }: FaultyCall = {},
  ): Promise<ServiceResponse> {
    const fault = take(operation, caller);
    const errorOf = ({ error }: Fault): ServiceError =>
      error === "cut" ? new ServiceError(500, cut, "A test cut the connection.") : wording(error);
    if (fault && fault.when !== "after") throw errorOf(fault);
    const response = await run();
    if (fault) throw errorOf(fault);
    return response;
  }

  return { faults, around };
}

/**
 * Adds support for cut connections to a protocol: throwing while formatting an error makes the front close the
 * connection.
 */
export const withCuts = (protocol: Protocol): Protocol => ({
  ...protocol,
  format(error, requestId) {
    if (error.code === cut) throw error;
    return protocol.format(error, requestId);
  },
});
