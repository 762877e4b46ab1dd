/** What became of an object, as S3 tells those who listen. */
export interface ObjectEvent {
  /** S3's name for it, without its prefix: `ObjectCreated:Put`. */
  readonly name:
    | "ObjectCreated:Put"
    | "ObjectCreated:Post"
    | "ObjectCreated:Copy"
    | "ObjectCreated:CompleteMultipartUpload"
    | "ObjectRemoved:Delete";
  readonly bucket: string;
  readonly key: string;
  /** In bytes; undefined of a removal. */
  readonly size?: number;
  /** In quotes; undefined of a removal. */
  readonly etag?: string;
  /** The ARN of who did it. */
  readonly principal: string;
  readonly time: Date;
  /** Of two events of one key, the later one has the greater sequencer. */
  readonly sequencer: string;
}

export type ObjectListener = (event: ObjectEvent) => Promise<void>;

/** Tells listeners what became of objects. A request is answered only when they have taken it in, so that no crash loses it. */
export function createObjectEvents() {
  const listeners = new Set<ObjectListener>();
  let last = 0n;
  return {
    /** Gives what ends it. */
    listen(listener: ObjectListener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async tell(event: Omit<ObjectEvent, "time" | "sequencer">): Promise<void> {
      const time = new Date();
      const now = BigInt(time.getTime()) << 16n;
      last = now > last ? now : last + 1n;
      const sequencer = last.toString(16).toUpperCase().padStart(18, "0");
      await Promise.all([...listeners].map((listener) => listener({ ...event, time, sequencer })));
    },
  };
}

export type ObjectEvents = ReturnType<typeof createObjectEvents>;
