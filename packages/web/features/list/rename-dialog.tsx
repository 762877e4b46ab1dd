import { ListCreate } from "@daybook/core/list/list";
import { listWords } from "../../copy/list.ts";
import { Field } from "../../lib/ui/form/field.tsx";
import { Form } from "../../lib/ui/form/form.tsx";
import { useForm } from "../../lib/ui/form/use-form.ts";
import { Dialog } from "../../lib/ui/overlay/dialog.tsx";

interface RenameDialogProps {
  /** The name when the user opened the dialog. */
  readonly base: string;
  onRename(name: string): void;
  onClose(): void;
}

const words = listWords.rename;

/** Asks for the new name of a list. */
export function RenameDialog({ base, onRename, onClose }: RenameDialogProps) {
  const form = useForm({
    schema: ListCreate,
    send: async ({ name }) => {
      if (name !== base) onRename(name);
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={onClose} title={words.title}>
      <Form form={form} action={words.action}>
        <Field
          name="name"
          label={words.label}
          invalid={words.invalid}
          dir="auto"
          autoComplete="off"
          defaultValue={base}
        />
      </Form>
    </Dialog>
  );
}
