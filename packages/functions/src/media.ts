import { mediaOperations } from "@daybook/core/media/media.api";
import * as media from "@daybook/core/media/media.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentMedia } from "./present/present.ts";
import { resources } from "./resources.ts";

export const createMedia = handle(mediaOperations.createMedia, async ({ ctx, body }) => {
  const made = await media.create(ctx, body, resources.uploadTarget());
  return { body: { ...presentMedia(made.media), upload: made.upload } };
});

export const getMedia = handle(mediaOperations.getMedia, async ({ ctx, params }) => ({
  body: presentMedia(await media.get(ctx, params.mediaId)),
}));
