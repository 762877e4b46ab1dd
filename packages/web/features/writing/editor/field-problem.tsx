/** What is wrong with what was typed above; it is read out as it comes. */
export const FieldProblem = ({ problem }: { problem: string | undefined }) => (
  <p role="status" className="text-sm font-medium text-danger not-empty:py-1.5">
    {problem}
  </p>
);
