import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { MediaId } from "../ids.ts";
import { Media, MediaCreate, MediaUpload } from "./media.ts";

export const mediaOperations = defineOperations({
  createMedia: {
    method: "POST",
    path: "/v1/media",
    summary: "Ask for a place to upload a picture to; the file itself goes straight to storage",
    access: "user",
    body: MediaCreate,
    response: { status: 201, description: "The media, with the form to post its file with", body: MediaUpload },
    idempotent: true,
    cache: "no-store",
    problems: ["too-many-requests"],
  },
  getMedia: {
    method: "GET",
    path: "/v1/media/{mediaId}",
    summary: "An own upload, and what has become of it",
    access: "user",
    params: z.strictObject({ mediaId: MediaId }),
    response: { status: 200, description: "The media", body: Media },
    cache: "private",
    problems: ["media-not-found"],
  },
});
