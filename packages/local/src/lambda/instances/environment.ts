import type { ResolvedFunction, ResolvedGraph } from "../../graph/graph.ts";

/** Lambda's default path. */
const path = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin";

export const logGroupOf = (fn: ResolvedFunction) => `/aws/lambda/${fn.physicalName}`;

/**
 * Returns the complete `process.env` of a function: its variables, its links in the format of SST's `Resource`, and the
 * variables that Lambda sets. It contains nothing of the developer's environment.
 * @param own credentials and endpoints
 */
export function environmentOf(
  fn: ResolvedFunction,
  graph: ResolvedGraph,
  own: Readonly<Record<string, string>>,
  { folder, handlerName, logStreamName }: { folder: string; handlerName: string; logStreamName: string },
): Record<string, string> {
  const links = Object.entries(fn.links ?? {}).map(([name, link]) => [`SST_RESOURCE_${name}`, JSON.stringify(link)]);
  return {
    ...fn.environment,
    ...Object.fromEntries(links),
    SST_RESOURCE_App: JSON.stringify({ name: graph.app, stage: graph.stage }),
    _HANDLER: handlerName,
    AWS_DEFAULT_REGION: graph.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memory),
    AWS_LAMBDA_FUNCTION_NAME: fn.physicalName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(fn),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_REGION: graph.region,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LAMBDA_TASK_ROOT: folder,
    LANG: "en_US.UTF-8",
    PATH: path,
    TZ: ":UTC",
    ...own,
  };
}
