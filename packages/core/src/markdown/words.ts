/** Texts that the renderer adds to user-written Markdown. */
export const markdown = {
  footnotes: "Notes",
  backToReference: (number: number) => `Back to where note ${number} is`,
  table: "Table",
  done: "Done",
  toDo: "To do",
  missingPicture: "This picture is not there yet",
} as const;
