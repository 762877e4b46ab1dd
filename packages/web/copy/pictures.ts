/** Texts of uploads. */
export const pictureWords = {
  preparing: "Processing…",
  progress: (name: string) => `Upload of ${name}`,
  wrongType: "It is not an AVIF, GIF, HEIC, JPEG, PNG or WebP picture.",
  heic: "This browser can’t open HEIC pictures. Save it as JPEG first, or add it in Safari.",
  tooLarge: (megabytes: number) =>
    `It is larger than ${megabytes} MB, and this browser can’t make it smaller. Export it in a smaller size.`,
  still: (name: string) => `${name} is animated. Only its first frame is shown.`,
  empty: "The file is empty.",
  refused: {
    "not-a-picture": "This file is not a picture.",
    "too-large": "It has too many pixels.",
    unreadable: "It is damaged and cannot be read.",
  },
  tooSlow: "Processing takes too long. Try again in a minute.",
  lost: "The connection was lost. Try again.",
} as const;
