import { isObject } from "../json.ts";

/** JSON, such as a resource's inputs without Pulumi's wrappers. */
export type Json = null | boolean | number | string | readonly Json[] | Properties;
export type Properties = { readonly [key: string]: Json };

/** A resource as the program registered it. */
export interface RawResource {
  readonly urn: string;
  /** Pulumi's type: `aws:dynamodb/table:Table`. */
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  /** False for a component, which only groups other resources. */
  readonly custom: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /**
   * URNs of the resources that Pulumi creates before this one and deletes after it: from `dependsOn`, and from outputs
   * that are used as inputs.
   */
  readonly dependencies: readonly string[];
  readonly inputs: Properties;
  /** Outputs in the provider's format, with made-up values. */
  readonly outputs: Properties;
}

/** A function's bundle request to SST. Only this request contains the values of the links. */
export interface RawBuild {
  readonly functionID: string;
  readonly handler: string;
  /** Folder of an existing bundle, relative to the root. */
  readonly bundle?: string;
  readonly runtime: string;
  readonly properties: Properties;
  readonly links: { readonly [name: string]: Properties };
  readonly copyFiles: readonly { readonly from: string; readonly to: string }[];
}

/** Everything that an SST program registers for a stage, sorted by URN. */
export interface RawGraph {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  /** SST's policy for resources with data that leave the program: `retain`, `remove` or `retain-all`. */
  readonly removal: string;
  /** Whether SST refuses to remove the stage. */
  readonly protect: boolean;
  /** The made-up account of every ARN. */
  readonly account: string;
  /** Suffix of every AWS name that SST generates. Random in a deployment, constant here. */
  readonly suffix: string;
  readonly resources: readonly RawResource[];
  readonly builds: readonly RawBuild[];
}

export const isProperties = (value: Json | undefined): value is Properties => isObject(value);

/** Shortens `aws:dynamodb/table:Table` to `aws:dynamodb:Table`. The module in the middle only repeats the type. */
export const graphType = (type: string): string => type.replace(/^([^:]+):([^/:]+)\/[^:]+:(.*)$/, "$1:$2:$3");
