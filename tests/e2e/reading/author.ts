import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { operations } from "@daybook/core/api";
import { Handle } from "@daybook/core/author/author";
import { type Client, createClient } from "@daybook/core/client";
import type { Media } from "@daybook/core/media/media";
import type { Post, PostCreate } from "@daybook/core/post/post";
import type { Person } from "../fixtures.ts";

const password = "correct horse battery staple";

/** An author who is controlled by the API only. */
export interface Author extends Person {
  readonly handle: Handle;
  readonly name: string;
  readonly api: Client;
  /** Publishes a post immediately. */
  publish(post: Partial<PostCreate>): Promise<Post>;
  /** Uploads a picture, and waits until it is processed. */
  upload(content: Uint8Array<ArrayBuffer>, type: "image/png"): Promise<Media>;
}

interface Cloud {
  readonly baseURL: string;
  readonly mailbox: string;
}

async function codeFor(mailbox: string, email: string): Promise<string> {
  const response = await fetch(`${mailbox}/store?to=${encodeURIComponent(email)}`);
  const { emails }: { emails: { body: { text?: string } }[] } = await response.json();
  return emails.flatMap(({ body }) => /\b\d{6}\b/.exec(body.text ?? "") ?? []).at(-1) ?? "";
}

/** Repeats a call until it returns a value, for at most 30 seconds. */
async function until<Value>(call: () => Promise<Value | undefined>): Promise<Value> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await call();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error("It did not come about");
    await setTimeout(100);
  }
}

/** Creates and confirms an account. @returns a client that is not signed in */
export async function openAccount({ baseURL, mailbox }: Cloud, { email, password }: Person): Promise<Client> {
  const visitor = createClient(operations, { baseUrl: baseURL });
  await visitor.signUp({ body: { email, password } });
  const code = await until(async () => (await codeFor(mailbox, email)) || undefined);
  await visitor.confirmAccount({ body: { email, code, password } });
  return visitor;
}

/** Creates a user. @returns a client that is signed in */
export const newReader = async (cloud: Cloud, name?: string): Promise<Client> => (await newAccount(cloud, name)).api;

/** Does the same, and also returns the credentials. */
export async function newAccount(cloud: Cloud, name = "Rosa Quist"): Promise<Person & { api: Client }> {
  const email = `reader-${randomUUID()}@example.com`;
  const visitor = await openAccount(cloud, { email, password });
  const { accessToken } = (await visitor.createSession({ body: { email, password } })).data;
  const api = createClient(operations, { baseUrl: cloud.baseURL, accessToken: async () => accessToken });
  await api.updateMe({ body: { name } });
  return { email, password, api };
}

/** Creates a user with a handle, who can publish posts. */
export async function newAuthor(cloud: Cloud, name = "Maya Lind"): Promise<Author> {
  const handle = Handle.parse(`maya-${randomUUID().slice(0, 8)}`);
  const { api, email } = await newAccount(cloud, name);
  await api.updateMe({ body: { handle, bio: "Writes about gardens, rivers and computers." } });
  return {
    ...{ handle, name, api, email, password },
    async publish(post) {
      const { id } = (await api.createPost({ body: { title: "Untitled", body: "Words.", ...post } })).data;
      return (await api.publishPost({ params: { postId: id }, body: {} })).data;
    },
    async upload(content, type) {
      const { data } = await api.createMedia({ body: { type, bytes: content.byteLength } });
      const form = new FormData();
      for (const [field, value] of Object.entries(data.upload.fields)) form.append(field, value);
      form.append("file", new Blob([content], { type }));
      const sent = await fetch(data.upload.url, { method: "POST", body: form });
      if (!sent.ok) throw new Error(`The picture was refused: ${await sent.text()}`);
      return until(async () => {
        const media = (await api.getMedia({ params: { mediaId: data.id } })).data;
        return media.state === "awaited" ? undefined : media;
      });
    },
  };
}
