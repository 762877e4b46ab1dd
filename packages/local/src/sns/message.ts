import type { MessageAttributes } from "../service-types.ts";

/** A published message. */
export interface Message {
  readonly messageId: string;
  readonly topicArn: string;
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** ISO 8601 */
  readonly timestamp: string;
}
