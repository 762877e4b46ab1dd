import { mediaOperations } from "@daybook/core/media/media.api";
import * as media from "@daybook/core/media/media.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentMedia } from "./present/present.ts";
import { resources } from "./resources.ts";

export const createMedia = handle(mediaOperations.createMedia, async ({ actor, body, clock, request }) => {
  const made = await media.create(actor, body, resources.uploadTarget(), clock, request);
  return { body: { ...presentMedia(made.media), upload: made.upload } };
});

export const getMedia = handle(mediaOperations.getMedia, async ({ actor, params }) => ({
  body: presentMedia(await media.get(actor, params.mediaId)),
}));
