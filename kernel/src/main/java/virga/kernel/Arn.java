package virga.kernel;

/**
 * An Amazon Resource Name: {@code arn:partition:service:region:account:resource}.
 *
 * <p>Source: "Amazon Resource Names (ARNs)", AWS IAM User Guide. Region and account may be empty; the resource may hold colons.
 */
public record Arn(String partition, String service, String region, String account, String resource) {
    /** The ARN of a resource in {@code scope}'s account and region. */
    public static Arn of(String service, Scope scope, String resource) {
        return new Arn("aws", service, scope.region(), scope.account(), resource);
    }

    /** True where {@code text} has the six parts of an ARN. */
    public static boolean isArn(String text) {
        return text.startsWith("arn:") && text.split(":", 6).length == 6;
    }

    /** @throws IllegalArgumentException where {@code text} is not an ARN */
    public static Arn parse(String text) {
        String[] parts = text.split(":", 6);
        if (parts.length != 6 || !parts[0].equals("arn")) {
            throw new IllegalArgumentException("not an ARN: " + text);
        }
        return new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    /** The last part of the resource, after the last {@code /} or {@code :}, as in {@code table/orders} or {@code function:ship}. */
    public String name() {
        int cut = Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':'));
        return resource.substring(cut + 1);
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
