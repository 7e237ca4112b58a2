package virga.cloud.provision;

import java.util.Map;

/**
 * Which step of a stack operation a {@link Provisioning} is.
 *
 * @param token the same over repetitions of this step: for client request tokens
 */
public record Step(String stackName, String stackId, String logicalId, String token) {
    /**
     * A name as CloudFormation generates it, {@code stack-logicalId-RANDOM12}, cut to {@code longest} characters from the front parts.
     * It follows from the token, so a repeated step finds the same name.
     */
    String generatedName(int longest) {
        String suffix = Suffixes.of(token);
        String front = stackName + "-" + logicalId;
        int room = longest - suffix.length() - 1;
        return (front.length() > room ? front.substring(0, room) : front) + "-" + suffix;
    }

    /** Whether a resource with these tags is the one that this step makes. */
    boolean made(Map<String, String> tags) {
        return stackId.equals(tags.get("aws:cloudformation:stack-id"))
                && logicalId.equals(tags.get("aws:cloudformation:logical-id"));
    }
}
