import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { MediaId } from "../ids.ts";
import { Media, MediaCreate, MediaUpload } from "./media.ts";

export const mediaOperations = defineOperations({
  createMedia: {
    method: "POST",
    path: "/v1/media",
    summary: "Start a picture upload. The client sends the file directly to storage",
    access: "user",
    body: MediaCreate,
    response: { status: 201, description: "The media and the form fields for uploading its file", body: MediaUpload },
    idempotent: true,
    cache: "no-store",
    problems: ["too-many-requests"],
  },
  getMedia: {
    method: "GET",
    path: "/v1/media/{mediaId}",
    summary: "Get your upload and its processing state",
    access: "user",
    params: z.strictObject({ mediaId: MediaId }),
    response: { status: 200, description: "The media", body: Media },
    cache: "private",
    problems: ["media-not-found"],
  },
});
