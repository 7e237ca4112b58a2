package virga.cloud.provision;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import virga.cloud.Environment;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.Structure;

/**
 * One request to a {@link Provisioner}.
 *
 * @param call the stack operation's call: its principal makes the resource, its id is the cause
 * @param tags the stack's tags and CloudFormation's own ({@code aws:cloudformation:stack-name}, ...)
 */
public record Provisioning(
        Environment environment, Call call, Step step, Properties properties, Map<String, String> tags) {
    /** Calls an operation of the provisioner's own service, or of another one, as the stack's principal. */
    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        Call next = environment.newCall(call.scope(), call.principal(), call.causeOfWhatFollows("cloudformation"));
        return environment.call(next, operation, input);
    }

    /** Calls an operation that deletes; what is {@linkplain #unlessGone gone already} is no error. */
    public <I extends Structure, O extends Structure> void callUnlessGone(
            Class<? extends Fault> gone, Operation<I, O> operation, I input) {
        unlessGone(gone, () -> call(operation, input));
    }

    /**
     * Takes steps of a deletion. What is gone already is no error: it was deleted by hand, went with what it belonged to, or an earlier
     * run of this step, cut off by a crash, deleted it.
     */
    public void unlessGone(Class<? extends Fault> gone, Runnable steps) {
        try {
            steps.run();
        } catch (Fault fault) {
            if (!gone.isInstance(fault)) {
                throw fault;
            }
        }
    }

    /**
     * Calls an operation that creates. What stands already is no error where its tags tell that an earlier run of this step, cut off by
     * a crash, made it.
     *
     * @param tags of what stands
     */
    public <I extends Structure, O extends Structure> void callUnlessMade(
            Class<? extends Fault> exists, Operation<I, O> operation, I input, Supplier<Map<String, String>> tags) {
        try {
            call(operation, input);
        } catch (Fault fault) {
            if (!exists.isInstance(fault) || !step.made(tags.get())) {
                throw fault;
            }
        }
    }

    /** What a resource needs beside the call that created it. Where that fails, the resource is deleted: nothing remains of it. */
    public void completeOrDelete(Runnable completion, Runnable deletion) {
        try {
            completion.run();
        } catch (Fault fault) {
            deletion.run();
            throw fault;
        }
    }

    public String stackId() {
        return step.stackId();
    }

    public String logicalId() {
        return step.logicalId();
    }

    /**
     * A name as CloudFormation generates it, {@code stack-logicalId-RANDOM12}, cut to {@code longest} characters from the front parts.
     * It follows from the step, so a repeated step finds the same name.
     */
    public String generatedName(int longest) {
        return step.generatedName(longest);
    }

    /** The name that the template gives in {@code property}, or a generated one. */
    public String name(String property, int longest) {
        return isNamed(property) ? properties.requiredText(property) : generatedName(longest);
    }

    /** Whether the template gives the name: what stands under a generated one was made by an earlier run of this very step. */
    public boolean isNamed(String property) {
        return !properties.text(property, "").isEmpty();
    }

    /** The tags of a resource with a list of them: its own over the stack's. */
    public SortedMap<String, String> allTags() {
        return tagsWith(properties.tags());
    }

    /** These tags over the stack's. */
    public SortedMap<String, String> tagsWith(Map<String, String> own) {
        SortedMap<String, String> all = new TreeMap<>(tags);
        all.putAll(own);
        return all;
    }
}
