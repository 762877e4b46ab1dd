/** An IAM statement. As in a policy document, a property is a single value or a list. */
export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A Lambda function with its build, its links, its role's policy and its settings. */
export interface GraphFunction {
  readonly description?: string;
  /** Source file and export of a function that is bundled here: `packages/functions/src/todo.createTodo`. */
  readonly handler?: string;
  /** An existing bundle: its folder, and the file and export in it (`index.handler`). */
  readonly bundle?: { readonly folder: string; readonly handler: string };
  /** SST's `nodejs` options: format, esbuild, install, minify, … */
  readonly build?: Readonly<Record<string, unknown>>;
  readonly copyFiles?: readonly { readonly from: string; readonly to: string }[];
  readonly runtime: string;
  readonly architecture?: string;
  /** Memory in MB. */
  readonly memory: number;
  /** Timeout in seconds. */
  readonly timeout: number;
  readonly concurrency?: number;
  readonly streaming?: boolean;
  /** Dead-letter queue: the ARN of a queue or a topic for events that the function failed to process. */
  readonly deadLetter?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Values of `Resource.<Name>` at run time. */
  readonly links?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly policy?: readonly Statement[];
  readonly managedPolicies?: readonly string[];
  /** ARN of the role's permissions boundary. Boundaries are not supported: such a function has no permissions. */
  readonly permissionsBoundary?: string;
  readonly invokedBy: readonly string[];
}

export interface GraphRoute {
  /** ARN of the function. Missing if the route calls anything else, which is not supported. */
  readonly function?: string;
  /** Id of the route's authorizer. */
  readonly authorizer?: string;
  readonly scopes?: readonly string[];
  /** `AWS_IAM`, or a type that requires an authorizer although the route has none. */
  readonly authorization?: string;
}

/** The committed resource graph of a stage. It contains references (`${TableTable.arn}`) instead of values. */
export interface Graph {
  readonly version: 1;
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  readonly functions: Readonly<Record<string, GraphFunction>>;
  /** By API, then by route key (`POST /v1/todos`). */
  readonly routes: Readonly<Record<string, Readonly<Record<string, GraphRoute>>>>;
  /** Inputs of the resources, by type (`aws:dynamodb:Table`), then by name. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** A function of a resolved graph. */
export interface ResolvedFunction extends GraphFunction {
  /** Name in the graph: `CreateTodoFunction`. */
  readonly name: string;
  /** Name in AWS and in logs: `daybook-local-CreateTodoFunction`. */
  readonly physicalName: string;
  readonly arn: string;
  readonly roleArn: string;
}

/** A resource of a resolved graph: its inputs, and its attributes in AWS's format (id, arn, url, …). */
export type Resource = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly id: string;
  readonly arn?: string;
  /** The input `name`, such as a stage's. The resource's name in the graph takes its place in `name`. */
  readonly inputName?: string;
};

/** The graph with all references replaced by values. */
export interface ResolvedGraph {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  readonly account: string;
  readonly functions: readonly ResolvedFunction[];
  readonly routes: Graph["routes"];
  /** All resource types in the graph. */
  readonly types: readonly string[];
  /** Returns all resources of a type. `[]` if there are none. */
  all(type: string): readonly Resource[];
  /**
   * Finds a function by its ARN, physical name or graph name. Ignores a qualifier, and API Gateway's invoke ARN around
   * it.
   */
  functionOf(reference: string): ResolvedFunction | undefined;
}
