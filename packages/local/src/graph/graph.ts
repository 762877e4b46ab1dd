/** An IAM statement, as policies are written: a single value or a list. */
export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A Lambda function with its build, links, role's policy and settings in one entry. */
export interface GraphFunction {
  readonly description?: string;
  /** Source file and export of a function that is bundled here: `packages/functions/src/todo.createTodo`. */
  readonly handler?: string;
  /** A ready-made bundle: a folder, and file and export in it (`index.handler`). */
  readonly bundle?: { readonly folder: string; readonly handler: string };
  /** SST's `nodejs` options: format, esbuild, install, minify, … */
  readonly build?: Readonly<Record<string, unknown>>;
  readonly copyFiles?: readonly { readonly from: string; readonly to: string }[];
  readonly runtime: string;
  readonly architecture?: string;
  /** MB */
  readonly memory: number;
  /** seconds */
  readonly timeout: number;
  readonly concurrency?: number;
  readonly streaming?: boolean;
  /** Where events go that the function did not deal with: the ARN of a queue or a topic. */
  readonly deadLetter?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What `Resource.<Name>` holds at run time. */
  readonly links?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly policy?: readonly Statement[];
  readonly managedPolicies?: readonly string[];
  /** The ARN of the role's permissions boundary, which is not carried out: such a function has no permission. */
  readonly permissionsBoundary?: string;
  readonly invokedBy: readonly string[];
}

export interface GraphRoute {
  /** The function's ARN; missing if the route calls anything else, which is not carried out. */
  readonly function?: string;
  /** The id of an authorizer. */
  readonly authorizer?: string;
  readonly scopes?: readonly string[];
  /** `AWS_IAM`, or a kind of authorization that needs an authorizer and has none. */
  readonly authorization?: string;
}

/** The resource graph of a stage, as it is committed: references (`${TableTable.arn}`), not values. */
export interface Graph {
  readonly version: 1;
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  readonly functions: Readonly<Record<string, GraphFunction>>;
  /** By API, then by route key (`POST /v1/todos`). */
  readonly routes: Readonly<Record<string, Readonly<Record<string, GraphRoute>>>>;
  /** By type (`aws:dynamodb:Table`), then by name: the inputs of the resource. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** A function of a resolved graph. */
export interface ResolvedFunction extends GraphFunction {
  /** Its name in the graph: `CreateTodoFunction`. */
  readonly name: string;
  /** Its name in AWS, and in logs: `daybook-local-CreateTodoFunction`. */
  readonly physicalName: string;
  readonly arn: string;
  readonly roleArn: string;
}

/** A resource of a resolved graph: its inputs, with what AWS would have answered for it (id, arn, url, …). */
export type Resource = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly id: string;
  readonly arn?: string;
  /** The input `name`, where it has one that means something in AWS: a stage's. The graph's own name takes its place. */
  readonly inputName?: string;
};

/** The graph with every reference turned into a value. */
export interface ResolvedGraph {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  readonly account: string;
  readonly functions: readonly ResolvedFunction[];
  readonly routes: Graph["routes"];
  /** All types in the graph. */
  readonly types: readonly string[];
  /** Every resource of a type; `[]` when there is none. */
  all(type: string): readonly Resource[];
  /** The function with this ARN, physical name or graph name (a qualifier or API Gateway's invoke ARN around it is ignored). */
  functionOf(reference: string): ResolvedFunction | undefined;
}
