import { ServiceError } from "../iam/protocols.ts";
import type { DynamoBody } from "./request-body.ts";

interface StatementNeed {
  readonly operation: "PartiQLSelect" | "PartiQLInsert" | "PartiQLUpdate" | "PartiQLDelete";
  readonly table: string;
  readonly index: string | undefined;
}

const name = String.raw`(?:"([^"]+)"|([\w.-]+?))(?:\."([^"]+)")?(?=[\s;({]|$)`;
const shapes = [
  {
    operation: "PartiQLSelect",
    pattern: new RegExp(String.raw`^\s*(?:EXISTS\s*\(\s*)?SELECT\b[\s\S]*?\bFROM\s+${name}`, "i"),
  },
  { operation: "PartiQLInsert", pattern: new RegExp(String.raw`^\s*INSERT\s+INTO\s+${name}`, "i") },
  { operation: "PartiQLUpdate", pattern: new RegExp(String.raw`^\s*UPDATE\s+${name}`, "i") },
  { operation: "PartiQLDelete", pattern: new RegExp(String.raw`^\s*DELETE\s+FROM\s+${name}`, "i") },
] as const;

function needOf(statement: string): StatementNeed {
  for (const { operation, pattern } of shapes) {
    const [, quoted, bare, index] = pattern.exec(statement) ?? [];
    const table = quoted ?? bare;
    if (table !== undefined) return { operation, table, index };
  }
  throw new ServiceError(
    400,
    "ValidationException",
    "Statement wasn't well formed, can't be processed: its table was not found",
  );
}

/**
 * Returns the permissions that a PartiQL operation needs: one action per statement, on the table or index that it
 * names.
 */
export function statementNeeds(action: string, body: DynamoBody): StatementNeed[] {
  const statements = action === "ExecuteStatement" ? [body] : (body.Statements ?? body.TransactStatements ?? []);
  return statements.map(({ Statement = "" }) => needOf(Statement));
}
