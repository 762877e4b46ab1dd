/** JSON, as resources' inputs are once they are freed of Pulumi's wrappers. */
export type Json = null | boolean | number | string | readonly Json[] | Properties;
export type Properties = { readonly [key: string]: Json };

/** A resource as the program registered it. */
export interface RawResource {
  readonly urn: string;
  /** Pulumi's own: `aws:dynamodb/table:Table`. */
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  /** False for a component, which only groups others. */
  readonly custom: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** URNs of the resources that Pulumi creates before this one and deletes after it: those of `dependsOn`, and those whose outputs are inputs. */
  readonly dependencies: readonly string[];
  readonly inputs: Properties;
  /** What the provider would have answered, in AWS's shapes but with values made up here. */
  readonly outputs: Properties;
}

/** What SST was asked to bundle for a function; the links' values are nowhere else to be found. */
export interface RawBuild {
  readonly functionID: string;
  readonly handler: string;
  /** A folder that is bundled already, relative to the root. */
  readonly bundle?: string;
  readonly runtime: string;
  readonly properties: Properties;
  readonly links: { readonly [name: string]: Properties };
  readonly copyFiles: readonly { readonly from: string; readonly to: string }[];
}

/** All that an SST program registers for a stage, sorted by URN. */
export interface RawGraph {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  /** What SST does with resources that hold data when they leave the program: `retain`, `remove` or `retain-all`. */
  readonly removal: string;
  /** Whether SST refuses to remove the stage. */
  readonly protect: boolean;
  /** The made-up account of every ARN. */
  readonly account: string;
  /** The end of every name that SST makes up for AWS; random in a deployment, always the same here. */
  readonly suffix: string;
  readonly resources: readonly RawResource[];
  readonly builds: readonly RawBuild[];
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isProperties = (value: Json | undefined): value is Properties => isRecord(value);

/** `aws:dynamodb/table:Table` → `aws:dynamodb:Table`: the module in the middle only repeats the type. */
export const graphType = (type: string): string => type.replace(/^([^:]+):([^/:]+)\/[^:]+:(.*)$/, "$1:$2:$3");
