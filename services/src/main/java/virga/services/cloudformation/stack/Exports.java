package virga.services.cloudformation.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import virga.services.cloudformation.template.TemplateErrors;
import virga.store.Codec;
import virga.store.Key;
import virga.store.Reading;
import virga.store.Transaction;

/**
 * Exports and imports: a name is exported once, and stays as it is while another stack imports it.
 *
 * <p>Source: "Get exported outputs from a deployed CloudFormation stack", AWS CloudFormation User Guide.
 */
public final class Exports {
    private Exports() {}

    /** Puts a stack's exports and imports to what they are now. @throws virga.kernel.Fault where others are in the way */
    static void replace(
            Transaction transaction,
            Stacks stacks,
            StackRecord stack,
            List<StackRecord.OutputValue> outputs,
            Set<String> imports) {
        Map<String, String> wanted = new HashMap<>();
        outputs.stream()
                .filter(output -> !output.exportName().isEmpty())
                .forEach(output -> wanted.put(output.exportName(), output.value()));
        for (ExportRecord export : stacks.exports(transaction)) {
            if (export.stackUuid().equals(stack.uuid())) {
                keepOrDelete(transaction, stacks, export, wanted);
            }
        }
        wanted.forEach((name, value) -> {
            Optional<ExportRecord> other = stacks.export(transaction, name)
                    .filter(export -> !export.stackUuid().equals(stack.uuid()));
            if (other.isPresent()) {
                String owner = stacks.byUuid(transaction, other.get().stackUuid())
                        .map(StackRecord::name)
                        .orElse("");
                throw TemplateErrors.validation(
                        "Export with name " + name + " is already exported by stack " + owner + ".");
            }
            transaction.put(
                    StackKeys.EXPORT.key(
                            stacks.scope().account(), stacks.scope().region(), name),
                    new ExportRecord(name, value, stack.uuid(), stack.arn()),
                    StackKeys.EXPORT_RECORD);
        });
        forgetImports(transaction, stacks, stack);
        for (String name : imports) {
            transaction.put(importKey(stacks, name, stack.uuid()), stack.name(), Codec.UTF8);
        }
    }

    private static void keepOrDelete(
            Transaction transaction, Stacks stacks, ExportRecord export, Map<String, String> wanted) {
        String value = wanted.get(export.name());
        if (export.value().equals(value)) {
            return;
        }
        List<String> importers = stacks.importers(transaction, export.name());
        if (!importers.isEmpty()) {
            throw TemplateErrors.validation("Export " + export.name() + " cannot be "
                    + (value == null ? "deleted" : "updated") + " as it is in use by " + String.join(", ", importers));
        }
        transaction.delete(
                StackKeys.EXPORT.key(stacks.scope().account(), stacks.scope().region(), export.name()));
    }

    /** @throws virga.kernel.Fault where another stack imports what this one exports */
    public static void checkDeletable(Reading reading, Stacks stacks, StackRecord stack) {
        for (ExportRecord export : stacks.exports(reading)) {
            List<String> importers = stacks.importers(reading, export.name());
            if (export.stackUuid().equals(stack.uuid()) && !importers.isEmpty()) {
                throw TemplateErrors.validation("Export " + export.name() + " cannot be deleted as it is in use by "
                        + String.join(", ", importers));
            }
        }
    }

    static void forgetImports(Transaction transaction, Stacks stacks, StackRecord stack) {
        List<Key> own;
        try (Stream<Reading.Entry> entries = transaction.scan(
                StackKeys.IMPORT.range(stacks.scope().account(), stacks.scope().region()))) {
            own = entries.map(Reading.Entry::key)
                    .filter(key -> StackKeys.IMPORT.text(key, 3).equals(stack.uuid()))
                    .toList();
        }
        own.forEach(transaction::delete);
    }

    private static Key importKey(Stacks stacks, String name, String uuid) {
        return StackKeys.IMPORT.key(stacks.scope().account(), stacks.scope().region(), name, uuid);
    }
}
