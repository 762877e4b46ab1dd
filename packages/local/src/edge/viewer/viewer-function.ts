import { createRequire } from "node:module";
import vm from "node:vm";
import type { Resource } from "../../graph/graph.ts";
import { isObject, type JsonObject, object, text } from "../../json.ts";
import { inputsOf } from "../../resource-inputs.ts";
import type { Log } from "../../service-types.ts";
import type { KeyValues } from "./key-values.ts";

interface FunctionInputs {
  readonly code: string | readonly string[];
}

/** Either the request, with the origin settings that the function replaced, or the function's own response. */
export type ViewerRequestResult =
  | { readonly request: JsonObject; readonly origin: JsonObject | undefined }
  | { readonly response: JsonObject };

/** The function failed, or returned a value that CloudFront does not accept. `status` is the viewer's response. */
export class ViewerFunctionError extends Error {
  readonly status: 502 | 503;
  constructor(status: 502 | 503, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

export type ViewerRequestFunction = (event: object) => Promise<ViewerRequestResult>;

/** Modules of the runtime cloudfront-js-2.0 that functions can require. */
const modules: ReadonlySet<string> = new Set(["buffer", "crypto", "querystring"]);
const nodeRequire = createRequire(import.meta.url);
function requireModule(name: string): unknown {
  if (!modules.has(name)) throw new Error(`A CloudFront function has no module ${name}.`);
  return nodeRequire(`node:${name}`);
}

/** The key-value store's API for functions. */
function handleOf(values: KeyValues) {
  const get = async (key: string, { format = "string" }: { format?: string } = {}) => {
    const value = values.get(key);
    if (value === undefined) throw new Error("KeyNotFound");
    return format === "json" ? JSON.parse(value) : value;
  };
  const meta = async () => ({ keyCount: values.size });
  return { get, exists: async (key: string) => values.has(key), count: async () => values.size, meta };
}

/** Compiles the code with its import as a parameter, because a script in `node:vm` cannot import. */
function compile(code: string, name: string, context: vm.Context): unknown {
  const imported = /^\s*import\s+(\w+)\s+from\s+["']cloudfront["'];?/m.exec(code);
  const body = imported ? code.replace(imported[0], "") : code;
  return vm.runInContext(`(${imported?.[1] ?? "cf"}) => {\n${body}\nreturn handler;\n}`, context, { filename: name });
}

const isFunction = (value: unknown): value is (argument: unknown) => unknown => typeof value === "function";

/**
 * Returns a runner for a viewer-request function of the distribution. The code runs unchanged. The runner rejects with
 * a ViewerFunctionError if the function fails or returns an invalid value.
 */
export function viewerRequestFunction(resource: Resource, values: KeyValues, log: Log): ViewerRequestFunction {
  const { code = "" } = inputsOf<FunctionInputs>(resource);
  const print = (...all: unknown[]) => log.info(resource.name, all.join(" "));
  const context = vm.createContext({ console: { log: print, error: print }, require: requireModule });
  const program = compile(typeof code === "string" ? code : code.join("\n"), resource.name, context);
  const kvs = handleOf(values);
  const run = async (handler: (argument: unknown) => unknown, event: object) => {
    try {
      return await handler(event);
    } catch (error) {
      // An error from another realm is not an instance of this realm's Error, so read its message directly.
      throw new ViewerFunctionError(503, `${resource.name} failed: ${text(object(error).message) ?? error}`, error);
    }
  };
  return async (event) => {
    let origin: JsonObject | undefined;
    const cloudfront = {
      kvs: () => kvs,
      updateRequestOrigin: (change: unknown) => {
        origin = object(change);
      },
    };
    // Create a handler per call, so that concurrent calls do not share the origin.
    const handler = isFunction(program) ? program(cloudfront) : undefined;
    const result = isFunction(handler) ? await run(handler, event) : undefined;
    if (!isObject(result)) {
      throw new ViewerFunctionError(502, `${resource.name} returned neither a request nor a response.`);
    }
    return "statusCode" in result ? { response: result } : { request: result, origin };
  };
}
