/** A value in DynamoDB's JSON format: `{ "S": "text" }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

/** The part of a request that identifies one item of a table. */
export interface Target {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly Key?: Item;
}

interface BatchWrite {
  readonly PutRequest?: { readonly Item?: Item };
  readonly DeleteRequest?: { readonly Key?: Item };
}

interface BatchGet {
  readonly Keys?: readonly Item[];
}

interface PartiQl {
  readonly Statement?: string;
}

/** The request members that the front reads. */
export interface DynamoBody extends Target, PartiQl {
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly KeyConditions?: Readonly<Record<string, { readonly AttributeValueList?: readonly AttributeValue[] }>>;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly TransactItems?: readonly Readonly<Record<string, Target>>[];
  readonly RequestItems?: Readonly<Record<string, BatchWrite[] | BatchGet>>;
  readonly Statements?: readonly PartiQl[];
  readonly TransactStatements?: readonly PartiQl[];
  readonly ConsistentRead?: boolean;
  readonly ClientRequestToken?: string;
  readonly Select?: string;
  readonly ReturnValues?: string;
  readonly ReturnConsumedCapacity?: string;
  readonly StreamArn?: string;
  readonly ResourceArn?: string;
  readonly ShardIterator?: string;
}
