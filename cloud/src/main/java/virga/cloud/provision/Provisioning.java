package virga.cloud.provision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import virga.cloud.Environment;
import virga.kernel.Call;
import virga.model.Operation;
import virga.model.Structure;

/**
 * One request to a {@link Provisioner}.
 *
 * @param call the stack operation's call: its principal makes the resource, its id is the cause
 * @param token the same over repetitions of this step: for client request tokens
 * @param tags the stack's tags and CloudFormation's own ({@code aws:cloudformation:stack-name}, ...)
 */
public record Provisioning(
        Environment environment,
        Call call,
        String stackName,
        String stackId,
        String logicalId,
        JsonNode properties,
        Map<String, String> tags,
        String token) {
    /** Calls an operation of the provisioner's own service, or of another one, as the stack's principal. */
    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        Call next = environment.newCall(call.scope(), call.principal(), call.causeOfWhatFollows("cloudformation"));
        return environment.call(next, operation, input);
    }

    /**
     * A name as CloudFormation generates it, {@code stack-logicalId-RANDOM12}, cut to {@code longest} characters from the front parts.
     * It follows from the token, so a repeated step finds the same name.
     */
    public String generatedName(int longest) {
        String suffix = Suffixes.of(token);
        String front = stackName + "-" + logicalId;
        int room = longest - suffix.length() - 1;
        return (front.length() > room ? front.substring(0, room) : front) + "-" + suffix;
    }

    /** The property as text (numbers and booleans in their JSON form), or {@code otherwise} where it is absent. */
    public String text(String property, String otherwise) {
        JsonNode value = properties.get(property);
        return value == null || value.isNull() ? otherwise : value.asText();
    }
}
