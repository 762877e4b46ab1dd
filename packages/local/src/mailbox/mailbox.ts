import { EventEmitter } from "node:events";
import type { Emulator, Log, Mailbox } from "../service-types.ts";
import { confirmationCodeOf, type ReceivedMail, receive } from "./mail.ts";
import { serveMailbox } from "./server.ts";
import { type MailFilter, openMailStore } from "./store.ts";

/** No matching mail arrived within the timeout. */
export class MailNotReceivedError extends Error {
  override readonly name = "MailNotReceivedError";
}

export interface LocalMailbox extends Emulator, Mailbox {
  /** Address of the viewer: `http://localhost:8025`. */
  readonly url: string;
  /** Newest first. */
  list(filter?: MailFilter): ReceivedMail[];
  /**
   * Returns the newest mail that matches the predicate. If there is none, waits for the first one to arrive.
   * @throws MailNotReceivedError if none arrives within the timeout
   */
  waitFor(predicate: (mail: ReceivedMail) => boolean, timeoutMs: number): Promise<ReceivedMail>;
  clear(): void;
}

/**
 * Starts the mailbox. It stores every mail that the local cloud sends and shows it at `url`. No mail leaves the
 * machine.
 */
export async function startMailbox({
  dataFolder,
  port = 0,
  log,
}: {
  dataFolder: string;
  port?: number;
  log: Log;
}): Promise<LocalMailbox> {
  const store = openMailStore(dataFolder);
  const changes = new EventEmitter<{ mail: [ReceivedMail]; clear: [] }>().setMaxListeners(0);
  const clear = () => {
    store.clear();
    changes.emit("clear");
  };
  const server = await serveMailbox({ store, changes, clear, port });

  function waitFor(predicate: (mail: ReceivedMail) => boolean, timeoutMs: number): Promise<ReceivedMail> {
    const present = store.list().find(predicate);
    if (present) return Promise.resolve(present);
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        changes.off("mail", look);
      };
      const look = (mail: ReceivedMail) => {
        if (!predicate(mail)) return;
        stop();
        resolve(mail);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new MailNotReceivedError(`no such mail arrived within ${timeoutMs} ms`));
      }, timeoutMs);
      changes.on("mail", look);
    });
  }

  return {
    url: server.url,
    async deliver(mail) {
      const received = receive(mail, Date.now());
      store.add(received);
      const code = confirmationCodeOf(received);
      log.info("mailbox", `"${mail.subject}" for ${mail.to.join(", ")}${code ? `: code ${code}` : ""}`);
      changes.emit("mail", received);
      return { messageId: received.messageId };
    },
    list: (filter) => store.list(filter),
    waitFor,
    clear,
    async close() {
      await server.close();
      store.close();
    },
  };
}
