/** An S3 event of an object. */
export interface ObjectEvent {
  /** S3's event name without its prefix: `ObjectCreated:Put`. */
  readonly name:
    | "ObjectCreated:Put"
    | "ObjectCreated:Post"
    | "ObjectCreated:Copy"
    | "ObjectCreated:CompleteMultipartUpload"
    | "ObjectRemoved:Delete";
  readonly bucket: string;
  readonly key: string;
  /** Size in bytes. Undefined for a removal. */
  readonly size?: number;
  /** ETag in quotes. Undefined for a removal. */
  readonly etag?: string;
  /** ARN of the caller. */
  readonly principal: string;
  readonly time: Date;
  /** Orders events of one key: a later event has a greater sequencer. */
  readonly sequencer: string;
}

export type ObjectListener = (event: ObjectEvent) => Promise<void>;

/**
 * Passes object events to the listener, with their time and order. A request is answered only after the listener has
 * accepted its event, so a crash loses none.
 */
export function createObjectEvents(listener: ObjectListener) {
  let last = 0n;
  return {
    async tell(event: Omit<ObjectEvent, "time" | "sequencer">): Promise<void> {
      const time = new Date();
      const now = BigInt(time.getTime()) << 16n;
      last = now > last ? now : last + 1n;
      const sequencer = last.toString(16).toUpperCase().padStart(18, "0");
      await listener({ ...event, time, sequencer });
    },
  };
}

export type ObjectEvents = ReturnType<typeof createObjectEvents>;
