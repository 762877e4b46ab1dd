/** Settings of the engine, and delays that imitate AWS. */
export interface DynamoSettings {
  /**
   * Defaults to dynoxide if npm has its binary for this platform, otherwise AWS's DynamoDB Local with Java or Docker.
   */
  readonly engine?: "dynoxide" | "dynamodb-local" | undefined;
  /** Path of `DynamoDBLocal.jar`. */
  readonly dynamoDbLocalJar?: string | undefined;
  /** Delay of global indexes behind their table, in milliseconds. No delay by default. */
  readonly gsiDelayMs?: number | undefined;
  /**
   * Minimum time for which a transaction holds its items, in milliseconds. Concurrent requests on the same item then
   * conflict, as on AWS. By default, they run one after the other.
   */
  readonly transactionMs?: number | undefined;
}
