/** How large a file may be that is uploaded, in bytes. */
export const uploadBytes = 10 * 1024 * 1024;

/** What can be uploaded. An SVG is a program, and no picture. */
export const uploadTypes = ["image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"] as const;

/** How wide the variants of a picture are, in pixels; a picture is never enlarged. */
export const variantWidths = [320, 640, 960, 1440, 2048] as const;

/** So many uploads may one person ask for in so many seconds. */
export const uploadRate = { times: 60, seconds: 60 * 60 } as const;

/** How long a form can be used that a file is posted with. */
export const uploadFormSeconds = 10 * 60;
