/** Maximum size of an uploaded file, in bytes. */
export const uploadBytes = 10 * 1024 * 1024;

/** MIME types that can be uploaded. SVG is excluded because it can contain scripts. */
export const uploadTypes = ["image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"] as const;

/** Widths of picture variants, in pixels. A picture is never enlarged. */
export const variantWidths = [320, 640, 960, 1440, 2048] as const;

/** Rate limit of uploads per user. */
export const uploadRate = { times: 60, seconds: 60 * 60 } as const;

/** How long an upload form is valid. */
export const uploadFormSeconds = 10 * 60;
