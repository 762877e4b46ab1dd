/** What is said within a text that somebody wrote in Markdown. */
export const markdown = {
  footnotes: "Notes",
  backToReference: (number: number) => `Back to where note ${number} is`,
  table: "Table",
  done: "Done",
  toDo: "To do",
  missingPicture: "This picture is not there yet",
} as const;
