import { randomUUID } from "node:crypto";
import { operations } from "@daybook/core/api";
import { Handle } from "@daybook/core/author/author";
import { type Client, createClient } from "@daybook/core/client";
import type { Media } from "@daybook/core/media/media";
import type { Post, PostCreate } from "@daybook/core/post/post";
import { type Cloud, openAccount, until } from "../accounts.ts";
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

/** Creates a user with a name. @returns the credentials, and a client that is signed in */
export async function newAccount(cloud: Cloud, name = "Rosa Quist"): Promise<Person & { api: Client }> {
  const email = `reader-${randomUUID()}@example.com`;
  const visitor = await openAccount(cloud, { email, password });
  const { accessToken } = (await visitor.createSession({ body: { email, password } })).data;
  const api = createClient(operations, { baseUrl: cloud.baseURL, accessToken: async () => accessToken });
  await api.updateMe({ body: { name } });
  return { email, password, api };
}

/** Creates a user. @returns a client that is signed in */
export const newReader = async (cloud: Cloud, name?: string): Promise<Client> => (await newAccount(cloud, name)).api;

/** Creates a user with a handle, who can publish posts. */
export async function newAuthor(cloud: Cloud, name = "Maya Lind"): Promise<Author> {
  const handle = Handle.parse(`maya-${randomUUID().slice(0, 8)}`);
  const { api, email, password } = await newAccount(cloud, name);
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
