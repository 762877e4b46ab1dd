import { systemClock } from "@daybook/core/clock";
import { publishingOperations } from "@daybook/core/post/publishing.api";
import { newAuthor, newPost } from "@daybook/core/post/test-posts";
import { httpEvent } from "./http-event.ts";
import { type Scene, times } from "./scene.ts";

export const publishPost: Scene = {
  name: "publishPost",
  functionName: "PublishPostFunction",
  isHttp: true,
  async prepare(events) {
    const drafts = times(events, async () => {
      const author = await newAuthor(systemClock);
      const post = await newPost(author, { body: "It **grows**.\n\n## Soil\n\nWith *worms* in it.\n" });
      const params = { postId: post.id };
      return httpEvent(author, publishingOperations.publishPost, { params, body: {} });
    });
    return Promise.all(drafts);
  },
};
