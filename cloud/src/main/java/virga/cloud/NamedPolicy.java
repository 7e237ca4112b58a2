package virga.cloud;

/**
 * A policy document and where it comes from.
 *
 * @param name a managed policy's ARN, {@code role/orders/inline-name} for an inline one, the resource's ARN for a resource policy
 * @param document JSON
 */
public record NamedPolicy(String name, String document) {}
